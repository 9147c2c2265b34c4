package tagger

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/corpus/vocab"
	"marsa/internal/fold"
)

// judge decides on the ambiguous mentions. First those that ask for words or
// countries around them, then those that ask for what the first ones prove.
func (d *document) judge() {
	for i := range d.mentions {
		if m := &d.mentions[i]; m.context == nil {
			d.sure[m.concept]++
		}
	}
	repeated := map[*vocab.Concept]int{}
	for i := range d.pages {
		d.judgePage(i, repeated)
	}
	for i := range d.mentions {
		m := &d.mentions[i]
		if m.context == nil {
			continue
		}
		switch m.context.Use {
		case vocab.Place:
			if m.worth == 0 && (repeated[m.concept] >= repetition || d.title[m.concept]) {
				m.worth = 1
			}
		case vocab.Name:
			m.worth = d.settleName(m)
		case vocab.Weak:
			if d.sure[m.concept] == 0 {
				m.worth = 0
			}
		}
	}
	for i := range d.pages {
		d.judgeBroad(i)
	}
	for i := range d.mentions {
		if m := &d.mentions[i]; m.worth > 0 {
			d.spoken[m.concept] = true
			if m.context == nil && m.concept.Evidence == vocab.Migration {
				d.migration++
			}
		}
	}
	d.judgeHeadings()
}

// judgeHeadings rejects words of every field that are headings, such as institutions
// and figures, where the document is not on migration.
func (d *document) judgeHeadings() {
	if d.onMigration() {
		return
	}
	for i := range d.mentions {
		if m := &d.mentions[i]; m.context != nil && m.context.Use == vocab.Heading {
			m.worth = 0
		}
	}
}

// settleName decides on the name of a country that is also a given name, for which
// nothing near has. In a document that names a person so, another country in the
// sentence proves nothing.
func (d *document) settleName(m *mention) float64 {
	proven := d.sure[m.concept] > 0 || d.title[m.concept]
	switch m.worth {
	case near:
		return when(proven || !d.persons[m.concept], 1)
	case unsettled:
		return when(proven, 1)
	}
	return m.worth
}

// repetition is how often the ambiguous name of a place must stand in a document
// that says nothing else of it.
const repetition = 3

func (d *document) judgePage(i int, repeated map[*vocab.Concept]int) {
	p := &d.pages[i]
	support := map[supportKey][]int{}
	defer func() { p.words = nil }() // the words of all pages would be larger than the document
	for k := p.from; k < p.to; k++ {
		m := &d.mentions[k]
		if m.context == nil {
			continue
		}
		switch m.context.Use {
		case vocab.Near:
			if !d.supported(p, m, support) {
				m.worth = 0
			}
		case vocab.Name:
			m.worth = d.judgeName(p, k, support)
		case vocab.Place:
			repeated[m.concept]++
			if !d.supported(p, m, support) && !p.otherCountry(m.concept) {
				m.worth = 0
			}
		case vocab.Weak:
			m.worth /= 2
		case vocab.Imprint:
			if len(d.pages) > 2 && (i == 0 || i == len(d.pages)-1) {
				m.worth = 0
			}
		case vocab.Named, vocab.Heading:
			if m.heading == 0 {
				m.worth = 0
			}
		case vocab.Never, vocab.Title:
			m.worth = 0
		}
	}
}

// judgeName returns the worth of a country's name that is also a given name: 0
// when it is part of a person's name, 1 when something near speaks for the
// country, near or unsettled when the rest of the document must decide.
func (d *document) judgeName(p *page, k int, support map[supportKey][]int) float64 {
	m := &d.mentions[k]
	if d.afterName(p, k) {
		d.persons[m.concept] = true
		return 0
	}
	if d.supported(p, m, support) {
		return 1
	}
	if beforeName(p.text[m.end:]) {
		return 0
	}
	if d.countryInSentence(p, k) {
		return near
	}
	return unsettled
}

// Worths that are settled when the whole document has been read.
const (
	near      = 0.99 // another country stands in the sentence
	unsettled = -1   // nothing stands near
)

// around returns the sentence of m with the one before and the one after.
func (p *page) around(m *mention) (from, to int) {
	s := m.sentence - p.first
	return p.sentences[max(s-1, 0)].start, p.sentences[min(s+1, len(p.sentences)-1)].end
}

// supportKey names the support words of a context that are not the mention's own
// words again.
type supportKey struct {
	context *vocab.Context
	own     string
}

// supported says whether a support word stands near enough to m: not in it, and
// not the same word again.
func (d *document) supported(p *page, m *mention, known map[supportKey][]int) bool {
	key := supportKey{m.context, fold.Text(p.text[m.start:m.end])}
	hits, ok := known[key]
	if !ok {
		hits = p.find(m.context.Support, key.own)
		known[key] = hits
	}
	from, to := 0, len(p.text)
	if !m.context.Page {
		from, to = p.around(m)
	}
	first := sort.Search(len(hits), func(i int) bool { return p.words[hits[i]].start >= from })
	for _, i := range hits[first:] {
		w := p.words[i]
		if w.end > to {
			return false
		}
		if w.end <= m.start || w.start >= m.end {
			return true
		}
	}
	return false
}

// prefixed is how many letters make a support word match longer words too.
const prefixed = 4

// part is a word of a support phrase.
type part struct {
	text string
	long bool // matches longer words too
}

