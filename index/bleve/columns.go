package bleve

import (
	"slices"
	"sync"

	"marsa/corpus"
	"marsa/index"
)

// columns are the fields that are filtered and counted by their values. FieldID
// and FieldWork are filtered by the row itself.
var columns = [...]index.Field{
	index.FieldCountry, index.FieldMentions, index.FieldOrigin, index.FieldTransit, index.FieldDestination, index.FieldPublishedBy, index.FieldTopic, index.FieldKind,
	index.FieldLanguage, index.FieldYear, index.FieldPublisher, index.FieldQuality, index.FieldFormat,
}

// column returns the place of a field in columns, -1 when it has none.
func column(f index.Field) int { return slices.Index(columns[:], f) }

// A row is a document in the table of columns. It never changes.
type row struct {
	id        corpus.ID
	work      corpus.ID
	workNum   uint32
	rev       corpus.Hash
	languages []corpus.Lang
	title     string
	issued    corpus.Date
	year      int
	values    [len(columns)][]uint32 // numbers in the dictionary of the column
	numbers   []int
	words     []int
	sources   []int            // array positions of pages that list sources
	abstracts []abstractLength // the array elements after the pages
	notes     []noteLength     // the array elements after the abstracts
	lengths   []fieldLength
}

type fieldLength struct {
	field  field
	length int
}

// pageNumber returns the number of the page at an array position.
func (r *row) pageNumber(element int) int {
	if r.numbers == nil {
		return element + 1
	}
	return r.numbers[element]
}

// length returns how many words an array element has.
func (r *row) length(element int) int {
	switch {
	case r.isAbstract(element):
		return r.abstract(element).Words
	case r.isNote(element):
		return r.note(element).Words
	}
	return r.words[element]
}

// isAbstract says whether an array element is an abstract.
func (r *row) isAbstract(element int) bool {
	return element >= len(r.words) && !r.isNote(element)
}

// abstract returns the abstract that an array element is.
func (r *row) abstract(element int) abstractLength { return r.abstracts[element-len(r.words)] }

// isNote says whether an array element is a note to a page.
func (r *row) isNote(element int) bool { return element >= len(r.words)+len(r.abstracts) }

// note returns the note that an array element is.
func (r *row) note(element int) noteLength {
	return r.notes[element-len(r.words)-len(r.abstracts)]
}

// page returns the array position of the page that an array element is or speaks of.
func (r *row) page(element int) int {
	if r.isNote(element) {
		return r.note(element).Page
	}
	return element
}

// fieldStats are of the documents that have a field.
type fieldStats struct {
	docs   int
	length int // sum of lengths
}

func (s fieldStats) average() float64 {
	if s.docs == 0 {
		return 0
	}
	return float64(s.length) / float64(s.docs)
}

// table holds all rows and what is summed up over them. It belongs to whoever
// holds Engine.write; the dictionaries may be read by anyone.
type table struct {
	rows  map[corpus.ID]*row
	stats [numFields]fieldStats
	pages fieldStats // words on pages that have any
	names *dictionaries
}

type dictionaries struct {
	values [len(columns)]dictionary
	works  dictionary
}

func newTable() *table { return &table{rows: map[corpus.ID]*row{}, names: &dictionaries{}} }

func (t *table) put(rec *record) *row {
	r := t.row(rec)
	t.delete(r.id)
	t.rows[r.id] = r
	t.count(r, 1)
	return r
}

func (t *table) delete(id corpus.ID) {
	if old := t.rows[id]; old != nil {
		t.count(old, -1)
		delete(t.rows, id)
	}
}

func (t *table) count(r *row, sign int) {
	for _, l := range r.lengths {
		t.stats[l.field].docs += sign
		t.stats[l.field].length += sign * l.length
	}
	for _, words := range r.words {
		if words > 0 {
			t.pages.docs += sign
			t.pages.length += sign * words
		}
	}
}

func (t *table) row(rec *record) *row {
	r := &row{
		id: rec.ID, work: rec.Work, workNum: t.names.works.intern(string(rec.Work)), rev: rec.Rev,
		languages: rec.Languages, title: rec.Title, issued: rec.Issued, year: rec.Issued.Year(),
		numbers: rec.Numbers, words: rec.Words, sources: rec.Sources, abstracts: rec.Abstracts, notes: rec.Notes,
	}
	for i, f := range columns {
		for _, v := range rec.Values[f] {
			r.values[i] = append(r.values[i], t.names.values[i].intern(v))
		}
	}
	for f := range field(numFields) {
		if n := rec.Lengths[f.String()]; n > 0 {
			r.lengths = append(r.lengths, fieldLength{f, n})
		}
	}
	return r
}

// A dictionary numbers strings. Numbers are never given twice, so a reader may
// keep them. Safe for concurrent use.
type dictionary struct {
	mu      sync.RWMutex
	numbers map[string]uint32
	names   []string
}

func (d *dictionary) intern(name string) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n, ok := d.numbers[name]; ok {
		return n
	}
	if d.numbers == nil {
		d.numbers = map[string]uint32{}
	}
	n := uint32(len(d.names))
	d.numbers[name] = n
	d.names = append(d.names, name)
	return n
}

func (d *dictionary) number(name string) (uint32, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	n, ok := d.numbers[name]
	return n, ok
}

// all returns the names by number; the slice must not be changed.
func (d *dictionary) all() []string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.names[:len(d.names):len(d.names)]
}
