package bleve

import (
	"slices"

	"github.com/blevesearch/bleve/v2/document"
	api "github.com/blevesearch/bleve_index_api"

	"marsa/corpus"
	"marsa/internal/fold"
)

// recordField is the stored field that holds a document's record.
const recordField = "record"

// analyse returns the index document of an entry, ready to be written, and its
// record. Every page is in the field of its language and in the common field,
// and its lines in another language in the field of that one, as the array element of its position; what cannot be searched is left out.
// Abstracts, then notes to pages, are elements after those of the pages.
func (a *analysis) analyse(e *corpus.Entry) (*document.Document, *record, error) {
	rec := newRecord(e)
	var fields [numFields]*inverted
	add := func(f field, element uint64, words []wordAt) {
		if fields[f] == nil {
			fields[f] = newInverted()
		}
		fields[f].add(a.terms(f.analyzer(), words), element)
	}
	cut := newCutter()
	for i, p := range e.Pages {
		if !p.Quality.State.Searchable() {
			continue
		}
		words := cut.words(p.Body())
		rec.Words[i] = len(words)
		if listsSources(words) {
			rec.Sources = append(rec.Sources, i)
		}
		own := analyzerOf(languageOf(p.Lang, e.Lang))
		add(textField(own), uint64(i), words)
		for other, lines := range a.otherLanguages(p.Body(), words, own) {
			add(textField(other), uint64(i), lines)
		}
		add(textField(common), uint64(i), words)
	}
	title := cut.words(e.Title)
	add(titleField(analyzerOf(e.Lang)), 0, title)
	add(titleField(common), 0, title)
	for i, a := range e.Abstracts {
		of, words := analyzerOf(a.Lang), cut.words(a.Text)
		add(abstractField(of), uint64(len(e.Pages)+i), words)
		add(abstractField(common), uint64(len(e.Pages)+i), words)
		rec.Abstracts = append(rec.Abstracts, abstractLength{a.Lang, len(words)})
		title := cut.words(a.Title)
		add(titleField(of), uint64(1+i), title)
		add(titleField(common), uint64(1+i), title)
	}
	for _, n := range e.Notes {
		page := slices.IndexFunc(e.Pages, func(p corpus.Page) bool { return p.Number == n.Page })
		if page < 0 {
			continue
		}
		of, words := analyzerOf(n.Lang), cut.words(n.Text)
		element := uint64(len(e.Pages) + len(e.Abstracts) + len(rec.Notes))
		add(abstractField(of), element, words)
		add(abstractField(common), element, words)
		rec.Notes = append(rec.Notes, noteLength{page, n.Lang, len(words)})
	}
	for i, name := range e.Authors {
		add(authorField, uint64(i), cut.words(name))
	}
	add(publishField, 0, cut.words(e.Publisher))

	doc := document.NewDocument(string(e.ID))
	for f, inv := range fields {
		if inv == nil || inv.length == 0 {
			continue
		}
		rec.Lengths[field(f).String()] = inv.length
		doc.AddField(&invertedField{name: field(f).String(), length: inv.length, terms: inv.frequencies()})
	}
	data, err := rec.encode()
	if err != nil {
		return nil, nil, err
	}
	doc.AddField(document.NewTextFieldCustom(recordField, nil, data, api.StoreField, nil))
	return doc, rec, nil
}

func languageOf(page, document corpus.Lang) corpus.Lang {
	if page == "" {
		return document
	}
	return page
}

// wordAt is a word of a page: its place, and its number among the different
// words of the document, so that each is folded and stemmed only once.
type wordAt struct {
	fold.Token
	position int // of the words of its text, from 1
	word     int
	address  bool // part of a web address
	forms    *forms
}

// forms are the different words of a document and their terms.
type forms struct {
	numbers map[string]int
	words   []string
	terms   [numAnalyzers][]string // of words; "\x00" where not made yet
	stops   []stopSet              // of words, as far as they were looked up
}

type cutter struct{ forms *forms }

