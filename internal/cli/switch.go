package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"marsa/corpus"
	"marsa/index"
	"marsa/index/bleve"
)

// switchable is the engine of a data directory. It can be replaced by a new one
// while searches go on: those that began with the old one end with it.
//
// Each build of the index has a folder of its own, index/1, index/2 and so on;
// the file index/current names the one in use. A build that was interrupted is
// a folder that is not named, and is removed at the next start.
type switchable struct {
	dir string

	mu     sync.RWMutex // held for reading by every call of the engine
	engine index.Engine
	build  int
}

const currentFile = "current"

// openIndex opens the index in dir, or makes an empty one when there is none or
// it has another schema; the caller fills it from the catalog.
func openIndex(dir string) (*switchable, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	n, err := currentBuild(dir)
	if err != nil {
		return nil, err
	}
	s := &switchable{dir: dir, build: n}
	if n > 0 {
		s.engine, err = bleve.Open(s.path(n), bleve.Config{})
		if errors.Is(err, bleve.ErrSchema) {
			s.engine, err = nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("open the index: %w\n  it can be built anew: delete %s and start again", err, dir)
		}
	}
	if s.engine == nil {
		engine, err := s.begin()
		if err != nil {
			return nil, err
		}
		if err := s.replace(engine); err != nil {
			return nil, err
		}
	}
	return s, s.sweep()
}

// currentBuild reads which build is in use; 0 when there is none.
func currentBuild(dir string) (int, error) {
	data, err := os.ReadFile(filepath.Join(dir, currentFile))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%s/%s does not name a build; delete %s and start again: %w", dir, currentFile, dir, corpus.ErrInvalid)
	}
	return n, nil
}

func (s *switchable) path(build int) string { return filepath.Join(s.dir, strconv.Itoa(build)) }

// begin opens an empty index beside the one in use.
func (s *switchable) begin() (index.Engine, error) {
	path := s.path(s.build + 1)
	if err := os.RemoveAll(path); err != nil {
		return nil, err
	}
	return bleve.Open(path, bleve.Config{})
}

// replace puts the engine that begin opened in the place of the one in use and
// deletes the old one.
func (s *switchable) replace(engine index.Engine) error {
	if err := writeCurrent(s.dir, s.build+1); err != nil {
		return errors.Join(err, engine.Close())
	}
	s.mu.Lock()
	old, oldPath := s.engine, s.path(s.build)
	s.engine, s.build = engine, s.build+1
	s.mu.Unlock()
	if old == nil {
		return nil
	}
	return errors.Join(old.Close(), os.RemoveAll(oldPath))
}

// writeCurrent names the build in use, in one step that a crash cannot halve.
func writeCurrent(dir string, build int) error {
	f, err := os.CreateTemp(dir, currentFile+"-*")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, build)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, currentFile))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// sweep removes builds that are not in use.
func (s *switchable) sweep() error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if name := e.Name(); name != currentFile && name != strconv.Itoa(s.build) {
			errs = append(errs, os.RemoveAll(filepath.Join(s.dir, name)))
		}
	}
	return errors.Join(errs...)
}

func (s *switchable) Put(ctx context.Context, es ...*corpus.Entry) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.engine.Put(ctx, es...)
}

func (s *switchable) Delete(ctx context.Context, ids ...corpus.ID) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.engine.Delete(ctx, ids...)
}

func (s *switchable) Search(ctx context.Context, q *index.Query) (*index.Result, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.engine.Search(ctx, q)
}

func (s *switchable) Revs(ctx context.Context) (map[corpus.ID]corpus.Hash, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.engine.Revs(ctx)
}

func (s *switchable) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.engine.Close()
}
