package cli

import (
	"sync"

	"marsa/internal/ingest"
)

// watch is told what a long command does. Both functions may be nil.
type watch struct {
	onProgress func(ingest.Progress)
	onItem     func(ingest.Item)
}

func (w watch) progress(p ingest.Progress) {
	if w.onProgress != nil {
		w.onProgress(p)
	}
}

func (w watch) item(it ingest.Item) {
	if w.onItem != nil {
		w.onItem(it)
	}
}

// board shows readers of the pages how far the runs are. The zero board says
// that none goes on.
type board struct {
	mu   sync.Mutex
	runs int
	last ingest.Progress // of the run that said something last
}

func (b *board) begin() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.runs++
}

func (b *board) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.runs--
}

func (b *board) show(p ingest.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last = p
}

// now returns the progress, and whether a run goes on.
func (b *board) now() (ingest.Progress, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.last, b.runs > 0
}
