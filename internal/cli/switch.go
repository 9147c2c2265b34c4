package cli

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
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
	log *slog.Logger

	building sync.Mutex // held from begin to replace or abandon: one build at a time

	mu     sync.RWMutex // held for reading by every call of the engine
	engine index.Engine
	build  int
}

const currentFile = "current"

// openIndex opens the index in dir. When there is none, or it has another schema
// or is damaged, it makes an empty one: the index is derived, and the caller
// fills it from the catalog.
func openIndex(dir string, log *slog.Logger) (*switchable, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	s := &switchable{dir: dir, log: log, build: currentBuild(dir)}
	if s.build > 0 {
		engine, err := bleve.Open(s.path(s.build), bleve.Config{})
		switch {
		case err == nil:
			s.engine = engine
		case errors.Is(err, corpus.ErrUnavailable): // in use, not damaged
			return nil, fmt.Errorf("open the index: %w", err)
		default:
			log.Warn("the index is built anew from the catalog", "error", err)
		}
	}
	if s.engine == nil {
		engine, err := s.begin()
		if err != nil {
			return nil, fmt.Errorf("make an index: %w", err)
		}
		if err := s.replace(engine); err != nil {
			return nil, fmt.Errorf("make an index: %w", err)
		}
	}
	return s, s.sweep()
}

// currentBuild reads which build is in use; 0 when there is none that is named.
func currentBuild(dir string) int {
	data, err := os.ReadFile(filepath.Join(dir, currentFile))
	if err != nil {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil || n < 1 {
		return 0
	}
	return n
}

func (s *switchable) path(build int) string { return filepath.Join(s.dir, strconv.Itoa(build)) }

// begin opens an empty index beside the one in use. replace or abandon must
// follow; until then nobody else can begin.
func (s *switchable) begin() (index.Engine, error) {
	if !s.building.TryLock() {
		return nil, fmt.Errorf("the index is being built anew already; wait for it: %w", corpus.ErrUnavailable)
	}
	path := s.path(s.build + 1)
	err := os.RemoveAll(path)
	var engine index.Engine
	if err == nil {
		engine, err = bleve.Open(path, bleve.Config{})
	}
	if err != nil {
		s.building.Unlock()
		return nil, err
	}
	return engine, nil
}

// abandon gives up what begin opened.
func (s *switchable) abandon(engine index.Engine) error {
	defer s.building.Unlock()
	return errors.Join(engine.Close(), os.RemoveAll(s.path(s.build+1)))
}

// replace puts the engine that begin opened in the place of the one in use and
// deletes the old one.
func (s *switchable) replace(engine index.Engine) error {
	defer s.building.Unlock()
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
	if err := errors.Join(old.Close(), os.RemoveAll(oldPath)); err != nil {
		s.log.Warn("the former index is removed at the next start", "error", err)
	}
	return nil
}

// writeCurrent names the build in use. Should a crash lose that, the index is
// built anew.
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

func (s *switchable) Similar(ctx context.Context, word, beside string, l corpus.Lang) ([]index.Spelling, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.engine.Similar(ctx, word, beside, l)
}

func (s *switchable) Related(ctx context.Context, p *index.Profile) ([]index.Relative, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.engine.Related(ctx, p)
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
