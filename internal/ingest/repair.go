package ingest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"marsa/corpus"
	"marsa/index"
)

// Repaired says what Repair did.
type Repaired struct {
	Put       int `json:"put"`       // documents put into the index
	Deleted   int `json:"deleted"`   // documents taken out of it
	Originals int `json:"originals"` // files deleted that belonged to no document
}

// Repair makes the index hold what the catalog holds, and clears away files
// that a killed process left. It is run at every start.
func (p *Pipeline) Repair(ctx context.Context) (Repaired, error) {
	end, err := p.begin(ctx)
	if err != nil {
		return Repaired{}, fmt.Errorf("repair index: %w", err)
	}
	defer end()
	done, err := p.align(ctx, p.Engine)
	if err != nil {
		return done, fmt.Errorf("repair index: %w", err)
	}
	p.committing.Lock() // a file that is being stored has no document yet
	done.Originals, err = p.Catalog.Sweep()
	p.committing.Unlock()
	if err != nil {
		return done, fmt.Errorf("repair: %w", err)
	}
	return done, nil
}

// align makes an engine hold what the catalog holds.
func (p *Pipeline) align(ctx context.Context, to index.Engine) (done Repaired, err error) {
	indexed, err := to.Revs(ctx)
	if err != nil {
		return done, err
	}
	want, err := p.Catalog.Revs()
	if err != nil {
		return done, err
	}
	missing, extra := differences(want, indexed)
	if done.Put, err = p.fill(ctx, to, missing, func(int) {}); err != nil {
		return done, err
	}
	done.Deleted, err = p.drop(ctx, to, extra)
	return done, err
}

// drop takes those of the documents out of an engine that the catalog does not
// have; some may have been taken in again meanwhile.
func (p *Pipeline) drop(ctx context.Context, to index.Engine, ids []corpus.ID) (int, error) {
	p.storing.Lock()
	defer p.storing.Unlock()
	var extra []corpus.ID
	for _, id := range ids {
		has, err := p.Catalog.Has(id)
		if err != nil {
			return 0, err
		}
		if !has {
			extra = append(extra, id)
		}
	}
	return len(extra), to.Delete(ctx, extra...)
}

func differences(want, have map[corpus.ID]corpus.Hash) (missing, extra []corpus.ID) {
	for _, id := range slices.Sorted(maps.Keys(want)) {
		if rev, ok := have[id]; !ok || rev != want[id] {
			missing = append(missing, id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(have)) {
		if _, ok := want[id]; !ok {
			extra = append(extra, id)
		}
	}
	return missing, extra
}

// fill puts documents of the catalog into an engine, in batches.
func (p *Pipeline) fill(ctx context.Context, to index.Engine, ids []corpus.ID, progress func(done int)) (int, error) {
	n := 0
	for len(ids) > 0 {
		if ctx.Err() != nil {
			return n, context.Cause(ctx)
		}
		taken, put, err := p.fillSome(ctx, to, ids)
		if err != nil {
			return n, err
		}
		n += put
		ids = ids[taken:]
		progress(n)
	}
	return n, nil
}

// fillSome puts the first documents into the engine, as many as make a batch.
func (p *Pipeline) fillSome(ctx context.Context, to index.Engine, ids []corpus.ID) (taken, put int, err error) {
	p.storing.Lock()
	defer p.storing.Unlock()
	var batch []*corpus.Entry
	for size := 0; taken < len(ids) && size < batchBytes; taken++ {
		e, err := p.Catalog.Entry(ids[taken])
		if errors.Is(err, corpus.ErrNotFound) { // taken out meanwhile
			continue
		}
		if err != nil {
			return 0, 0, err
		}
		batch = append(batch, e)
		size += textSize(e)
	}
	if len(batch) == 0 {
		return taken, 0, nil
	}
	return taken, len(batch), to.Put(ctx, batch...)
}

// Reindex fills a fresh engine from the catalog, without network. The caller
// puts it in the place of the former one. progress may be nil.
func (p *Pipeline) Reindex(ctx context.Context, to index.Engine, progress func(done, total int)) error {
	end, err := p.begin(ctx)
	if err != nil {
		return fmt.Errorf("reindex: %w", err)
	}
	defer end()
	ids, err := p.Catalog.IDs()
	if err != nil {
		return fmt.Errorf("reindex: %w", err)
	}
	tell := func(done int) {
		if progress != nil {
			progress(done, len(ids))
		}
	}
	tell(0)
	if _, err := p.fill(ctx, to, ids, tell); err != nil {
		return fmt.Errorf("reindex: %w", err)
	}
	if _, err := p.align(ctx, to); err != nil { // what changed meanwhile
		return fmt.Errorf("reindex: %w", err)
	}
	return nil
}

// Remove takes a document out of catalog, originals and index for good: it is
// never taken in again. It fails with corpus.ErrNotFound.
func (p *Pipeline) Remove(ctx context.Context, id corpus.ID, reason string) error {
	return p.takeOut(ctx, id, func(id corpus.ID) error { return p.Catalog.Remove(id, reason) })
}

// takeOut takes a document out while nothing is being settled: not between a
// look at the catalog and what is done about it. What the catalog does not have
// any more leaves the index too, even when something of it stayed on the disk.
func (p *Pipeline) takeOut(ctx context.Context, id corpus.ID, from func(corpus.ID) error) error {
	p.committing.Lock()
	defer p.committing.Unlock()
	p.storing.Lock()
	defer p.storing.Unlock()
	err := from(id)
	if has, hasErr := p.Catalog.Has(id); has || hasErr != nil {
		return errors.Join(err, hasErr)
	}
	if engineErr := p.Engine.Delete(context.WithoutCancel(ctx), id); engineErr != nil {
		return errors.Join(err, fmt.Errorf("take %s out of the index: %w", id, engineErr))
	}
	return err
}