func newCutter() *cutter { return &cutter{&forms{numbers: map[string]int{}}} }

func (c *cutter) words(text string) []wordAt {
	var ws []wordAt
	links := addresses(text)
	for t := range fold.Words(text) {
		for len(links) > 0 && links[0].End <= t.Start {
			links = links[1:]
		}
		w := text[t.Start:t.End]
		n, ok := c.forms.numbers[w]
		if !ok {
			n = len(c.forms.words)
			c.forms.numbers[w] = n
			c.forms.words = append(c.forms.words, w)
		}
		ws = append(ws, wordAt{t, len(ws) + 1, n, len(links) > 0 && links[0].Start <= t.Start, c.forms})
	}
	return ws
}

// termAt is a term at a place; position counts the words of the element from 1,
// stop words too.
type termAt struct {
	term                 string
	start, end, position int
}

func (a *analysis) terms(analyzer int, words []wordAt) []termAt {
	ts := make([]termAt, 0, len(words))
	for _, w := range words {
		if w.address && analyzer != common {
			continue
		}
		if t := w.forms.term(a, analyzer, w.word); t != "" {
			ts = append(ts, termAt{t, w.Start, w.End, w.position})
		}
	}
	return ts
}

func (f *forms) term(a *analysis, analyzer, word int) string {
	const unknown = "\x00"
	known := f.terms[analyzer]
	for len(known) <= word {
		known = append(known, unknown)
	}
	f.terms[analyzer] = known
	if known[word] == unknown {
		known[word] = a.term(analyzer, f.words[word])
	}
	return known[word]
}

// stopsOf says of which languages a word is a stop word. Words are looked up in
// the order in which they were cut.
func (f *forms) stopsOf(a *analysis, word int) stopSet {
	for n := len(f.stops); n <= word; n++ {
		f.stops = append(f.stops, a.stops.of(f.words[n], f.term(a, common, n)))
	}
	return f.stops[word]
}

// inverted collects the terms of one field over all its elements.
type inverted struct {
	length int
	terms  map[string]*occurrences
}

type occurrences struct{ at []api.TokenLocation }

func newInverted() *inverted { return &inverted{terms: map[string]*occurrences{}} }

func (v *inverted) add(ts []termAt, element uint64) {
	array := []uint64{element}
	for _, t := range ts {
		o := v.terms[t.term]
		if o == nil {
			o = &occurrences{}
			v.terms[t.term] = o
		}
		o.at = append(o.at, api.TokenLocation{ArrayPositions: array, Start: t.start, End: t.end, Position: t.position})
	}
	v.length += len(ts)
}

// frequencies returns the terms in the form that the index writes.
func (v *inverted) frequencies() api.TokenFrequencies {
	fs := make(api.TokenFrequencies, len(v.terms))
	for term, o := range v.terms {
		o.at = slices.Clip(o.at)
		locs := make([]*api.TokenLocation, len(o.at))
		for i := range o.at {
			locs[i] = &o.at[i]
		}
		tf := &api.TokenFreq{Term: []byte(term), Locations: locs}
		tf.SetFrequency(len(locs))
		fs[term] = tf
	}
	return fs
}

// invertedField hands a field that is already analysed to the index.
type invertedField struct {
	name   string
	length int
	terms  api.TokenFrequencies
}

func (f *invertedField) Name() string                                   { return f.name }
func (f *invertedField) Value() []byte                                  { return nil }
func (f *invertedField) ArrayPositions() []uint64                       { return nil }
func (f *invertedField) EncodedFieldType() byte                         { return 't' }
func (f *invertedField) Analyze()                                       {}
func (f *invertedField) AnalyzedLength() int                            { return f.length }
func (f *invertedField) AnalyzedTokenFrequencies() api.TokenFrequencies { return f.terms }
func (f *invertedField) NumPlainTextBytes() uint64                      { return 0 }
func (f *invertedField) Size() int                                      { return f.terms.Size() }
func (f *invertedField) Options() api.FieldIndexingOptions {
	return api.IndexField | api.IncludeTermVectors
}
