package tagger

import (
	"cmp"
	"math"
	"slices"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

// tally is what the document says of a concept.
type tally struct {
	concept   *vocab.Concept
	scheme    string
	mentions  []*mention // all that are not rejected
	worth     float64    // of those that count
	sentences int        // with one that counts
	pages     int        // with one that counts
	title     bool
	headings  int  // that name it with at most one other
	own       bool // a heading names it, and the section below has some text
	names     int  // mentions that count and are not adjectives
}

// speaking are the topics of migration in a sentence.
type speaking struct {
	first   *vocab.Concept
	several bool
}

// count sums up the mentions by concept.
func (d *document) count() {
	d.byID = map[*vocab.Concept]*tally{}
	d.speaking = map[int]speaking{}
	lastPage, lastSentence := map[*vocab.Concept]int{}, map[*vocab.Concept]int{}
	for i := range d.mentions {
		m := &d.mentions[i]
		if m.worth <= 0 {
			continue
		}
		if t := d.speaking[m.sentence]; m.concept.Evidence == vocab.Migration && t.first != m.concept {
			d.speaking[m.sentence] = speaking{first: m.concept, several: t.first != nil}
		}
		y := d.tally(m.concept)
		y.mentions = append(y.mentions, m)
		if !m.counts() {
			continue
		}
		y.worth += m.worth
		if !m.adjective {
			y.names++
		}
		if y.scheme == vocab.Country {
			d.total += m.worth
		}
		if n, ok := lastPage[m.concept]; !ok || n != m.page {
			lastPage[m.concept] = m.page
			y.pages++
		}
		if n, ok := lastSentence[m.concept]; !ok || n != m.sentence {
			lastSentence[m.concept] = m.sentence
			y.sentences++
		}
	}
	for c := range d.title {
		d.tally(c).title = true
	}
	for _, h := range d.headings {
		if len(h.countries) <= 2 {
			for _, c := range h.countries {
				d.tally(c).headings++
			}
		}
		text := d.hasText(h)
		for _, c := range h.topics {
			y := d.tally(c)
			y.headings++
			y.own = y.own || text
		}
	}
}

func (d *document) tally(c *vocab.Concept) *tally {
	y, ok := d.byID[c]
	if !ok {
		y = &tally{concept: c, scheme: scheme(c)}
		d.byID[c] = y
	}
	return y
}

// tallies returns the tallies in the order of the concepts' IDs.
func (d *document) tallies() []*tally {
	out := make([]*tally, 0, len(d.byID))
	for _, y := range d.byID {
		out = append(out, y)
	}
	slices.SortFunc(out, func(a, b *tally) int { return cmp.Compare(a.concept.ID, b.concept.ID) })
	return out
}

// spread is the share of the pages on which the concept counts.
func (d *document) spread(y *tally) float64 { return ratio(float64(y.pages), float64(len(d.pages))) }

// share is the country's share of what is said of countries.
func (d *document) share(y *tally) float64 { return ratio(y.worth, d.total) }

// rate is how often a topic is named in a thousand words.
func (d *document) rate(y *tally) float64 {
	return 1000 * ratio(y.worth, float64(max(d.words, shortDocument)))
}

// shortDocument is the number of words below which a text counts as that long,
// so that two mentions in a paragraph are not a high rate.
const shortDocument = 400

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// grows goes from 0 to 1 and is half at half.
func grows(n, half float64) float64 { return n / (n + half) }

// either joins independent evidence: 0 when there is none, towards 1.
func either(parts ...float64) float64 {
	miss := 1.0
	for _, p := range parts {
		miss *= 1 - p
	}
	return 1 - miss
}

func when(yes bool, v float64) float64 {
	if yes {
		return v
	}
	return 0
}

// rounded keeps a weight the same however its sum was ordered.
func rounded(w float64) float64 { return math.Round(min(max(w, 0), 1)*1e4) / 1e4 }

func (d *document) tag(y *tally, role corpus.Role, rule string, weight float64) corpus.Tag {
	return corpus.Tag{
		Concept: y.concept.ID, Role: role, Weight: rounded(weight), Rule: rule,
		By: corpus.ByRule, State: corpus.Proposed, Evidence: d.evidence(y),
	}
}
