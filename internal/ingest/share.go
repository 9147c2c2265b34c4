package ingest

import (
	"marsa/corpus"
	"marsa/internal/catalog"
	"marsa/internal/harvest"
)

// A document that is found at several places is made with one record: that of
// the place where it was found first of those that have one. This file settles
// which.

// records are the places whose records matter for a document; nil where there
// is none.
type records struct {
	made   *catalog.Place // with its record the document is made
	counts *catalog.Place // the same, but for places where nothing is any more
}

func (r *run) records(id corpus.ID) (found records, err error) {
	places, err := r.p.Catalog.OriginsOf(id)
	if err != nil {
		return found, err
	}
	for _, p := range places {
		if p.Hash != p.Current || bare(p.Recipe) {
			continue
		}
		if found.made == nil {
			found.made = &p
		}
		if !r.left(p.URL) {
			found.counts = &p
			break
		}
	}
	return found, nil
}

// gives says whether the record of a job, or that it has none any more, changes
// the document that has its bytes.
func (r *run) gives(j *job, id corpus.ID) (bool, error) {
	former, err := r.records(id)
	if err != nil {
		return false, err
	}
	own := recipeOf(j.item.Meta)
	switch {
	case former.made == nil:
		return !bare(own), nil
	case former.made.URL == j.item.URL:
		return former.made.Recipe != own, nil
	case former.counts != nil && former.counts.URL != j.item.URL, bare(own):
		return false, nil
	}
	return !madeWith(former.made.Recipe, j.item.Meta), nil
}

// adopt makes a job one of the document that has its bytes, with another record.
func (r *run) adopt(j *job, id corpus.ID) error {
	former, err := r.p.Catalog.Document(id)
	if err != nil {
		return err
	}
	if j.replace != "" && j.replace != id {
		j.before = j.replace
	}
	j.replace, j.former, j.adopted = id, former, true
	j.file.Name = former.Original.Name
	return nil
}

// record returns the record that a job's entry is made with.
func (j *job) record() *harvest.Meta {
	if j.lender != nil {
		return j.lender.item.Meta
	}
	return j.item.Meta
}

// borrow gives a job without a record that of the first item that waits for it
// and has one.
func (r *run) borrow(j *job, followers []*job) {
	if !bare(recipeOf(j.item.Meta)) {
		return
	}
	for _, f := range followers {
		if !bare(recipeOf(f.item.Meta)) {
			j.lender = f
			j.entry = r.p.compose(j, j.content)
			return
		}
	}
}

// lookAgain sees to it that the records of other places of a document are looked
// at next time, since the one that it was made with is no more.
func (r *run) lookAgain(id corpus.ID, unless corpus.Hash) error {
	return r.forget(id, func(p catalog.Place) bool { return p.Recipe != unless && !r.left(p.URL) })
}

// outlive sees to it that the records of places where nothing is any more do not
// matter when a document is made with a newer one.
func (r *run) outlive(id corpus.ID) error {
	return r.forget(id, func(p catalog.Place) bool { return r.left(p.URL) })
}

// forget forgets the records of places of a document's present original.
func (r *run) forget(id corpus.ID, which func(catalog.Place) bool) error {
	places, err := r.p.Catalog.OriginsOf(id)
	if err != nil {
		return err
	}
	for _, p := range places {
		if p.Hash != p.Current || bare(p.Recipe) || !which(p) {
			continue
		}
		p.Recipe = ""
		if err := r.p.Catalog.AddOrigin(id, p.Seen); err != nil {
			return err
		}
	}
	return nil
}
