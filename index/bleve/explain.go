package bleve

import "marsa/index"

// explain says for each document shown what each word of the query, and each
// other name of a concept, does for its score. Words that it does not have are
// left out.
func (r *run) explain(docs []uint32, leaves []*leaf) (map[uint32][]index.Why, error) {
	whys := map[uint32][]index.Why{}
	for _, l := range leaves {
		parts := []*leaf{l}
		if l.labels != nil {
			parts = l.labels
		}
		for _, part := range parts {
			if err := r.explainLeaf(sorted(docs), part, l.labels != nil, whys); err != nil {
				return nil, err
			}
		}
	}
	return whys, nil
}

func (r *run) explainLeaf(docs []uint32, l *leaf, label bool, whys map[uint32][]index.Why) error {
	few := *r
	few.only = docs
	m, err := l.eval(&few)
	if err != nil || len(m.docs) == 0 {
		return err
	}
	all, err := r.documentsOf(l)
	if err != nil {
		return err
	}
	times, title, err := r.timesIn(docs, l)
	if err != nil {
		return err
	}
	for i, doc := range m.docs {
		whys[doc] = append(whys[doc], index.Why{
			Word: l.text, Label: label, Title: title[doc], Times: times[doc], Documents: all, Score: m.scores[i],
		})
	}
	return nil
}

// documentsOf counts the documents that have a word or phrase.
func (r *run) documentsOf(l *leaf) (int, error) {
	if l.phrase == nil && len(l.terms) == 1 {
		return l.terms[0].df, nil
	}
	whole := *r
	whole.only = nil
	m, err := l.eval(&whole)
	return len(m.docs), err
}

// timesIn counts how often each document has a word or phrase in its text, and
// says whether its title has it. A word is counted in the field that has most of
// it: the language's own has its endings too.
func (r *run) timesIn(docs []uint32, l *leaf) (times map[uint32]int, title map[uint32]bool, err error) {
	times, title = map[uint32]int{}, map[uint32]bool{}
	see := func(f field, doc uint32, n int) {
		if f.is(titlePart) {
			title[doc] = true
		} else {
			times[doc] = max(times[doc], n)
		}
	}
	if l.phrase != nil {
		for _, f := range l.in {
			err := r.rowIn(f, l, docs, func(doc uint32, _, n int, _ []place) { see(f, doc, n) })
			if err != nil {
				return nil, nil, err
			}
		}
		return times, title, nil
	}
	byField := map[field]map[uint32]int{} // a pattern has many terms in one field
	for _, t := range l.terms {
		counts := byField[t.field]
		if counts == nil {
			counts = map[uint32]int{}
			byField[t.field] = counts
		}
		err := r.each(t.field, t.term, docs, false, func(p posting) error {
			counts[p.doc] += p.tf
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	for f, counts := range byField {
		for doc, n := range counts {
			see(f, doc, n)
		}
	}
	return times, title, nil
}
