package bleve

import (
	"context"
	"fmt"
	"sync"

	"github.com/blevesearch/bleve/v2/document"
	api "github.com/blevesearch/bleve_index_api"

	"marsa/corpus"
)

// Put implements index.Engine. The entries are one batch in memory: callers cut
// large libraries into calls of about BatchText.
func (e *Engine) Put(ctx context.Context, es ...*corpus.Entry) error {
	if err := e.enter(); err != nil {
		return err
	}
	defer e.leave()
	es, err := lastOfEach(es)
	if err != nil || len(es) == 0 {
		return err
	}
	docs, recs, err := e.analyseAll(ctx, es)
	if err != nil {
		return fmt.Errorf("analyse %d documents: %w", len(es), err)
	}
	batch := api.NewBatch()
	for _, d := range docs {
		batch.Update(d)
	}
	return e.apply(ctx, batch, func(t *table) {
		for _, r := range recs {
			t.put(r)
		}
	})
}

// BatchText is the text, in bytes, that one Put should hold: larger batches
// take more memory and are not faster.
const BatchText = 2 << 20

// Delete implements index.Engine.
func (e *Engine) Delete(ctx context.Context, ids ...corpus.ID) error {
	if err := e.enter(); err != nil {
		return err
	}
	defer e.leave()
	batch := api.NewBatch()
	for _, id := range ids {
		batch.Delete(string(id))
	}
	if len(ids) == 0 {
		return nil
	}
	return e.apply(ctx, batch, func(t *table) {
		for _, id := range ids {
			t.delete(id)
		}
	})
}

// Revs implements index.Engine.
func (e *Engine) Revs(context.Context) (map[corpus.ID]corpus.Hash, error) {
	if err := e.enter(); err != nil {
		return nil, err
	}
	defer e.leave()
	v := e.take()
	defer e.release(v)
	revs := make(map[corpus.ID]corpus.Hash, v.live)
	for _, r := range v.rows {
		if r != nil {
			revs[r.id] = r.rev
		}
	}
	return revs, nil
}

// apply writes a batch and shows it to searches that begin afterwards.
func (e *Engine) apply(ctx context.Context, b *api.Batch, change func(*table)) error {
	e.write.Lock()
	defer e.write.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := e.store.Batch(b); err != nil {
		// Whether it is in the index or not, the columns must say the same.
		if again := e.reload(); again != nil {
			return fmt.Errorf("write batch: %w (and reading the index again: %w)", err, again)
		}
		return fmt.Errorf("write batch: %w", err)
	}
	change(e.table)
	if err := e.publish(); err != nil {
		return fmt.Errorf("show batch: %w", err)
	}
	return nil
}

func lastOfEach(es []*corpus.Entry) ([]*corpus.Entry, error) {
	place := map[corpus.ID]int{}
	var out []*corpus.Entry
	for _, e := range es {
		if e.ID == "" {
			return nil, fmt.Errorf("document without an ID: %w", corpus.ErrInvalid)
		}
		if i, ok := place[e.ID]; ok {
			out[i] = e
			continue
		}
		place[e.ID] = len(out)
		out = append(out, e)
	}
	return out, nil
}

func (e *Engine) analyseAll(ctx context.Context, es []*corpus.Entry) ([]*document.Document, []*record, error) {
	docs, recs, errs := make([]*document.Document, len(es)), make([]*record, len(es)), make([]error, len(es))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(e.workers, len(es)) {
		wg.Go(func() {
			for i := range next {
				docs[i], recs[i], errs[i] = e.analysis.analyse(es[i])
			}
		})
	}
	for i := range es {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	for _, err := range errs {
		if err != nil {
			return nil, nil, err
		}
	}
	return docs, recs, nil
}
