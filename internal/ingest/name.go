package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/internal/catalog"
	"marsa/internal/harvest"
)

// name gives a job's entry its ID: that of its former self, else the one that
// its record asks for, else one made of its title.
func (r *run) name(j *job) error {
	e := j.entry
	if j.replace != "" {
		e.ID = j.replace
		if j.wants != "" && j.wants != j.replace {
			warn(e, fmt.Sprintf("the record now asks for the ID %s: it stays %s, so that links to it keep working", j.wants, j.replace))
		}
		return nil
	}
	if j.wants != "" {
		e.ID = j.wants
		return r.claim(j)
	}
	e.ID = catalog.NewID(e.Title, j.item.URL)
	taken, err := r.p.Catalog.Has(e.ID)
	if taken || r.claims[e.ID] != "" {
		e.ID = catalog.LongID(e.Title, j.item.URL, 14)
	}
	return err
}

// claim checks that a new document may have the ID that its record asks for. A
// document of which no file is left is replaced: its file was moved and changed.
func (r *run) claim(j *job) error {
	id := j.wants
	if by := r.claims[id]; by != "" && by != j.item.URL && (j.lender == nil || by != j.lender.item.URL) {
		return taken(id, by)
	}
	removal, err := r.p.Catalog.Removed(id, "", "")
	if err == nil {
		return fmt.Errorf("%w: %s was taken out of the library for good (%s); give the file another id in its record", errIDTaken, id, removal.Reason)
	}
	if !errors.Is(err, corpus.ErrNotFound) {
		return err
	}
	former, err := r.p.Catalog.Document(id)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	places, err := r.p.Catalog.OriginsOf(id)
	if err != nil {
		return err
	}
	for _, place := range places {
		if !r.left(place.URL) {
			return taken(id, place.URL)
		}
	}
	j.replace, j.former = id, former
	j.entry.Tags = mergeTags(personal(former, j.hash), j.entry.Tags)
	return nil
}

func taken(id corpus.ID, by string) error {
	return fmt.Errorf("%w: the record asks for the ID %s, which %s has; give one of them another id", errIDTaken, id, by)
}

// left says whether nothing is at a place any more.
func (r *run) left(url string) bool {
	if r.seen[url] {
		return false
	}
	return r.covers(url) || harvest.Missing(url)
}

// covers says whether the source would have given the URL if it were there.
func (r *run) covers(url string) bool {
	under := func(root string) bool {
		if strings.HasSuffix(root, "/") || strings.HasSuffix(root, ":") {
			return strings.HasPrefix(url, root)
		}
		return url == root
	}
	return slices.ContainsFunc(r.roots, under) && !slices.ContainsFunc(r.blind, under)
}
