package bleve

import (
	"cmp"
	"slices"

	"marsa/index"
)

// near plans words that stand together in any order.
func (p *planner) near(c index.Near, shown bool) (node, error) {
	var words []token
	for _, w := range tokensOf(c.Text) {
		if !slices.ContainsFunc(words, func(o token) bool { return o.folded == w.folded }) {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return nil, nil
	}
	l := &leaf{text: c.Text, near: true, within: c.Within}
	if err := p.phrase(l, words, shown); err != nil {
		return nil, err
	}
	if shown {
		p.plan.leaves = append(p.plan.leaves, l)
	}
	return l, nil
}

// nearIn calls visit for each document that has the words of a leaf near to each
// other in a field, with how often and the places of these words.
func (r *run) nearIn(f field, l *leaf, docs []uint32, visit func(doc uint32, length, times int, at []place)) error {
	for _, t := range l.phrase {
		if n, err := r.df(f, t.term); err != nil || n == 0 {
			return err
		}
	}
	candidates, lengths, err := r.withAll(f, l.phrase, docs)
	if err != nil || len(candidates) == 0 {
		return err
	}
	found := map[uint32][]mark{} // the leaf of a mark is the number of its word
	for i, t := range l.phrase {
		err := r.each(f, t.term, candidates, true, func(p posting) error {
			for _, v := range p.places {
				found[p.doc] = append(found[p.doc], mark{placeOf(v), i})
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	for _, doc := range candidates {
		if times, at := together(found[doc], len(l.phrase), l.within); times > 0 {
			visit(doc, lengths[doc], times, at)
		}
	}
	return nil
}

// together finds the shortest stretches that have all words with at most within
// others among them, none inside another, and returns how many there are and
// the places of words in them.
func together(marks []mark, words, within int) (times int, at []place) {
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(a.element-b.element, a.first-b.first)
	})
	have := make([]int, words)
	from, got, taken := 0, 0, 0
	for i, m := range marks {
		if m.element != marks[from].element {
			clear(have)
			from, got = i, 0
		}
		if have[m.leaf]++; have[m.leaf] == 1 {
			got++
		}
		for have[marks[from].leaf] > 1 { // a later place of the word is nearer
			have[marks[from].leaf]--
			from++
		}
		if got < words || have[m.leaf] > 1 || m.last-marks[from].first+1 > words+within {
			continue
		}
		times++
		for ; taken <= i; taken++ {
			if taken >= from {
				at = append(at, marks[taken].place)
			}
		}
	}
	return times, at
}
