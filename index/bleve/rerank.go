package bleve

import (
	"cmp"
	"slices"

	"marsa/index"
)

// rerankWorks is how many of the first works are put in order by their best
// page too; rerankPlaces is how many places are read for that at most, the
// rarest words first.
const (
	rerankWorks  = 50
	rerankPlaces = 50_000
)

// secondWeight is what the lesser of a document's best page and its abstract is worth
// beside the other.
const secondWeight = 0.3

// rerank adds to the first works, which are in order, what their best page and their
// abstract are worth, and puts them in order again.
func (r *run) rerank(ws []work, p *plan) error {
	ws = ws[:min(rerankWorks, len(ws))]
	if p.words() < 2 || len(ws) < 2 {
		return nil
	}
	docs := make([]uint32, len(ws))
	for i, w := range ws {
		docs[i] = w.best
	}
	leaves, err := r.affordable(docs, p.leaves)
	if err != nil {
		return err
	}
	places, err := r.locate(docs, leaves)
	if err != nil {
		return err
	}
	for i, w := range ws {
		row := r.view.rows[w.best]
		ws[i].score += bestOf(row, r.pages(row, places[w.best], leaves))
	}
	sortWorks(ws, index.ByRelevance, p.question())
	return nil
}

// bestOf is what the pages and abstracts of a document add to its score.
func bestOf(r *row, ps []page) float64 {
	page, abstract := 0.0, 0.0
	for _, p := range ps {
		if r.isAbstract(p.element) {
			abstract = max(abstract, p.score)
		} else {
			page = max(page, p.score)
		}
	}
	return max(page, abstract) + secondWeight*min(page, abstract)
}

// words counts the leaves that were typed.
func (p *plan) words() int {
	n := 0
	for _, l := range p.leaves {
		if l.labels == nil {
			n++
		}
	}
	return n
}

// affordable returns the leaves of which no more than rerankPlaces places must
// be read, the weightiest first. Of words only the languages' own fields are
// kept: the common field has nearly the same places again.
func (r *run) affordable(docs []uint32, leaves []*leaf) ([]*leaf, error) {
	docs = sorted(docs)
	leaves = slices.Clone(leaves)
	slices.SortStableFunc(leaves, func(a, b *leaf) int { return cmp.Compare(b.weight, a.weight) })
	budget := rerankPlaces
	var out []*leaf
	for _, l := range leaves {
		l = l.ownLanguage()
		n, err := r.countPlaces(docs, l)
		if err != nil {
			return nil, err
		}
		if n <= budget {
			budget -= n
			out = append(out, l)
		}
	}
	return out, nil
}

func (r *run) countPlaces(docs []uint32, l *leaf) (n int, err error) {
	count := func(p posting) error {
		n += p.tf
		return nil
	}
	for _, t := range l.terms {
		if err := r.each(t.field, t.term, docs, false, count); err != nil {
			return 0, err
		}
	}
	for _, t := range l.phrase {
		for _, f := range l.texts() {
			if err := r.each(f, t.term, docs, false, count); err != nil {
				return 0, err
			}
		}
	}
	for _, o := range l.labels {
		of, err := r.countPlaces(docs, o)
		if err != nil {
			return 0, err
		}
		n += of
	}
	return n, nil
}

// ownLanguage returns the leaf with its terms in texts of its languages, or
// those in the common text where no language knows it.
func (l *leaf) ownLanguage() *leaf {
	out := *l
	out.terms = nil
	for _, t := range l.terms {
		if !t.field.is(titlePart) && t.field.analyzer() != common {
			out.terms = append(out.terms, t)
		}
	}
	if len(out.terms) == 0 {
		for _, t := range l.terms {
			if t.field == textField(common) || t.field == abstractField(common) {
				out.terms = append(out.terms, t)
			}
		}
	}
	return &out
}
