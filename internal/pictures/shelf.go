package pictures

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// shelf keeps files up to a size, the longest unused thrown away first. What
// cannot be kept is drawn again: no error of the disk reaches a reader.
type shelf struct {
	dir string
	max int64 // bytes

	mu   sync.Mutex
	size int64 // bytes; known when counted
	done bool  // whether they were counted
}

const ending = ".jpg"

func (s *shelf) path(tag string) string { return filepath.Join(s.dir, tag+ending) }

func (s *shelf) get(tag string) ([]byte, bool) {
	data, err := os.ReadFile(s.path(tag))
	if err != nil || len(data) == 0 {
		return nil, false
	}
	now := time.Now()
	_ = os.Chtimes(s.path(tag), now, now) // used just now
	return data, true
}

func (s *shelf) put(tag string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if int64(len(data)) > s.max || os.MkdirAll(s.dir, 0o700) != nil {
		return
	}
	if !s.done {
		s.size, s.done = total(s.list()), true
	}
	if s.size+int64(len(data)) > s.max {
		s.clear(int64(len(data)))
	}
	if s.write(tag, data) == nil {
		s.size += int64(len(data))
	}
}

// write puts a file in its place in one step, so that nobody reads half of it.
func (s *shelf) write(tag string, data []byte) error {
	f, err := os.CreateTemp(s.dir, "new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), s.path(tag))
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// clear throws away what was not used for longest, until a tenth of the shelf is
// free, and enough for what comes.
func (s *shelf) clear(coming int64) {
	files := s.list()
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	s.size = total(files)
	for _, f := range files {
		if s.size+coming <= s.max/10*9 {
			return
		}
		if os.Remove(filepath.Join(s.dir, f.Name())) == nil {
			s.size -= f.Size()
		}
	}
}

// list returns the files of the shelf in the order of their names.
func (s *shelf) list() []fs.FileInfo {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil
	}
	var files []fs.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && (strings.HasSuffix(e.Name(), ending) || strings.HasPrefix(e.Name(), "new-")) {
			files = append(files, info)
		}
	}
	return files
}

func total(files []fs.FileInfo) int64 {
	var n int64
	for _, f := range files {
		n += f.Size()
	}
	return n
}
