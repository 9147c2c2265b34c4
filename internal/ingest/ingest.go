// Package ingest takes publications in: it reads what a source gives, has it
// extracted, finds languages and tags, and keeps the result in the catalog and
// in the index. It knows what is new, changed, the same, a duplicate or gone,
// and says of every item what became of it and what to do. It knows no format,
// no storage and no engine.
package ingest

import (
	"context"
	"log/slog"
	"runtime"
	"sync"

	"golang.org/x/sync/semaphore"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/index"
	"marsa/internal/catalog"
	"marsa/internal/extract"
)

// recipeVersion counts the ways in which documents were read. It is raised when
// extraction, language or tagging change so much that the next ingest should
// read files again that have not changed.
//
//	1  the first
const recipeVersion = 1

// Pipeline takes publications in. Its fields are not changed once it is used;
// it is safe for concurrent use. Runs follow one another: one that is asked for
// during another waits for it.
type Pipeline struct {
	Catalog    *catalog.Catalog
	Engine     index.Engine
	Extractor  Extractor
	Tagger     Tagger            // nil gives no tags beside those of records
	Vocabulary *vocab.Vocabulary // nil takes every concept of a record as known
	Workers    int               // files read at the same time; 0 is one for each core
	Log        *slog.Logger      // nil logs nothing

	once    sync.Once
	running *semaphore.Weighted // held by Run, Repair and Reindex, one at a time
	storing sync.Mutex          // held while catalog and index are brought together for some documents
}

// Extractor turns the bytes of a file into pages, within limits.
// extract/worker.Pool is one.
type Extractor interface {
	Extract(ctx context.Context, name string, data []byte) (*extract.Content, error)
}

// Tagger finds what a document is about.
type Tagger interface {
	Tag(e *corpus.Entry) []corpus.Tag
	Kind(e *corpus.Entry) (corpus.Kind, bool)
}

// Options of a run.
type Options struct {
	Prune    bool           // take documents out whose files are no longer there
	Progress func(Progress) // called often, one call at a time; may be nil
	Done     func(Item)     // called for each item once what is said of it is on disk, one call at a time; may be nil
}

// Progress says how far a run is.
type Progress struct {
	Files     int    `json:"files"` // to be looked at
	FilesDone int    `json:"filesDone"`
	Pages     int    `json:"pages"` // read in this run
	Failed    int    `json:"failed"`
	Current   string `json:"current"` // a file that is being read
}

// begin waits until no other run goes on; end lets the next one begin.
func (p *Pipeline) begin(ctx context.Context) (end func(), err error) {
	p.once.Do(func() { p.running = semaphore.NewWeighted(1) })
	if err := p.running.Acquire(ctx, 1); err != nil {
		return nil, context.Cause(ctx)
	}
	return func() { p.running.Release(1) }, nil
}

func (p *Pipeline) workers() int {
	if p.Workers > 0 {
		return p.Workers
	}
	return runtime.GOMAXPROCS(0)
}

func (p *Pipeline) log(it Item) {
	if p.Log == nil {
		return
	}
	level := slog.LevelInfo
	switch {
	case it.Outcome == Unchanged:
		level = slog.LevelDebug
	case it.Outcome.Failed():
		level = slog.LevelWarn
	}
	p.Log.Log(context.Background(), level, string(it.Outcome), "origin", it.Origin, "id", it.ID, "pages", it.Pages,
		"reason", it.Reason, "message", it.Message)
}
