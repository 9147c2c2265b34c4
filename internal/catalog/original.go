package catalog

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"marsa/corpus"
)

// originalPath is where the file with a hash lies. Hashes come from HashOf or
// from the database, so they are plain hexadecimal.
func (c *Catalog) originalPath(h corpus.Hash) string {
	return filepath.Join(c.dir, "originals", string(h[:2]), string(h))
}

// store writes data under its hash. When it returns, the file is on disk whole:
// it is written beside its place, synced, renamed, and its folder synced.
func (c *Catalog) store(h corpus.Hash, data []byte) error {
	path := c.originalPath(h)
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(data)) {
		return nil
	}
	if err := c.makeShelf(filepath.Dir(path)); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Join(c.dir, "originals", "tmp"), "new-*")
	if err != nil {
		return err
	}
	err = writeWhole(f, data)
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncFolder(filepath.Dir(path))
}

// makeShelf makes one of the folders of originals.
func (c *Catalog) makeShelf(dir string) error {
	switch err := os.Mkdir(dir, 0o700); {
	case errors.Is(err, fs.ErrExist): // or a file in its place, which the rename will find
		return nil
	case err != nil:
		return err
	}
	return syncFolder(filepath.Dir(dir))
}

func writeWhole(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// Original opens the file that a document was read from. The caller closes it.
func (c *Catalog) Original(id corpus.ID) (io.ReadSeekCloser, error) {
	var h corpus.Hash
	if err := c.read.QueryRow(`SELECT original FROM documents WHERE id = ?`, id).Scan(&h); err != nil {
		return nil, fmt.Errorf("original of %s: %w", id, explain(err))
	}
	f, err := os.Open(c.originalPath(h))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("original of %s is not in the data directory any more: bring %s back from a backup: %w",
			id, c.originalPath(h), corpus.ErrUnavailable)
	}
	if err != nil {
		return nil, fmt.Errorf("original of %s: %w", id, explain(err))
	}
	return f, nil
}

// Sweep deletes original files that no document has, which a process killed at
// the wrong moment leaves behind, and returns how many it deleted.
func (c *Catalog) Sweep() (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	used, err := c.hashes()
	if err != nil {
		return 0, fmt.Errorf("sweep originals: %w", err)
	}
	n := 0
	err = filepath.WalkDir(filepath.Join(c.dir, "originals"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || used[corpus.Hash(d.Name())] {
			return err
		}
		n++
		return os.Remove(path)
	})
	if err != nil {
		return n, fmt.Errorf("sweep originals: %w", explain(err))
	}
	return n, nil
}

func (c *Catalog) hashes() (map[corpus.Hash]bool, error) {
	all, err := list[corpus.Hash](c.read, `SELECT hash FROM originals`)
	if err != nil {
		return nil, err
	}
	used := make(map[corpus.Hash]bool, len(all))
	for _, h := range all {
		used[h] = true
	}
	return used, nil
}

// unlink deletes the files of those hashes that no document has any more.
func (c *Catalog) unlink(hashes []corpus.Hash) error {
	for _, h := range hashes {
		var n int
		if err := c.write.QueryRow(`SELECT count(*) FROM originals WHERE hash = ?`, h).Scan(&n); err != nil {
			return explain(err)
		}
		if n > 0 {
			continue
		}
		if err := os.Remove(c.originalPath(h)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return explain(err)
		}
	}
	return nil
}
