package tagger

import (
	"sort"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

// country gives the tag of a country: about by the first rule that holds,
// otherwise a mention.
func (d *document) country(y *tally) corpus.Tag {
	s := 0.5*grows(float64(y.sentences), 6) + 0.25*d.spread(y) + 0.25*d.share(y)
	full := either(s, when(y.title, 0.5), when(y.headings > 0, 0.25))
	for _, r := range []struct {
		name  string
		holds func(*document, *tally) bool
	}{
		{RuleTitle, inTitle},
		{RuleHeading, inHeading},
		{RuleSustained, sustained},
		{RuleNational, national},
	} {
		if r.holds(d, y) {
			return d.tag(y, corpus.About, r.name, 0.4+0.6*full)
		}
	}
	if y.sentences == 0 {
		return d.tag(y, corpus.Mentions, RuleListed, 0.05*grows(float64(len(y.mentions)), 10))
	}
	return d.tag(y, corpus.Mentions, RulePassing, 0.05+0.35*full)
}

func inTitle(_ *document, y *tally) bool { return y.title }

// sectionSentences is how many sentences of its section must name a country that
// the heading names.
const sectionSentences = 3

// ownWords is how many words a heading has at most that is a country's name and
// no more, with its number: the section is the country's own, and need not repeat
// the name.
const ownWords = 4

// sectionPages is how many pages after its own a section is followed.
const sectionPages = 3

// inHeading holds when a heading names the country, with at most one other, and
// the section below goes on to speak of it. With the country of the title beside it
// the heading is about that one.
func inHeading(d *document, y *tally) bool {
	for _, h := range d.headings {
		if len(h.countries) > 2 || len(h.countries) == 2 && d.besideTitle(y) {
			continue
		}
		for _, c := range h.countries {
			if c == y.concept && d.sectionSpeaks(h, y) {
				return true
			}
		}
	}
	return false
}

// isCountry says whether a heading is the name of a country and hardly more.
func (h *heading) isCountry() bool {
	return h.words <= ownWords && len(h.countries) == 1 && len(h.topics) == 0 && h.names
}

func (d *document) sectionSpeaks(h heading, y *tally) bool {
	n, last, least := 0, -1, sectionSentences
	if h.isCountry() {
		if h.start < 0 && d.hasText(h) {
			return true // the outline says that it is a heading and no row of a table
		}
		least = 1
	}
	first := sort.Search(len(y.mentions), func(i int) bool { return y.mentions[i].page >= h.page })
	for _, m := range y.mentions[first:] {
		if m.page > h.page+sectionPages || n >= least {
			break
		}
		if m.page == h.page && m.start < h.start {
			continue
		}
		if m.counts() && m.heading == 0 && m.sentence != last {
			last = m.sentence
			n++
		}
	}
	return n >= least
}

// wordsForMore is how many words ask for a sentence more, where pages are long or none.
const wordsForMore = 3000

// sustained holds when enough sentences name the country, and these are a good
// share of what is said of countries, or a fair one that stands on a good share of
// the pages or in many sentences.
// Adjectives alone may belong to a body that is quoted, such as a foreign
// ministry, so the name must stand there too unless hardly another country does.
// Beside the one country of the title another needs as much as all the rest.
func sustained(d *document, y *tally) bool {
	most := d.share(y) >= 0.5
	enough := min(3+max(len(d.pages)/10, d.words/wordsForMore), 10)
	named := y.names >= 2 && y.names*4 >= y.sentences
	return (most || named && !d.besideTitle(y)) && y.sentences >= enough && (d.share(y) >= 0.3 || (d.spread(y) >= 0.25 || y.sentences >= 2*enough) && d.share(y) >= 0.1)
}

// besideTitle says whether the title names one country, and another than y: that
// is what the document is about, and others come in as its neighbours.
func (d *document) besideTitle(y *tally) bool {
	n := 0
	for c := range d.title {
		if scheme(c) == vocab.Country {
			n++
		}
	}
	return n == 1 && !y.title
}
