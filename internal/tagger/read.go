package tagger

import (
	"slices"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/fold"
)

// mention is a mention of a concept on a page and what was found out about it.
type mention struct {
	concept    *vocab.Concept
	context    *vocab.Context // nil when the label is sure
	page       int            // index in document.pages
	sentence   int            // number in the document
	start, end int
	worth      float64 // 1, less for an adjective or a weak label, 0 when rejected
	adjective  bool
	listed     bool // stands in a list of countries
	aside      bool // stands in a reference, an address or a running line
	heading    int  // number in the document from 1, 0 when it is in the text
}

// counts says whether the mention is evidence of its own.
func (m *mention) counts() bool { return m.worth > 0 && !m.listed && !m.aside }

// page is a page that is read.
type page struct {
	number    int
	text      string
	lang      corpus.Lang
	lines     []line
	sentences []stretch
	first     int // number of its first sentence
	from, to  int // its mentions in document.mentions
	words     []word
	countries []*vocab.Concept // surely named on it, at most two
}

// word is a word of a page with the readings that a support word may match.
type word struct {
	stretch
	stems []string
}

// heading is a heading of the document and what it names.
type heading struct {
	countries []*vocab.Concept
	topics    []*vocab.Concept
	page      int // index in document.pages
	start     int // offset on the page, -1 when it does not stand in the text
	title     string
	names     bool // a country by its name, not an adjective
	words     int
}

// document is an entry as the rules see it.
type document struct {
	t         *Tagger
	pages     []page
	mentions  []mention
	headings  []heading
	sections  []chapter
	official  bool // a law or a form
	title     map[*vocab.Concept]bool
	words     int                     // outside bibliographies
	sure      map[*vocab.Concept]int  // mentions by a sure label
	spoken    map[*vocab.Concept]bool // concepts with a mention that is not rejected
	migration int                     // mentions by a sure label of migration
	persons   map[*vocab.Concept]bool // countries whose name a person has
	byID      map[*vocab.Concept]*tally
	together  map[*vocab.Concept]*tally // of topics with narrower ones: all of them
	speaking  map[int]speaking          // by sentence
	total     float64                   // worth of all country mentions that count
}

func (t *Tagger) read(e *corpus.Entry) *document {
	d := &document{t: t, title: map[*vocab.Concept]bool{}, sure: map[*vocab.Concept]int{}, spoken: map[*vocab.Concept]bool{}, persons: map[*vocab.Concept]bool{}}
	n := 0
	for _, p := range e.Pages {
		if !p.Quality.State.Searchable() || strings.TrimSpace(p.Body()) == "" {
			continue
		}
		l := p.Lang
		if l == "" {
			l = e.Lang
		}
		text := p.Body()
		q := page{number: p.Number, text: text, lang: l, lines: lines(text), sentences: sentences(text), first: n}
		n += len(q.sentences)
		d.pages = append(d.pages, q)
	}
	d.markRunning()
	d.markBibliography()
	d.divide(e)
	d.official = isOfficial(e)
	for i := range d.pages {
		d.readPage(i)
	}
	d.readTitle(e, true)
	d.judge()
	d.readTitle(e, false)
	d.outline(e)
	d.markLists()
	d.count()
	d.addUp()
	return d
}

// markRunning finds lines that stand at the edge of many pages. The first of
// them is left as it is: it says once what the others repeat.
func (d *document) markRunning() {
	const least = 3
	at := map[string][]*line{}
	for i := range d.pages {
		p := &d.pages[i]
		edges(p.text, p.lines, func(k int) {
			key := runningKey(p.lines[k].of(p.text))
			at[key] = append(at[key], &p.lines[k])
		})
	}
	for _, ls := range at {
		if len(ls) < least || len(ls)*4 < len(d.pages) {
			continue
		}
		for i, l := range ls {
			l.heading = false
			l.running = i > 0
		}
	}
}

// markBibliography makes what follows the heading of a bibliography an aside: to
// the end of the document when the heading stands in its last part, otherwise
// to the end of the page.
func (d *document) markBibliography() {
	rest := false
	for i := range d.pages {
		p := &d.pages[i]
		here := rest
		for k := range p.lines {
			l := &p.lines[k]
			if len(l.of(p.text)) <= headingRunes && bibliography(l.of(p.text)) {
				here = true
				rest = rest || i*5 >= len(d.pages)*3
			}
			l.aside, l.inSources = l.aside || here, here
		}
	}
}

