// Package bleve is the search engine inside the program: it keeps postings in
// files with Bleve's scorch index and answers queries itself, by textbook BM25
// over those postings, counting works on an in-memory table of columns.
//
// It uses of Bleve the token filters of its languages, the term dictionaries,
// the postings with positions, and the files. It does not use Bleve's mappings,
// queries, scores, sorting or facets; docs/search-engine.md says why. It knows
// nothing of the catalog and stores no text.
package bleve

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	api "github.com/blevesearch/bleve_index_api"

	"marsa/corpus"
	"marsa/index"
)

// ErrSchema says that a directory holds an index of another version: remove it
// and build it anew from the catalog.
var ErrSchema = errors.New("index has another version")

// Config sets up an Engine. The zero value is good.
type Config struct {
	Workers int // documents analysed at the same time; 0 is one for each processor
}

// Engine is an index.Engine over the files of one directory.
type Engine struct {
	analysis *analysis
	workers  int
	store    *scorch.Scorch
	queue    *api.AnalysisQueue

	life   sync.RWMutex // held for reading while a call runs, for writing by Close
	closed bool

	write sync.Mutex // held by whoever changes the index or looks for merged segments
	table *table     // guarded by write

	mu   sync.Mutex // guards view, held only to take or exchange it
	view *view
}

var _ index.Engine = (*Engine)(nil)

// Open opens the index in dir and makes it when dir is empty or missing. It
// fails with ErrSchema for an index of another version, and with
// corpus.ErrUnavailable, after a second, when another Engine has it open.
func Open(dir string, c Config) (*Engine, error) {
	if err := claim(dir); err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	e := &Engine{analysis: newAnalysis(), workers: c.Workers, table: newTable()}
	if e.workers <= 0 {
		e.workers = runtime.GOMAXPROCS(0)
	}
	if err := e.open(filepath.Join(dir, "store")); err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	return e, nil
}

func (e *Engine) open(path string) (err error) {
	defer func() { // a damaged file makes the reader run out of its slices
		if r := recover(); r != nil {
			err = fmt.Errorf("files are damaged: %v", r)
		}
	}()
	e.queue = api.NewAnalysisQueue(1) // the work is done before documents get there
	store, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path":         path,
		"bolt_timeout": "1s",
		// Publications are large documents: segments of a hundred are worth keeping
		// apart, while the default merges all up to 2,000 at every batch.
		"scorchMergePlanOptions": map[string]any{
			"FloorSegmentSize": 128, "MaxSegmentsPerTier": 6, "SegmentsPerMergeTask": 6, "TierGrowth": 8,
		},
	}, e.queue)
	if err != nil {
		e.queue.Close()
		return err
	}
	if err := store.Open(); err != nil {
		e.queue.Close()
		if strings.Contains(err.Error(), "timeout") {
			return fmt.Errorf("it is in use: %w", corpus.ErrUnavailable)
		}
		return err
	}
	e.store = store.(*scorch.Scorch)
	if err := e.reload(); err != nil {
		e.store.Close()
		e.queue.Close()
		return err
	}
	return nil
}

// claim checks the version of the index in dir and writes it into an empty one.
func claim(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	name := filepath.Join(dir, "schema")
	data, err := os.ReadFile(name)
	want := strconv.Itoa(index.SchemaVersion)
	switch {
	case err == nil && strings.TrimSpace(string(data)) == want:
		return nil
	case err == nil:
		return fmt.Errorf("%q, not %s: %w", strings.TrimSpace(string(data)), want, ErrSchema)
	case !os.IsNotExist(err):
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, "store")); err == nil {
		return fmt.Errorf("none is written: %w", ErrSchema)
	}
	return os.WriteFile(name, []byte(want+"\n"), 0o600)
}

// enter begins a call; leave ends it.
func (e *Engine) enter() error {
	e.life.RLock()
	if e.closed {
		e.life.RUnlock()
		return fmt.Errorf("index is closed: %w", corpus.ErrUnavailable)
	}
	return nil
}

func (e *Engine) leave() { e.life.RUnlock() }

// Close waits for running calls and closes the files. Calls that come later
// fail with corpus.ErrUnavailable.
func (e *Engine) Close() error {
	e.life.Lock()
	defer e.life.Unlock()
	if e.closed {
		return nil
	}
	e.closed = true
	e.show(nil)
	err := e.store.Close()
	e.queue.Close()
	if err != nil {
		return fmt.Errorf("close index: %w", err)
	}
	return nil
}
