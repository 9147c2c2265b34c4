package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"marsa/corpus"
	"marsa/internal/catalog"
	"marsa/internal/harvest"
)

// judge decides what is to be done with an item. It returns a job when the item
// must be read, and nil when everything is said already; an error ends the run.
func (r *run) judge(ctx context.Context, f found) (*job, error) {
	j := &job{order: f.order, item: f.item}
	place, err := r.place(j)
	if err != nil {
		return nil, err
	}
	if f.err != nil {
		return nil, r.fail(j, f.err)
	}
	if refused, err := r.refused(j); refused || err != nil {
		return nil, err
	}
	j.weight = weight(f.item.Size)
	if err := r.p.memory.Acquire(ctx, j.weight); err != nil {
		return nil, context.Cause(ctx)
	}
	mustRead, err := r.weigh(ctx, j, place)
	if !mustRead || err != nil {
		r.p.memory.Release(j.weight)
		return nil, err
	}
	return j, nil
}

// place returns what is known of the place of a job, and nil for a new one. The
// document that was first found there is the job's former self.
func (r *run) place(j *job) (*catalog.Place, error) {
	place, err := r.p.Catalog.ByOrigin(j.item.URL)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil, nil
	}
	if err == nil && place.First {
		j.former, err = r.p.Catalog.Document(place.Document)
		j.replace = place.Document
		if errors.Is(err, corpus.ErrNotFound) { // taken out just now
			j.replace = ""
			return nil, nil
		}
	}
	return place, err
}

// weight is the memory that a file of a size is counted with.
func weight(size int64) int64 {
	if size < 0 {
		size = harvest.MaxFile // not known before it is there
	}
	return min(size+64<<10, inFlight)
}

// weigh reads the bytes of an item and compares them with what is known. It
// returns whether the item must be extracted.
func (r *run) weigh(ctx context.Context, j *job, place *catalog.Place) (bool, error) {
	recipe := recipeOf(j.item.Meta)
	same := place != nil && place.Hash == place.Current && place.Recipe == recipe
	if same {
		again, err := r.again(j)
		if err != nil {
			return false, err
		}
		same = !again
	}
	if err := r.fetch(ctx, j, place, same); err != nil {
		switch {
		case errors.Is(err, harvest.ErrUnchanged):
			return false, r.unchanged(j, place)
		case ctx.Err() != nil:
			return false, context.Cause(ctx)
		}
		return false, r.fail(j, err)
	}
	j.hash = corpus.HashOf(j.file.Data)
	if refused, err := r.refused(j); refused || err != nil {
		return false, err
	}
	switch {
	case same && place.Hash == j.hash:
		return false, r.unchanged(j, place)
	case place != nil && place.Current == j.hash && place.First:
		return r.await(j), nil // the same bytes, another record
	case !r.await(j):
		return false, nil
	}
	return r.compare(j)
}

// again says whether a file that has not changed is to be read once more: when
// that is asked for, or when it has pages that can be recognised now.
func (r *run) again(j *job) (bool, error) {
	if r.o.Again || r.p.Recognizer == nil || j.former == nil {
		return r.o.Again, nil
	}
	qualities, err := r.p.Catalog.Qualities(j.former.ID)
	return slices.ContainsFunc(qualities, r.p.Recognizer.Needs), err
}

// fetch gets the bytes of a job. When the server has nothing new but the record
// changed, they are those that the catalog keeps.
func (r *run) fetch(ctx context.Context, j *job, place *catalog.Place, same bool) (err error) {
	var have harvest.Validators
	if place != nil && place.Hash == place.Current {
		have = harvest.Validators{ETag: place.ETag, LastModified: place.LastModified}
	}
	j.file, err = j.item.Fetch(ctx, have)
	if !errors.Is(err, harvest.ErrUnchanged) || same {
		return err
	}
	f, err := r.p.Catalog.Original(place.Document)
	if err != nil {
		return err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	j.file = &harvest.File{Data: data, Name: j.item.Name, Validators: have}
	return err
}

// compare looks for a job's bytes in the catalog. It returns whether the job
// must be extracted. It comes after await: bytes that were being read until just
// now are in the catalog by then.
func (r *run) compare(j *job) (bool, error) {
	r.p.committing.Lock()
	defer r.p.committing.Unlock()
	id, err := r.p.Catalog.ByHash(j.hash)
	if errors.Is(err, corpus.ErrNotFound) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	gives, err := r.gives(j, id)
	if err != nil {
		return false, err
	}
	if gives {
		return true, r.adopt(j, id)
	}
	r.settle(j)
	return false, r.duplicate(j, id)
}

// await notes that a job's bytes are being read. It returns false when they are
// already, and the job waits for what becomes of them.
func (r *run) await(j *job) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if other := r.pending[j.hash]; other != nil {
		j.file.Data = nil
		other.followers = append(other.followers, j)
		return false
	}
	r.pending[j.hash] = j
	return true
}

