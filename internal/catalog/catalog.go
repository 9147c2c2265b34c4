// Package catalog keeps what the library holds: records, pages, tags and where
// they came from in SQLite, and the original files beside it under the hash of
// their content. It is the truth that the index is built from. It knows nothing
// of how files are found, read, tagged or searched.
//
// A catalog lies in one folder, its data directory:
//
//	catalog.db     the database (with catalog.db-wal and catalog.db-shm while open)
//	originals/ab/  the original files whose SHA-256 begins with ab
//	originals/tmp/ files being written; emptied when the catalog is opened
//
// One process opens it at a time (package control sees to that); within it a
// Catalog is safe for concurrent use.
package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"marsa/corpus"
)

// Errors of a data directory that cannot be used.
var (
	// ErrNewer says that a newer marsa wrote the data directory.
	ErrNewer = errors.New("data directory was written by a newer marsa")
	// ErrForeign says that catalog.db is not a catalog of marsa.
	ErrForeign = errors.New("catalog.db is not a catalog of marsa")
	// ErrFull says that the disk has no space left. Nothing that was reported
	// done is lost.
	ErrFull = errors.New("the disk is full: free some space and run the command again")
	// ErrNoRights says that the data directory may not be written.
	ErrNoRights = errors.New("no right to write the data directory: change its owner or mode, or choose another with --data-dir")
)

// Catalog is an open catalog.
type Catalog struct {
	dir   string
	read  *sql.DB    // many connections that cannot write
	write *sql.DB    // one connection
	mu    sync.Mutex // held while originals and database are changed together
}

// Open opens the catalog in dir, making both when they are not there, and
// brings the database to the version of this program. It fails with ErrNewer,
// ErrForeign, ErrFull or ErrNoRights.
func Open(dir string) (*Catalog, error) {
	c, err := open(dir)
	if err != nil {
		return nil, fmt.Errorf("open catalog in %s: %w", dir, explain(err))
	}
	return c, nil
}

func open(dir string) (*Catalog, error) {
	if err := prepareFolders(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "catalog.db")
	c := &Catalog{dir: dir}
	var err error
	if c.write, err = connect(path, "&_txlock=immediate", 1); err != nil {
		return nil, err
	}
	if err := migrate(c.write, migrations); err != nil {
		c.write.Close()
		return nil, err
	}
	if c.read, err = connect(path, "&_pragma=query_only(1)", 2*runtime.GOMAXPROCS(0)+2); err != nil {
		c.write.Close()
		return nil, err
	}
	return c, nil
}

// prepareFolders makes the data directory for its owner's eyes only and clears
// what a killed process was writing.
func prepareFolders(dir string) error {
	tmp := filepath.Join(dir, "originals", "tmp")
	if err := os.RemoveAll(tmp); err != nil {
		return err
	}
	return os.MkdirAll(tmp, 0o700)
}

// connect opens the database. Every commit is synced to disk before it returns.
func connect(path, options string, connections int) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	slashed := filepath.ToSlash(abs)
	if slashed[0] != '/' { // C:/…
		slashed = "/" + slashed
	}
	dsn := (&url.URL{Scheme: "file", Path: slashed}).String() +
		"?_pragma=busy_timeout(30000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" + options
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// Close closes the catalog.
func (c *Catalog) Close() error {
	return errors.Join(c.read.Close(), c.write.Close())
}

// update runs f in a transaction that is on disk when update returns.
func (c *Catalog) update(f func(*sql.Tx) error) error {
	tx, err := c.write.BeginTx(context.Background(), nil)
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return explain(err)
	}
	return explain(tx.Commit())
}

// explain adds the sentence that says what to do to errors of the disk, and the
// kind that callers branch on.
func explain(err error) error {
	var coded *sqlite.Error
	code := 0
	if errors.As(err, &coded) {
		code = coded.Code() & 0xff
	}
	switch {
	case err == nil, errors.Is(err, ErrFull), errors.Is(err, ErrNoRights), errors.Is(err, ErrNewer), errors.Is(err, ErrForeign):
		return err
	case errors.Is(err, syscall.ENOSPC), code == sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: %w: %w", ErrFull, corpus.ErrUnavailable, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), code == sqlite3.SQLITE_READONLY, code == sqlite3.SQLITE_CANTOPEN:
		return fmt.Errorf("%w: %w: %w", ErrNoRights, corpus.ErrUnavailable, err)
	case code == sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: move it away, or choose another data directory with --data-dir: %w", ErrForeign, err)
	case errors.Is(err, sql.ErrNoRows):
		return corpus.ErrNotFound
	}
	return err
}

// stamp is how times are stored: UTC, sortable as text.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

func unstamp(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
