package ingest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/semaphore"

	"marsa/corpus"
)

// Batches for the engine: what is cheaper in memory than by the document. Every
// batch is merged into what is there, so a long run waits longer for the next.
const (
	batchBytes = 3 << 20
	batchTime  = time.Second // so that a document can soon be found
	longRun    = 5 * time.Second
)

// queueBytes is how much text waits for the engine at the most, so that readers
// can go on while a batch is written.
const queueBytes = 16 << 20

// indexer feeds the engine beside the run that fills the catalog.
type indexer struct {
	p      *Pipeline
	ctx    context.Context // of the run
	in     chan *corpus.Entry
	queue  *semaphore.Weighted // of text
	result chan error
}

// startIndexer starts feeding; an error of the engine stops the run.
func startIndexer(ctx context.Context, p *Pipeline, stop context.CancelCauseFunc) *indexer {
	ix := &indexer{p: p, ctx: ctx, in: make(chan *corpus.Entry, 1024), queue: semaphore.NewWeighted(queueBytes), result: make(chan error, 1)}
	go func() {
		err := ix.feed()
		if err != nil {
			stop(err)
		}
		for e := range ix.in { // the committer must not wait for a dead indexer
			ix.queue.Release(held(e))
		}
		ix.result <- err
	}()
	return ix
}

// add gives an entry to the indexer. It waits while too much is in the queue,
// even when the run is cancelled: what is in the catalog is to be found.
func (ix *indexer) add(e *corpus.Entry) {
	if err := ix.queue.Acquire(context.WithoutCancel(ix.ctx), held(e)); err != nil {
		return // cannot be: nothing cancels that wait
	}
	ix.in <- e
}

// held is the part of the queue that an entry takes.
func held(e *corpus.Entry) int64 { return min(int64(textSize(e)), queueBytes) }

// close waits until everything added can be found.
func (ix *indexer) close() error {
	close(ix.in)
	return <-ix.result
}

func (ix *indexer) feed() error {
	var batch []*corpus.Entry
	size := 0
	wait := batchTime
	tick := time.NewTimer(wait)
	defer tick.Stop()
	flush := func() error {
		err := ix.p.index(ix.ctx, batch)
		for _, e := range batch {
			ix.queue.Release(held(e))
		}
		batch, size = nil, 0
		return err
	}
	for {
		select {
		case e, ok := <-ix.in:
			if !ok {
				return flush()
			}
			batch, size = append(batch, e), size+textSize(e)
			if size < batchBytes {
				continue
			}
		case <-tick.C:
			wait = min(wait*3/2, longRun)
			tick.Reset(wait)
		}
		if err := flush(); err != nil {
			return err
		}
	}
}

func textSize(e *corpus.Entry) int {
	n := 1 << 10 // for the record
	for i := range e.Pages {
		n += len(e.Pages[i].Text)
	}
	return n
}

// index puts entries into the engine that the catalog still has as they are.
// What is in the catalog is to be found even when the run is cancelled, so the
// batch at hand is still written then.
func (p *Pipeline) index(ctx context.Context, entries []*corpus.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	p.storing.Lock()
	defer p.storing.Unlock()
	var batch []*corpus.Entry
	for _, e := range entries {
		d, err := p.Catalog.Document(e.ID)
		switch {
		case errors.Is(err, corpus.ErrNotFound): // taken out meanwhile
		case err != nil:
			return err
		case d.Rev == e.Rev:
			batch = append(batch, e)
		}
	}
	if len(batch) == 0 {
		return nil
	}
	if err := p.Engine.Put(context.WithoutCancel(ctx), batch...); err != nil {
		return fmt.Errorf("index %d documents: %w", len(batch), err)
	}
	return nil
}
