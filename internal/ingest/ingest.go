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
//	2  columns, ruled tables, numbers of notes, running heads and feet
const recipeVersion = 2

// Pipeline takes publications in. Its fields are not changed once it is used;
// it is safe for concurrent use. A few runs go on side by side, so that a small
// one need not wait for a large one; what they store, they store one at a time.
type Pipeline struct {
	Catalog    *catalog.Catalog
	Engine     index.Engine
	Extractor  Extractor
	Recognizer Recognizer        // nil leaves pages that are only pictures as they are
	Tagger     Tagger            // nil gives no tags beside those of records
	Vocabulary *vocab.Vocabulary // nil takes every concept of a record as known
	Workers    int               // files read at the same time; 0 is one for each core
	Log        *slog.Logger      // nil logs nothing

	once       sync.Once
	running    *semaphore.Weighted // held by Run, Repair and Reindex, maxRuns at a time
	memory     *semaphore.Weighted // bytes of files that all runs hold
	committing sync.Mutex          // held while it is settled what a file becomes in the catalog
	storing    sync.Mutex          // held while catalog and index are brought together for some documents; taken after committing
}

// Extractor turns the bytes of a file into pages, within limits.
// extract/worker.Pool is one.
type Extractor interface {
	Extract(ctx context.Context, name string, data []byte) (*extract.Content, error)
}

// Recognizer gives text to pages that have none. recognition.Recognizer is one.
type Recognizer interface {
	// Needs says whether a page of that quality would be looked at.
	Needs(corpus.Quality) bool
	// Recognize puts the text of pages that need it into c. It fails only when ctx
	// ends.
	Recognize(ctx context.Context, c *extract.Content, data []byte, langs []corpus.Lang, step func(done, all int)) error
}

// Tagger finds what a document is about.
type Tagger interface {
	// Tag gives the evidence of given concepts too.
	Tag(e *corpus.Entry, given ...corpus.ConceptID) []corpus.Tag
	Kind(e *corpus.Entry) (corpus.Kind, bool)
}

// Options of a run. Its functions are called in the middle of things: they must
// not call the pipeline, nor wait for somebody who does.
type Options struct {
	Prune    bool           // take documents out whose files are no longer there
	Again    bool           // read files again that have not changed
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

// maxRuns is how many runs go on side by side; more wait.
const maxRuns = 4

// inFlight is how many bytes of files are in memory at the same time. One file
// of the largest size is always possible.
const inFlight = 256 << 20

// begin waits until not too many runs go on; end lets the next one begin.
func (p *Pipeline) begin(ctx context.Context) (end func(), err error) {
	p.once.Do(func() {
		p.running, p.memory = semaphore.NewWeighted(maxRuns), semaphore.NewWeighted(inFlight)
	})
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
