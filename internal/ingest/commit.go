package ingest

import (
	"context"
	"errors"
	"fmt"

	"marsa/corpus"
	"marsa/internal/catalog"
)

// commit stores what a worker read, and settles the items with the same bytes. It
// returns the entry that the catalog now has, if it is a new one.
func (r *run) commit(j *job) (*corpus.Entry, error) {
	r.p.committing.Lock()
	defer r.p.committing.Unlock()
	if errors.Is(j.err, context.Canceled) {
		return nil, j.err
	}
	return r.store(j, r.settle(j))
}

// store is commit for a job and the items that wait for it. The first of them
// that may be taken in takes the place of one that may not any more.
func (r *run) store(j *job, followers []*job) (*corpus.Entry, error) {
	refused, err := r.refused(j)
	switch {
	case err != nil:
		return nil, err
	case refused && len(followers) == 0:
		return nil, nil
	case refused:
		return r.store(r.inherit(j, followers[0]), followers[1:])
	}
	if overtaken, err := r.overtaken(j, followers); overtaken || err != nil {
		return nil, err
	}
	if j.err == nil {
		r.borrow(j, followers)
		j.err = r.name(j)
		if j.err != nil && !errors.Is(j.err, errIDTaken) {
			return nil, j.err
		}
	}
	if j.err != nil {
		return nil, r.failAll(append([]*job{j}, followers...), j.err)
	}
	message, err := r.put(j)
	if err != nil {
		return nil, err
	}
	e := j.entry
	outcome := Added
	if j.replace != "" {
		outcome = Changed
	}
	r.done(Item{Origin: j.item.URL, ID: e.ID, Title: e.Title, Outcome: outcome, Message: message, Pages: len(e.Pages), Warnings: e.Warnings, order: j.order})
	return e, r.repeat(followers, e.ID)
}

// put stores a job's entry, and says whose record it is made with if that is not
// clear.
func (r *run) put(j *job) (message string, err error) {
	former, err := r.records(j.entry.ID)
	if err != nil {
		return "", err
	}
	if err := r.p.Catalog.Put(j.entry, j.file.Data, j.seen()); err != nil {
		return "", err
	}
	j.file.Data = nil
	switch own := j.seen(); {
	case j.adopted && !bare(own.Recipe):
		message = fmt.Sprintf("%s has the same bytes as %s, which is made with the record of this place now%s", j.item.Name, j.entry.ID, j.stays())
		err = r.outlive(j.entry.ID)
	case j.adopted && j.lender == nil:
		message = fmt.Sprintf("the record of this place is gone; %s was made with it and is made without one now", j.entry.ID)
		err = r.lookAgain(j.entry.ID, "")
	case j.lender != nil:
		message = "the record is that of " + j.lender.item.URL + ", which has the same bytes"
	case bare(own.Recipe):
		return "", r.lookAgain(j.entry.ID, "")
	case former.counts != nil && former.counts.URL != own.URL && former.counts.Hash == j.hash && former.counts.Recipe != own.Recipe:
		message = "the record of this place is used now, and that of " + former.counts.URL + " is not used any more"
	}
	return message, err
}

// stays says of the document that was at a job's place before that it stays.
func (j *job) stays() string {
	if j.before == "" {
		return ""
	}
	return fmt.Sprintf("; %s, which was here before, stays in the library", j.before)
}

// inherit gives a job what was read of another with the same bytes.
func (r *run) inherit(from, to *job) *job {
	to.file.Data, to.content, to.err = from.file.Data, from.content, from.err
	if to.err == nil {
		to.entry = r.p.compose(to, to.content)
	}
	return to
}

// repeat settles items whose bytes a document has.
func (r *run) repeat(jobs []*job, id corpus.ID) error {
	for _, j := range jobs {
		refused, err := r.refused(j)
		if err == nil && !refused {
			err = r.duplicate(j, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// overtaken settles an item whose bytes another run took in since it was looked
// at, with those that wait for it. If one of them has the record that counts, it
// makes the item one of that document instead, to be stored with it.
func (r *run) overtaken(j *job, followers []*job) (bool, error) {
	if j.err != nil || j.replace != "" {
		return false, nil
	}
	id, err := r.p.Catalog.ByHash(j.hash)
	if errors.Is(err, corpus.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	all := append([]*job{j}, followers...)
	for _, f := range all {
		gives, err := r.gives(f, id)
		if err != nil {
			return true, err
		}
		if gives {
			err := r.adopt(j, id)
			j.entry = r.p.compose(j, j.content)
			return false, err
		}
	}
	for _, f := range all {
		place, err := r.p.Catalog.ByOrigin(f.item.URL)
		switch {
		case err == nil && place.Document == id && place.Recipe == recipeOf(f.item.Meta):
			err = r.unchanged(f, place)
		case err == nil || errors.Is(err, corpus.ErrNotFound):
			err = r.duplicate(f, id)
		}
		if err != nil {
			return true, err
		}
	}
	return true, nil
}

// settle ends the wait for a job's bytes and returns the items that wait.
func (r *run) settle(j *job) []*job {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pending[j.hash] == j {
		delete(r.pending, j.hash)
	}
	return j.followers
}

func (r *run) failAll(jobs []*job, cause error) error {
	for _, j := range jobs {
		if err := r.fail(j, cause); err != nil {
			return err
		}
	}
	return nil
}

// fail records that an item could not be taken in. A document that it was a new
// edition of stays as it is.
func (r *run) fail(j *job, cause error) error {
	it := Item{Origin: j.item.URL, Outcome: Failed, Reason: reasonOf(cause), Message: sentence(j.item.Name, cause), order: j.order}
	if j.former != nil {
		it.Outcome, it.ID, it.Title = Kept, j.former.ID, j.former.Title
		it.Message += "; the library keeps its former text"
	}
	err := r.p.Catalog.Fail(catalog.Failure{Origin: it.Origin, Reason: it.Reason, Message: it.Message, Hash: j.hash})
	if err != nil {
		return err
	}
	r.done(it)
	return nil
}

// seen says where and from what a job's document was made.
func (j *job) seen() catalog.Seen {
	s := catalog.Seen{URL: j.item.URL, Recipe: recipeOf(j.item.Meta)}
	if j.file != nil {
		s.ETag, s.LastModified = j.file.ETag, j.file.LastModified
	}
	return s
}
