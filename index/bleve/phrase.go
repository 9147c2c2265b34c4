package bleve

import (
	"slices"

	api "github.com/blevesearch/bleve_index_api"
)

// row finds the documents in which the words of a leaf follow one another, or
// stand near to each other, on one page or in the title.
func (r *run) row(l *leaf) (matches, error) {
	acc := newAccumulator(len(r.view.rows))
	var of better
	for _, f := range l.in {
		weight := l.weight * f.weight()
		average := r.view.stats[f].average()
		err := r.rowIn(f, l, r.only, func(doc uint32, length, times int, _ []place) {
			acc.add(doc, of.gain(f, doc, weight*saturation(float64(times), float64(length), average)))
		})
		if err != nil {
			return matches{}, err
		}
	}
	return acc.matches(), nil
}

// A place is where a word or phrase stands: bytes start to end of an array
// element, and the words from first to last.
type place struct {
	element     int
	first, last int
	start, end  int
}

// rowIn calls visit for each document that has the words of a leaf so in a
// field, with the number of times and the places to be marked.
func (r *run) rowIn(f field, l *leaf, docs []uint32, visit func(doc uint32, length, times int, at []place)) error {
	if l.near {
		return r.nearIn(f, l, docs, visit)
	}
	return r.phraseIn(f, l.phrase, docs, func(doc uint32, length int, at []place) {
		visit(doc, length, len(at), at)
	})
}

// phraseIn calls visit for each document that has the phrase in a field, with
// the places of the phrase. It reads places only of documents with all words.
func (r *run) phraseIn(f field, terms []phraseTerm, docs []uint32, visit func(doc uint32, length int, at []place)) error {
	order := slices.Clone(terms)
	for _, t := range terms {
		if n, err := r.df(f, t.term); err != nil || n == 0 {
			return err
		}
	}
	slices.SortStableFunc(order, func(a, b phraseTerm) int {
		return r.dfs[termKey{f, a.term}] - r.dfs[termKey{f, b.term}]
	})
	candidates, lengths, err := r.withAll(f, order, docs)
	if err != nil {
		return err
	}
	if r.skip != nil {
		candidates = slices.DeleteFunc(slices.Clone(candidates), r.skip)
	}
	if len(candidates) == 0 {
		return nil
	}
	at := make(map[uint32][]place, len(candidates))
	for i, t := range order {
		err := r.each(f, t.term, candidates, true, func(p posting) error {
			if i == 0 {
				at[p.doc] = firstPlaces(p.places, t.offset)
			} else {
				at[p.doc] = join(at[p.doc], p.places, t.offset)
			}
			return nil
		})
		if err != nil {
			return err
		}
		candidates = slices.DeleteFunc(candidates, func(doc uint32) bool { return len(at[doc]) == 0 })
	}
	for _, doc := range candidates {
		visit(doc, lengths[doc], at[doc])
	}
	return nil
}

// withAll returns the documents that have every term.
func (r *run) withAll(f field, terms []phraseTerm, docs []uint32) ([]uint32, map[uint32]int, error) {
	lengths := map[uint32]int{}
	for i, t := range terms {
		var kept []uint32
		err := r.each(f, t.term, docs, false, func(p posting) error {
			kept = append(kept, p.doc)
			if i == 0 {
				lengths[p.doc] = p.length
			}
			return nil
		})
		if err != nil || len(kept) == 0 {
			return nil, nil, err
		}
		docs = kept
	}
	return docs, lengths, nil
}

// firstPlaces are the places where the phrase may begin, given those of its
// word at offset. They are named by the position of the phrase's first word.
func firstPlaces(vs []*api.TermFieldVector, offset int) []place {
	var at []place
	for _, v := range vs {
		if p := placeOf(v); p.first > offset {
			p.first -= offset
			at = append(at, p)
		}
	}
	return at
}

// join keeps the places that have the word at offset too, and stretches them
// over it. Both lists rise.
func join(at []place, vs []*api.TermFieldVector, offset int) []place {
	kept := at[:0]
	i := 0
	for _, p := range at {
		for i < len(vs) && before(vs[i], p.element, p.first+offset) {
			i++
		}
		if i == len(vs) {
			break
		}
		if v := placeOf(vs[i]); v.element == p.element && v.first == p.first+offset {
			p.start, p.end = min(p.start, v.start), max(p.end, v.end)
			p.last = max(p.last, v.first)
			kept = append(kept, p)
		}
	}
	return kept
}

func before(v *api.TermFieldVector, element, position int) bool {
	p := placeOf(v)
	return p.element < element || p.element == element && p.first < position
}

func placeOf(v *api.TermFieldVector) place {
	p := place{first: int(v.Pos), last: int(v.Pos), start: int(v.Start), end: int(v.End)}
	if len(v.ArrayPositions) > 0 {
		p.element = int(v.ArrayPositions[0])
	}
	return p
}
