package bleve

import (
	"encoding/json"
	"fmt"
	"strings"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/fold"
)

// record is what the index stores of a document beside its postings: what the
// columns are built from when the index opens.
type record struct {
	ID        corpus.ID
	Work      corpus.ID
	Rev       corpus.Hash
	Languages []corpus.Lang // the main one first
	Title     string        // folded, to sort by
	Issued    corpus.Date   `json:",omitempty"`
	Values    map[index.Field][]string
	Numbers   []int            `json:",omitempty"` // of the pages; empty when they are 1, 2, 3
	Words     []int            // on each page; 0 for pages that are not searched
	Sources   []int            `json:",omitempty"` // array positions of pages that list sources
	Abstracts []abstractLength `json:",omitempty"`
	Notes     []noteLength     `json:",omitempty"`
	Lengths   map[string]int   // terms in each field, by its name
}

// abstractLength is an abstract: its language, and how many words it has.
type abstractLength struct {
	Lang  corpus.Lang
	Words int
}

// noteLength is a note to a page: the array position of the page, the note's language,
// and how many words it has.
type noteLength struct {
	Page  int
	Lang  corpus.Lang
	Words int
}

const maxTitleKey = 200 // bytes of a title that are looked at in sorting

func newRecord(e *corpus.Entry) *record {
	rec := &record{
		ID: e.ID, Work: e.Work, Rev: e.Rev, Issued: e.Issued,
		Languages: languagesOf(&e.Document),
		Values:    map[index.Field][]string{},
		Words:     make([]int, len(e.Pages)),
		Lengths:   map[string]int{},
	}
	if rec.Work == "" {
		rec.Work = e.ID
	}
	if rec.Rev == "" {
		rec.Rev = e.Revision()
	}
	rec.Title = fold.Text(e.Title)
	if len(rec.Title) > maxTitleKey {
		rec.Title = strings.ToValidUTF8(rec.Title[:maxTitleKey], "")
	}
	for _, f := range columns {
		if vs := index.Values(&e.Document, f); len(vs) > 0 {
			rec.Values[f] = vs
		}
	}
	for i, p := range e.Pages {
		if p.Number != i+1 {
			rec.Numbers = numbers(e.Pages)
			break
		}
	}
	return rec
}

func languagesOf(d *corpus.Document) []corpus.Lang {
	var ls []corpus.Lang
	if d.Lang != "" {
		ls = append(ls, d.Lang)
	}
	for _, l := range d.Languages {
		if l != d.Lang {
			ls = append(ls, l)
		}
	}
	return ls
}

func numbers(pages []corpus.Page) []int {
	ns := make([]int, len(pages))
	for i, p := range pages {
		ns[i] = p.Number
	}
	return ns
}

func (r *record) encode() ([]byte, error) {
	data, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encode record of %s: %w", r.ID, err)
	}
	return data, nil
}

func decodeRecord(data []byte) (*record, error) {
	r := &record{}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("decode record: %w", err)
	}
	return r, nil
}