// find returns the indexes of the words of the page that support words match and
// that are not the word own.
func (p *page) find(support []string, own string) []int {
	phrases := make([][]part, len(support))
	for i, s := range support {
		for _, w := range strings.Fields(s) {
			phrases[i] = append(phrases[i], part{w, utf8.RuneCountInString(w) >= prefixed})
		}
	}
	words := p.readWords()
	var hits []int
	for i := range words {
		if slices.Contains(words[i].stems, own) {
			continue
		}
		if slices.ContainsFunc(phrases, func(phrase []part) bool { return matches(words[i:], phrase) }) {
			hits = append(hits, i)
		}
	}
	return hits
}

func matches(words []word, phrase []part) bool {
	if len(phrase) > len(words) {
		return false
	}
	for i, x := range phrase {
		if !slices.ContainsFunc(words[i].stems, func(s string) bool { return s == x.text || x.long && strings.HasPrefix(s, x.text) }) {
			return false
		}
	}
	return len(phrase) > 0
}

// otherCountry says whether another country than c is surely named on the page.
func (p *page) otherCountry(c *vocab.Concept) bool {
	return slices.ContainsFunc(p.countries, func(o *vocab.Concept) bool { return o != c })
}

// countryInSentence says whether another country is surely named in the sentence
// of the k-th mention.
func (d *document) countryInSentence(p *page, k int) bool {
	m := &d.mentions[k]
	other := func(o *mention) bool {
		return o.concept != m.concept && o.context == nil && scheme(o.concept) == vocab.Country
	}
	for i := k - 1; i >= p.from && d.mentions[i].sentence == m.sentence; i-- {
		if other(&d.mentions[i]) {
			return true
		}
	}
	for i := k + 1; i < p.to && d.mentions[i].sentence == m.sentence; i++ {
		if other(&d.mentions[i]) {
			return true
		}
	}
	return false
}

// afterName says whether a word of a name stands directly before the k-th
// mention.
func (d *document) afterName(p *page, k int) bool {
	m := &d.mentions[k]
	start, ok := namedBefore(p.text, m.start)
	if !ok {
		return false
	}
	for i := k - 1; i >= p.from && d.mentions[i].end > start; i-- {
		if d.mentions[i].start < m.start {
			return false
		}
	}
	return true
}

// namedBefore returns where a capitalised word starts that stands directly before
// offset at and is no common opening of a sentence: the Michael of Michael
// Jordan. Words in capitals only are headings.
func namedBefore(text string, at int) (start int, ok bool) {
	before, ok := strings.CutSuffix(text[:at], " ")
	if !ok {
		return 0, false
	}
	if r, _ := utf8.DecodeLastRuneInString(before); !unicode.IsLetter(r) {
		return 0, false
	}
	start = 0
	if i := strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		_, n := utf8.DecodeRuneInString(before[i:])
		start = i + n
	}
	word := before[start:]
	first, n := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) || len(word) > n && word == strings.ToUpper(word) {
		return 0, false
	}
	return start, !opening[strings.ToLower(word)]
}

// opening are words that stand before the name of a country and may have a
// capital at the start of a sentence or in a heading.
var opening = map[string]bool{
	"a": true, "about": true, "across": true, "after": true, "against": true, "an": true, "and": true, "around": true, "as": true, "at": true,
	"because": true, "before": true, "between": true, "both": true, "but": true, "by": true, "does": true, "for": true, "from": true, "how": true,
	"if": true, "in": true, "inside": true, "into": true, "is": true, "like": true, "near": true, "of": true, "on": true, "or": true,
	"outside": true, "since": true, "than": true, "that": true, "the": true, "through": true, "throughout": true, "to": true, "today": true,
	"toward": true, "towards": true, "under": true, "unlike": true, "until": true, "via": true, "when": true, "where": true, "while": true,
	"why": true, "with": true, "within": true, "without": true, "neighbouring": true, "neighboring": true, "northern": true, "southern": true,
	"à": true, "au": true, "avec": true, "d": true, "de": true, "en": true, "et": true, "l": true, "la": true, "le": true, "ou": true, "par": true,
	"pour": true, "vers": true, "y": true, "e": true,
}

// beforeName says whether a capitalised word follows directly: Jordan Smith.
func beforeName(rest string) bool {
	rest, ok := strings.CutPrefix(rest, " ")
	r, n := utf8.DecodeRuneInString(rest)
	if !ok || !unicode.IsUpper(r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[n:])
	return unicode.IsLower(next)
}

// judgeBroad rejects broad topics on a page that has no migration label.
func (d *document) judgeBroad(i int) {
	p := &d.pages[i]
	migration := false
	for k := p.from; k < p.to && !migration; k++ {
		m := &d.mentions[k]
		migration = m.worth > 0 && m.concept.Evidence == vocab.Migration
	}
	for k := p.from; k < p.to; k++ {
		m := &d.mentions[k]
		broad := m.concept.Evidence == vocab.BesideMigration || m.context != nil && m.context.Use == vocab.Beside
		if broad && !migration && !speaksOfMigration(p.text[m.start:m.end]) {
			m.worth = 0
		}
	}
}

// speaksOfMigration says whether a label names migrants itself, as "education of
// migrants" does.
func speaksOfMigration(label string) bool {
	for w := range fold.Words(label) {
		found := false
		vocab.Stems(fold.Term(label[w.Start:w.End]), func(s string) {
			for _, stem := range []string{"migra", "immigr", "emigr", "refug", "asyl", "asil", "مهاجر", "هجره", "لاجي", "لجو"} {
				found = found || strings.HasPrefix(s, stem)
			}
		})
		if found {
			return true
		}
	}
	return false
}