// refused reports an item that was taken out for good.
func (r *run) refused(j *job) (bool, error) {
	id := j.replace
	if j.item.Meta != nil && id == "" {
		id = j.item.Meta.ID
	}
	removal, err := r.p.Catalog.Removed(id, j.item.URL, j.hash)
	if errors.Is(err, corpus.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := r.p.Catalog.ClearFailure(j.item.URL); err != nil {
		return false, err
	}
	r.done(Item{Origin: j.item.URL, ID: removal.ID, Title: removal.Title, Outcome: Refused, Reason: ReasonRemoved, order: j.order,
		Message: fmt.Sprintf("%s was taken out of the library on %s (%s) and is not taken in again",
			removal.ID, removal.Time.Format("2006-01-02"), removal.Reason)})
	return true, nil
}

// unchanged reports an item with which nothing is to be done.
func (r *run) unchanged(j *job, place *catalog.Place) error {
	if err := r.p.Catalog.ClearFailure(j.item.URL); err != nil {
		return err
	}
	it := Item{Origin: j.item.URL, ID: place.Document, Outcome: Unchanged, order: j.order}
	if j.former != nil {
		it.Title = j.former.Title
	}
	r.done(it)
	return nil
}

// duplicate notes that a document is found at one more place.
func (r *run) duplicate(j *job, id corpus.ID) error {
	seen := j.seen()
	former, err := r.records(id)
	if err != nil {
		return err
	}
	if err := r.p.Catalog.AddOrigin(id, seen); err != nil {
		return err
	}
	if j.replace != "" && j.replace != id {
		j.before = j.replace
	}
	it := Item{Origin: j.item.URL, ID: id, Outcome: Duplicate, order: j.order,
		Message: fmt.Sprintf("%s has the same bytes as %s, which is now known to be here too", j.item.Name, id) + j.stays()}
	switch made := former.made; {
	case bare(seen.Recipe), made != nil && madeWith(made.Recipe, j.item.Meta):
	case made == nil:
		it.Message += "; the record of this place is used for it"
	default:
		it.Message += fmt.Sprintf("; the record of this place is not used: that of %s counts, since it was there first", made.URL)
	}
	r.done(it)
	return nil
}

// gone reports the documents of this source whose files are no longer there, and
// forgets what was wrong with such files.
func (r *run) gone(ctx context.Context, order int) error {
	failures, err := r.p.Catalog.Failures()
	if err != nil {
		return err
	}
	for _, f := range failures {
		if r.seen[f.Origin] || !r.covers(f.Origin) {
			continue
		}
		if err := r.p.Catalog.ClearFailure(f.Origin); err != nil {
			return err
		}
	}
	lost := map[string]bool{} // roots may overlap
	for _, root := range r.roots {
		places, err := r.p.Catalog.OriginsUnder(root)
		if err != nil {
			return err
		}
		for _, place := range places {
			if r.seen[place.URL] || lost[place.URL] || !r.covers(place.URL) {
				continue
			}
			lost[place.URL] = true
			if err := r.lose(ctx, place, order); err != nil {
				return err
			}
		}
	}
	return nil
}

// lose reports one place that is empty now.
func (r *run) lose(ctx context.Context, place catalog.Place, order int) error {
	all, err := r.p.Catalog.OriginsOf(place.Document)
	if err != nil {
		return err
	}
	it := Item{Origin: place.URL, ID: place.Document, Outcome: Gone, Reason: "gone", order: order}
	for _, other := range all {
		if other.URL != place.URL && !r.left(other.URL) {
			it.Message = fmt.Sprintf("the file is no longer there; %s stays, since it is also at %s", place.Document, other.URL)
			if err := r.p.Catalog.DropOrigin(place.URL); err != nil {
				return err
			}
			r.done(it)
			if bare(place.Recipe) {
				return nil
			}
			return r.lookAgain(place.Document, place.Recipe)
		}
	}
	d, err := r.p.Catalog.Document(place.Document)
	if err == nil {
		it.Title = d.Title
		it.Message = "the file is no longer there; its document stays in the library: run again with --prune to take it out"
		if !r.o.Prune {
			r.done(it)
			return nil
		}
		err = r.p.takeOut(ctx, place.Document, r.p.Catalog.Delete)
	}
	if err != nil && !errors.Is(err, corpus.ErrNotFound) { // else with another of its places, or by somebody else
		return err
	}
	it.Outcome, it.Message = Removed, "the file is no longer there; its document was taken out"
	r.done(it)
	return nil
}
