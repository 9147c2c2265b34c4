// Package harvest finds files: in folders, at web addresses, in the starter
// collection. It reads the records that stand beside them, and gives the bytes
// of one file at a time. It knows nothing of what is in a file, nor of what the
// library already has.
package harvest

import (
	"context"
	"errors"
	"iter"
	"time"

	"marsa/corpus"
)

// MaxFile is the largest file that is read, in bytes.
const MaxFile = 200 << 20

// Why a file could not be had. Reason turns each into the key that reports keep.
var (
	// ErrUnchanged says that the server has nothing newer than the validators say.
	ErrUnchanged = errors.New("unchanged")
	// ErrRecord says that a sidecar or a manifest cannot be understood.
	ErrRecord = errors.New("the record cannot be used")
	// ErrRights says that a file or folder may not be read.
	ErrRights = errors.New("no right to read it")
	// ErrNotAFile says that something is no regular file.
	ErrNotAFile = errors.New("not a regular file")
	// ErrArchive says that an archive cannot be opened.
	ErrArchive = errors.New("archive cannot be opened")
	// ErrAddress says that a web address may not be fetched.
	ErrAddress = errors.New("address is refused")
	// ErrFetch says that a server could not be reached or gave no document.
	ErrFetch = errors.New("could not be fetched")
)

// Source gives files to take in.
type Source interface {
	// Items yields the items changed since a time; the zero time, and sources
	// that cannot tell, give all. An error belongs to the item beside it, of
	// which at least URL is set, and does not end the run. A URL that ends in a
	// slash is a folder of which nothing, or not everything, could be seen.
	Items(ctx context.Context, since time.Time) iter.Seq2[Item, error]
	// String names the source for people.
	String() string
}

// Rooted is a source that gives everything below some addresses, so that what
// it no longer gives is gone.
type Rooted interface {
	// Roots returns the beginnings of the URLs of everything that the source
	// covers: whole URLs of files, and folders with a slash at the end.
	Roots() []string
}

// Item is a file that can be taken in.
type Item struct {
	URL      string // where it is: file:///…, https://… or starter:…; the same each time
	Name     string // the file's name, without a path
	Modified time.Time
	Size     int64 // in bytes; -1 when unknown
	Meta     *Meta // its record; nil when there is none
	// Fetch reads the file, at most MaxFile bytes of it. have is what the server
	// said last time; with it, Fetch may fail with ErrUnchanged.
	Fetch func(ctx context.Context, have Validators) (*File, error)
}

// File is the bytes of an item.
type File struct {
	Data []byte
	Name string // as the server calls it, else the item's name
	Validators
}

// Validators are what a server says to recognise a version of a file by.
type Validators struct{ ETag, LastModified string }

// Reason returns the key of why an item could not be had: "record", "rights",
// "not-a-file", "archive", "address", "fetch", "missing", "too-large"; "" when err says
// nothing of the kind.
func Reason(err error) string {
	for _, c := range []struct {
		err error
		key string
	}{
		{ErrRecord, "record"}, {ErrRights, "rights"}, {ErrNotAFile, "not-a-file"}, {ErrArchive, "archive"}, {ErrAddress, "address"},
		{corpus.ErrTooLarge, "too-large"}, {ErrFetch, "fetch"}, {corpus.ErrNotFound, "missing"},
	} {
		if errors.Is(err, c.err) {
			return c.key
		}
	}
	return ""
}
