package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/index"
	"marsa/index/bleve"
)

// writtenIn is a service over an engine that holds a document for each text, those
// of a group by a publisher of the group's number.
func writtenIn(t *testing.T, groups ...[]string) *Service {
	t.Helper()
	engine, err := bleve.Open(t.TempDir(), bleve.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	v, err := vocab.Default()
	if err != nil {
		t.Fatal(err)
	}
	lib := library{}
	var es []*corpus.Entry
	for g, texts := range groups {
		for i, text := range texts {
			l := corpus.Lang("fr")
			if strings.ContainsAny(text, "اةينمع") {
				l = "ar"
			}
			id := corpus.ID(fmt.Sprintf("d%02d-%02d", g, i))
			e := &corpus.Entry{Document: corpus.Document{ID: id, Work: id, Lang: l, Languages: []corpus.Lang{l}, NumPages: 1, Publisher: fmt.Sprint(g)}}
			e.Pages = []corpus.Page{{Number: 1, Lang: l, Text: text, Quality: corpus.Quality{State: corpus.Complete}}}
			lib[id] = e
			es = append(es, e)
		}
	}
	if err := engine.Put(t.Context(), es...); err != nil {
		t.Fatal(err)
	}
	return New(engine, lib, v, list(t))
}

// TestPairs: ways of writing one word, of which each finds all the others, and
// words that look alike and do not find one another. Concepts are left out of it.
func TestPairs(t *testing.T) {
	same := [][]string{
		{"aujourd'hui", "aujourd’hui"},
		{"l'homme", "l’homme", "homme"},
		{"coeur", "cœur", "Cœur"},
		{"co-opération", "coopération", "co\u2011opération", "co\u00adopération"},
		{"non-refoulement", "nonrefoulement"},
		{"ﬁnancement", "financement", "FINANCEMENT"},
		{"٢٥", "25", "۲۵"},
		{"سوريا", "سورية"},
		{"إنّ", "إن", "ان"},
		{"trans\u00adfert", "transfert"},
		{"قانون", "القانون", "والقانون", "بالقانون", "وبالقانون", "للقانون"},
		{"عامل", "العامل", "والعامل"},
		{"étranger", "etranger", "ÉTRANGER"},
		{"مُهاجِر", "مهاجر", "مهـــاجر"},
	}
	apart := [][]string{{"لبنان", "لبن"}, {"عمان", "عم"}, {"coopération", "opération"}}
	s := writtenIn(t, slices.Concat(same, apart)...)
	for g, ways := range slices.Concat(same, apart) {
		for _, way := range ways {
			want := len(ways)
			if g >= len(same) {
				want = 1
			}
			r, err := s.Search(t.Context(), Request{Text: way, Plain: true, Values: map[index.Field][]string{index.FieldPublisher: {fmt.Sprint(g)}}})
			if err != nil {
				t.Fatal(err)
			}
			if r.Total != want || len(r.Query.Notes) > 0 {
				t.Errorf("%q finds %d of %q, want %d", way, r.Total, ways, want)
			}
		}
	}
}

// TestExpansionFinds: a concept's name in one language finds a page that has it
// in another, and marks it there.
func TestExpansionFinds(t *testing.T) {
	s := writtenIn(t, []string{"Les travailleurs domestiques ont des droits.", "حقوق عمال المنازل في القانون", "Rien du tout."})
	for _, query := range []string{"domestic workers", "travailleuses domestiques", "عاملات المنازل"} {
		r, err := s.Search(t.Context(), Request{Text: query})
		if err != nil {
			t.Fatal(err)
		}
		var marked []string
		for _, h := range r.Hits {
			marked = append(marked, show(h.Pages[0].Excerpt))
		}
		slices.Sort(marked)
		got := strings.Join(marked, " | ")
		if r.Total != 2 || !strings.Contains(got, "[travailleurs") || !strings.Contains(got, "المنازل]") {
			t.Errorf("%s: %d works, %s", query, r.Total, got)
		}
		for _, no := range []Request{{Text: query, Plain: true}, {Text: `"` + query + `"`}} {
			if r, err := s.Search(t.Context(), no); err != nil || r.Total > 1 {
				t.Errorf("%+v: %d works, %v", no, r.Total, err)
			}
		}
	}
}
