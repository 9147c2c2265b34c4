package tagger

import (
	"sort"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/fold"
)

// chapter is a section of a document: what stands below a heading, to the next one.
// Who looks for a topic wants a document that gives it a section of its own, however
// long the rest is.
type chapter struct {
	page, start int // index in document.pages, offset on the page
	words       int // of its text, without the heading and what is aside
}

// divide finds the sections: below a heading in the text, or from a page with
// another label than the one before, as slides have. It counts words, those of the
// document without bibliographies: a long list of sources does not make what the
// document says of a topic less.
func (d *document) divide(e *corpus.Entry) {
	labels := map[int]string{}
	for _, p := range e.Pages {
		labels[p.Number] = p.Label
	}
	last := ""
	for i := range d.pages {
		p := &d.pages[i]
		label := labels[p.number]
		if i == 0 || label != last && utf8.RuneCountInString(label) > shortLabel {
			d.sections = append(d.sections, chapter{page: i})
		}
		last = label
		for _, l := range p.lines {
			n := countWords(l.of(p.text))
			if !l.inSources {
				d.words += n
			}
			switch {
			case l.aside || l.running:
			case l.heading:
				d.sections = append(d.sections, chapter{page: i, start: l.start})
			default:
				d.sections[len(d.sections)-1].words += n
			}
		}
	}
}

// shortLabel is up to how many letters the label of a page is its number.
const shortLabel = 4

func countWords(text string) int {
	n := 0
	for range fold.Words(text) {
		n++
	}
	return n
}

// sectionAt returns the index of the section in which an offset of a page lies.
func (d *document) sectionAt(page, start int) int {
	return sort.Search(len(d.sections), func(i int) bool {
		s := d.sections[i]
		return s.page > page || s.page == page && s.start > start
	}) - 1
}

// shortSection is from how many words on a heading has text below it.
const shortSection = 30

// hasText says whether a heading has a text of some length below it. Where it has
// none, the next heading divides its section.
func (d *document) hasText(h heading) bool {
	i := d.sectionAt(h.page, max(h.start, 0))
	if h.start < 0 {
		i = d.sectionOf(h, i)
	}
	return i >= 0 && d.sections[i].words >= shortSection
}

// sectionsOfPage is how many sections of a page are compared with the outline.
const sectionsOfPage = 50

// sectionOf returns the section of an entry of the outline: the one on its page that
// begins with its words, or the page's first.
func (d *document) sectionOf(h heading, first int) int {
	for i := max(first, 0); i < min(len(d.sections), first+sectionsOfPage) && d.sections[i].page == h.page; i++ {
		if d.opens(i, h.title) {
			return i
		}
	}
	return first
}

// opens says whether the i-th section has text and begins with the words of a
// heading; a heading over two lines begins with the first of them.
func (d *document) opens(i int, title string) bool {
	s := d.sections[i]
	line, _, _ := strings.Cut(d.pages[s.page].text[s.start:], "\n")
	line = strings.TrimSpace(line)
	return line != "" && s.words >= shortSection && strings.HasPrefix(title, line)
}

// How many sentences of a section name a topic that it deals with.
const (
	denseSentences = 3
	denseRate      = 15 // in a thousand words of the section
)

// dense says whether a section speaks of the concept again and again.
func (d *document) dense(y *tally) bool {
	at, sentence, n := -1, -1, 0
	for _, m := range y.mentions {
		if !m.counts() || m.sentence == sentence {
			continue
		}
		sentence = m.sentence
		if i := d.sectionAt(m.page, m.start); i != at {
			at, n = i, 0
		}
		n++
		if n >= denseSentences && float64(n)*1000 >= denseRate*float64(d.sections[at].words) {
			return true
		}
	}
	return false
}

// inSection holds when a section is about the topic: its heading names it, or its
// text does again and again. A body is not dealt with because a section names it.
func inSection(d *document, y *tally) bool {
	if !d.onMigration() || y.concept.Evidence == vocab.Institution && len(y.concept.Narrower) == 0 {
		return false
	}
	return y.own || d.dense(y) && y.concept.Evidence != vocab.Institution
}
