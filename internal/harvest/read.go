package harvest

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"marsa/corpus"
)

// readAtMost reads a regular file, or fails with corpus.ErrTooLarge. It looks
// before it opens: opening a pipe waits for its other end.
func readAtMost(fsys fs.FS, name string, most int64) ([]byte, error) {
	if info, err := fs.Stat(fsys, name); err != nil || !info.Mode().IsRegular() {
		return nil, cmp.Or(err, ErrNotAFile)
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, ErrNotAFile
	case info.Size() > most:
		return nil, tooLarge(info.Size(), most)
	}
	return readBody(f, info.Size(), most)
}

// readBody reads all of r, of which size bytes are expected.
func readBody(r io.Reader, size, most int64) ([]byte, error) {
	data := make([]byte, 0, max(min(size, most), 0)+512)
	for {
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case int64(len(data)) > most:
			return nil, tooLarge(-1, most)
		case errors.Is(err, io.EOF):
			return data, nil
		case err != nil:
			return nil, err
		case len(data) == cap(data):
			data = slices.Grow(data, len(data)/4+512)
		}
	}
}

func tooLarge(size, most int64) error {
	if size < 0 {
		return fmt.Errorf("more than %d MiB: %w", most>>20, corpus.ErrTooLarge)
	}
	return fmt.Errorf("%d MiB, at most %d MiB are read: %w", size>>20, most>>20, corpus.ErrTooLarge)
}

// diskError says what to do about an error of the disk.
func diskError(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s: %w; change its mode or owner, or run as somebody who may read it: %w", name, ErrRights, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is not there; check the path: %w", name, corpus.ErrNotFound)
	case errors.Is(err, fs.ErrInvalid):
		return fmt.Errorf("%q is not a name in UTF-8; rename it: %w", name, ErrNotAFile)
	}
	return fmt.Errorf("read %s: %w", name, err)
}