func (d *document) readPage(i int) {
	p := &d.pages[i]
	p.from = len(d.mentions)
	var last *heading
	k, s, inLast, checked := 0, 0, -1, -1
	for m := range d.t.v.Mentions(p.text, p.lang) {
		c, ok := d.t.v.Concept(m.Concept)
		if !ok || scheme(c) == vocab.Kind {
			continue
		}
		for p.lines[k].end < m.Start {
			k++
		}
		for s+1 < len(p.sentences) && p.sentences[s].end <= m.Start {
			s++
		}
		if checked != k { // only lines with a mention: looking for the signs is slow
			checked = k
			p.lines[k].aside = p.lines[k].aside || aside(p.lines[k].of(p.text))
		}
		l := p.lines[k]
		x := mention{
			concept: c, context: m.Context, page: i, sentence: p.first + s, start: m.Start, end: m.End,
			adjective: m.Adjective, worth: 1, aside: l.aside || l.running || endsAddress(l.of(p.text), m.End-l.start),
		}
		if m.Adjective {
			x.worth = 0.5
		}
		if m.Context == nil && len(p.countries) < 2 && scheme(c) == vocab.Country && !slices.Contains(p.countries, c) {
			p.countries = append(p.countries, c)
		}
		if l.heading && !x.aside {
			if last == nil || inLast != k {
				d.headings = append(d.headings, heading{page: i, start: l.start, words: len(strings.Fields(l.of(p.text)))})
				last, inLast = &d.headings[len(d.headings)-1], k
			}
			x.heading = len(d.headings)
		}
		d.mentions = append(d.mentions, x)
		if m, ok := d.nationalsAbroad(p, x); ok {
			d.mentions = append(d.mentions, m)
		}
	}
	p.to = len(d.mentions)
}

func scheme(c *vocab.Concept) string {
	s, _, _ := strings.Cut(string(c.ID), "/")
	return s
}

// readWords folds the words of a page, once, for those that look for support.
func (p *page) readWords() []word {
	if p.words == nil {
		p.words = []word{}
		for w := range fold.Words(p.text) {
			x := word{stretch: stretch{w.Start, w.End}}
			vocab.Stems(fold.Term(p.text[w.Start:w.End]), func(s string) { x.stems = append(x.stems, s) })
			p.words = append(p.words, x)
		}
	}
	return p.words
}

// outline adds the headings of the table of contents and the labels of sections.
func (d *document) outline(e *corpus.Entry) {
	at := map[int]int{}
	for i, p := range d.pages {
		at[p.number] = i
	}
	add := func(title string, number int) {
		i, ok := at[number]
		if !ok || utf8.RuneCountInString(title) > 3*headingRunes {
			return
		}
		h := heading{page: i, start: -1, title: title, words: len(strings.Fields(title))}
		d.named(title, d.pages[i].lang, func(c *vocab.Concept, adjective bool) {
			h.name(c)
			h.names = h.names || scheme(c) == vocab.Country && !adjective
		})
		if len(h.countries)+len(h.topics) > 0 {
			d.headings = append(d.headings, h)
		}
	}
	for _, h := range e.Outline {
		add(h.Title, h.Page)
	}
	for _, p := range e.Pages {
		if strings.ContainsRune(p.Label, ' ') || utf8.RuneCountInString(p.Label) > 4 {
			add(p.Label, p.Number)
		}
	}
	for i := range d.mentions {
		if m := &d.mentions[i]; m.heading > 0 && m.worth > 0 {
			h := &d.headings[m.heading-1]
			h.name(m.concept)
			h.names = h.names || scheme(m.concept) == vocab.Country && !m.adjective
		}
	}
}

func (h *heading) name(c *vocab.Concept) {
	list := &h.topics
	if scheme(c) == vocab.Country {
		list = &h.countries
	}
	for _, have := range *list {
		if have == c {
			return
		}
	}
	*list = append(*list, c)
}

// named calls yield with the concepts that a title names: by a sure label, or by
// an ambiguous one when the text speaks of the concept too.
func (d *document) named(title string, l corpus.Lang, yield func(c *vocab.Concept, adjective bool)) {
	for m := range d.t.v.Mentions(title, l) {
		c, ok := d.t.v.Concept(m.Concept)
		if !ok || scheme(c) == vocab.Kind || m.Ambiguous && !d.namedSurely(c, m.Context) {
			continue
		}
		yield(c, m.Adjective)
	}
}

func (d *document) namedSurely(c *vocab.Concept, x *vocab.Context) bool {
	switch x.Use {
	case vocab.Never, vocab.Title, vocab.Weak:
		return false
	case vocab.Named, vocab.Also:
		return true
	case vocab.Heading:
		return d.onMigration()
	}
	// Where the text speaks of migration, so does its title.
	return d.spoken[c] || c.Evidence == vocab.Migration && d.migration > 0
}

// readTitle notes what the title names. Before the ambiguous mentions are judged
// it takes from it the countries only, because it helps to judge them: a country
// in a title is the country, unless it is part of a person's name.
func (d *document) readTitle(e *corpus.Entry, countries bool) {
	if !countries {
		d.named(e.Title, e.Lang, func(c *vocab.Concept, _ bool) { d.title[c] = true })
		return
	}
	for m := range d.t.v.Mentions(e.Title, e.Lang) {
		c, ok := d.t.v.Concept(m.Concept)
		if !ok || scheme(c) != vocab.Country {
			continue
		}
		switch {
		case m.Context == nil, m.Context.Use == vocab.Place:
			d.title[c] = true
		case m.Context.Use == vocab.Name:
			_, person := namedBefore(e.Title, m.Start)
			if !person && !beforeName(e.Title[m.End:]) {
				d.title[c] = true
			}
		}
	}
}
