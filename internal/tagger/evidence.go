package tagger

import (
	"cmp"
	"slices"

	"marsa/corpus"
)

// maxEvidence is how many places prove a tag.
const maxEvidence = 5

// candidates bounds how many mentions are compared.
const candidates = 2000

// evidence returns the best places that name a concept, the best first and from
// different pages as far as there are any.
func (d *document) evidence(y *tally) []corpus.Span {
	type scored struct {
		*mention
		score int
	}
	all := make([]scored, 0, min(len(y.mentions), candidates))
	for _, m := range y.mentions {
		if len(all) == candidates {
			break
		}
		all = append(all, scored{m, d.quality(m)})
	}
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.page, b.page), cmp.Compare(a.start, b.start))
	})
	var out []corpus.Span
	pages, sentences := map[int]bool{}, map[int]bool{}
	for _, newPages := range []bool{true, false} {
		for _, s := range all {
			if len(out) == maxEvidence || sentences[s.sentence] || newPages && (pages[s.page] || !s.counts()) {
				continue
			}
			pages[s.page], sentences[s.sentence] = true, true
			out = append(out, corpus.Span{Page: d.pages[s.page].number, Start: s.start, End: s.end})
		}
	}
	return out
}

// quality says how well a mention proves its tag to a reader.
func (d *document) quality(m *mention) int {
	p := &d.pages[m.page]
	s := p.sentences[m.sentence-p.first]
	score := 0
	if m.counts() {
		score += 8
	}
	if m.context == nil {
		score += 2
	}
	if !m.adjective {
		score++
	}
	if n := s.end - s.start; m.heading == 0 && n >= 60 && n <= 500 {
		score += 2
	}
	if d.besideMigration(m) {
		score += 3
	}
	return score
}

// besideMigration says whether the sentence of m also names a topic of migration
// other than its own.
func (d *document) besideMigration(m *mention) bool {
	t := d.speaking[m.sentence]
	return t.several || t.first != nil && t.first != m.concept
}
