package tagger

import (
	"cmp"
	"slices"

	"marsa/corpus/vocab"
)

// addUp makes for each topic with narrower ones the tally of all of them
// together. A sentence or heading that names several of them counts once.
func (d *document) addUp() {
	d.together = map[*vocab.Concept]*tally{}
	for _, y := range d.tallies() {
		if y.scheme != vocab.Topic || !d.insists(y) {
			continue
		}
		for _, id := range d.t.v.Ancestors(y.concept.ID) {
			if a, ok := d.t.v.Concept(id); ok && scheme(a) == vocab.Topic {
				d.tally(a)
				d.sum(a).mentions = append(d.sum(a).mentions, y.mentions...)
			}
		}
		if len(y.concept.Narrower) > 0 {
			d.sum(y.concept).mentions = append(d.sum(y.concept).mentions, y.mentions...)
		}
	}
	for _, sum := range d.together {
		sum.countAgain()
	}
	for _, h := range d.headings {
		seen := map[*vocab.Concept]bool{}
		text := d.hasText(h)
		for _, c := range h.topics {
			if !d.insists(d.tally(c)) {
				continue
			}
			for _, id := range append(d.t.v.Ancestors(c.ID), c.ID) {
				if a, ok := d.t.v.Concept(id); ok && !seen[a] && d.together[a] != nil {
					seen[a] = true
					d.together[a].headings++
					d.together[a].own = d.together[a].own || text
				}
			}
		}
	}
}

func (d *document) sum(c *vocab.Concept) *tally {
	y, ok := d.together[c]
	if !ok {
		y = &tally{concept: c, scheme: vocab.Topic}
		d.together[c] = y
	}
	return y
}

// countAgain counts the mentions of a sum.
func (y *tally) countAgain() {
	slices.SortFunc(y.mentions, func(a, b *mention) int {
		return cmp.Or(cmp.Compare(a.page, b.page), cmp.Compare(a.start, b.start))
	})
	page, sentence := -1, -1
	for _, m := range y.mentions {
		if !m.counts() {
			continue
		}
		y.worth += m.worth
		if m.page != page {
			page = m.page
			y.pages++
		}
		if m.sentence != sentence {
			sentence = m.sentence
			y.sentences++
		}
	}
}
