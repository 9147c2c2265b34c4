package search

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/corpus/words"
	"marsa/index"
)

// engine answers every query with one result and remembers what it was asked.
type engine struct {
	index.Engine
	asked  *index.Query
	result index.Result
}

func (e *engine) Search(_ context.Context, q *index.Query) (*index.Result, error) {
	e.asked = q
	r := e.result
	return &r, nil
}

func (e *engine) Similar(context.Context, string, string, corpus.Lang) ([]index.Spelling, error) {
	return nil, nil
}

// library is a Library in memory.
type library map[corpus.ID]*corpus.Entry

func (l library) Document(id corpus.ID) (*corpus.Document, error) {
	if e, ok := l[id]; ok {
		return &e.Document, nil
	}
	return nil, corpus.ErrNotFound
}

func (l library) Page(id corpus.ID, number int) (*corpus.Page, error) {
	if e, ok := l[id]; ok && number >= 1 && number <= len(e.Pages) {
		return &e.Pages[number-1], nil
	}
	return nil, corpus.ErrNotFound
}

func (l library) PageSummaries(id corpus.ID) ([]corpus.PageSummary, error) {
	var ps []corpus.PageSummary
	for _, p := range l[id].Pages {
		ps = append(ps, corpus.PageSummary{Number: p.Number, Lang: p.Lang})
	}
	return ps, nil
}

func (l library) Versions(work corpus.ID) ([]*corpus.Document, error) {
	var ds []*corpus.Document
	for _, e := range l {
		if e.Work == work {
			ds = append(ds, &e.Document)
		}
	}
	return ds, nil
}

const (
	english = "The Labour Code leaves domestic work out. Jordan was the first to include it."
	arabic  = "تستثني مدونة العمل عمال المنازل في لبنان."
)

func sample() library {
	at := func(text, word string) corpus.Span {
		i := strings.Index(text, word)
		return corpus.Span{Page: 1, Start: i, End: i + len(word)}
	}
	return library{
		"dw-en": {
			Document: corpus.Document{ID: "dw-en", Work: "dw", Title: "Domestic work", Lang: "en", Languages: []corpus.Lang{"en"},
				Tags: []corpus.Tag{
					{Concept: "country/jo", Role: corpus.About, Weight: .9, By: corpus.ByRule, Evidence: []corpus.Span{at(english, "Jordan")}},
					{Concept: "country/eg", Role: corpus.About, State: corpus.Rejected},
				}},
			Pages: []corpus.Page{{Number: 1, Lang: "en", Text: english}, {Number: 2, Lang: "en", Text: "Nothing."}, {Number: 3, Lang: "en", Text: "More on work."}},
		},
		"dw-ar": {
			Document: corpus.Document{ID: "dw-ar", Work: "dw", Title: "العمل المنزلي", Lang: "ar", Languages: []corpus.Lang{"ar"}},
			Pages:    []corpus.Page{{Number: 1, Lang: "ar", Text: arabic}},
		},
	}
}

func newService(t testing.TB, e index.Engine) *Service {
	t.Helper()
	v, err := vocab.Default()
	if err != nil {
		t.Fatal(err)
	}
	return New(e, sample(), v, list(t))
}

func TestSearchAsksAndShows(t *testing.T) {
	e := &engine{result: index.Result{
		Total: 1, Documents: 2,
		Hits: []index.Hit{{
			Work: "dw", Documents: []corpus.ID{"dw-ar", "dw-en"}, Score: 2, MatchingPages: 1,
			Pages: []index.PageHit{{ID: "dw-ar", Number: 1, Spans: find(arabic, "عمال", "المنازل")}},
		}, {
			Work: "gone", Documents: []corpus.ID{"removed-a-moment-ago"},
		}},
		Facets:  map[index.Field][]index.Bucket{index.FieldCountry: {{Value: "jo", Count: 1}, {Value: "lb", Count: 0}}},
		Missing: []string{"xyz"},
	}}
	s := newService(t, e)
	resp, err := s.Search(t.Context(), Request{
		Text: "عمال المنازل xyz", Lang: "ar",
		Values: map[index.Field][]string{index.FieldCountry: {"jo"}, index.FieldTopic: {"no-such-topic"}},
		From:   2008,
	})
	if err != nil {
		t.Fatal(err)
	}

	wantFilters := []index.Filter{
		{Field: index.FieldCountry, Values: []string{"jo"}},
		{Field: index.FieldTopic, Values: []string{"no-such-topic"}},
		{Field: index.FieldYear, From: 2008},
	}
	if diff := cmp.Diff(wantFilters, e.asked.Filters); diff != "" {
		t.Errorf("filters (-want +got):\n%s", diff)
	}
	if e.asked.Limit != DefaultLimit || e.asked.Pages != DefaultPages || e.asked.Prefer[0] != "ar" {
		t.Errorf("asked limit %d, pages %d, prefer %q", e.asked.Limit, e.asked.Pages, e.asked.Prefer)
	}

	if len(resp.Hits) != 1 {
		t.Fatalf("%d hits, want 1: a work that is gone is left out", len(resp.Hits))
	}
	h := resp.Hits[0]
	if h.Document.ID != "dw-ar" || len(h.Versions) != 2 || h.Versions[0].ID != "dw-ar" || h.Versions[1].ID != "dw-en" {
		t.Errorf("shown %s, versions %+v", h.Document.ID, h.Versions)
	}
	if got, want := show(h.Pages[0].Excerpt), "تستثني مدونة العمل [عمال] [المنازل] في لبنان."; got != want {
		t.Errorf("excerpt = %q, want %q", got, want)
	}
	country := resp.Facets[0].Buckets
	if country[0].Label != "الأردن" || !country[0].Selected || country[1].Selected {
		t.Errorf("country buckets = %+v", country)
	}
	wantNotes := []Note{{Key: NoteUnknownValue, Arg: "topic=no-such-topic"}}
	if diff := cmp.Diff(wantNotes, resp.Query.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"xyz"}, resp.Query.Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}

func TestPartnersAndTickedValuesStayVisible(t *testing.T) {
	e := &engine{}
	s := newService(t, e)
	if _, err := s.Search(t.Context(), Request{Values: map[index.Field][]string{index.FieldKind: {"study"}}}); err != nil {
		t.Fatal(err)
	}
	always := map[index.Field][]string{}
	for _, f := range e.asked.Facets {
		always[f.Field] = f.Always
	}
	if got := len(always[index.FieldCountry]); got != 9 {
		t.Errorf("%d countries stay visible, want the 9 partners: %q", got, always[index.FieldCountry])
	}
	if diff := cmp.Diff([]string{"study"}, always[index.FieldKind]); diff != "" {
		t.Errorf("kinds that stay visible (-want +got):\n%s", diff)
	}
	if e.asked.Match != nil {
		t.Errorf("empty query asks %#v, want everything", e.asked.Match)
	}
}

func TestSearchRefuses(t *testing.T) {
	s := newService(t, &engine{})
	for name, c := range map[string]struct {
		r    Request
		want error
	}{
		"text":   {Request{Text: strings.Repeat("x", MaxText+1)}, corpus.ErrTooLarge},
		"values": {Request{Values: map[index.Field][]string{index.FieldKind: make([]string, MaxValues+1)}}, corpus.ErrTooLarge},
		"offset": {Request{Offset: -1}, corpus.ErrInvalid},
		"far":    {Request{Offset: index.MaxOffset + 1}, corpus.ErrInvalid},
		"limit":  {Request{Limit: index.MaxLimit + 1}, corpus.ErrInvalid},
		"sort":   {Request{Sort: "size"}, corpus.ErrInvalid},
	} {
		if _, err := s.Search(t.Context(), c.r); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func TestMarkPage(t *testing.T) {
	e := &engine{result: index.Result{Hits: []index.Hit{{Work: "dw", Documents: []corpus.ID{"dw-en"}, Pages: []index.PageHit{
		{ID: "dw-en", Number: 3}, {ID: "dw-en", Number: 1, Spans: find(english, "work")},
	}}}}}
	s := newService(t, e)
	m, err := s.MarkPage(t.Context(), "dw-en", 1, Request{Text: "work"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := show(m.Parts), strings.Replace(english, "work", "[work]", 1); got != want {
		t.Errorf("marked = %q, want %q", got, want)
	}
	if m.Previous != 0 || m.Next != 3 || m.MatchingPages != 2 {
		t.Errorf("previous %d, next %d, matching %d", m.Previous, m.Next, m.MatchingPages)
	}
	if m, err = s.MarkPage(t.Context(), "dw-en", 2, Request{}); err != nil || show(m.Parts) != "Nothing." || m.Next != 0 {
		t.Errorf("without a query: %v, %+v", err, m)
	}
	if _, err := s.MarkPage(t.Context(), "dw-en", 9, Request{Text: "work"}); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("page that is not there: %v", err)
	}
}

func TestRecordShowsSentences(t *testing.T) {
	s := newService(t, &engine{})
	r, err := s.Record(t.Context(), "dw-en", "fr")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Tags) != 1 || r.Tags[0].Label != "Jordanie" {
		t.Fatalf("tags = %+v, want Jordanie only: rejected tags are not shown", r.Tags)
	}
	e := r.Tags[0].Evidence
	if len(e) != 1 || show(e[0].Parts) != "[Jordan] was the first to include it." || e[0].Page != 1 {
		t.Errorf("evidence = %+v", e)
	}
	if len(r.Versions) != 1 || r.Versions[0].ID != "dw-ar" {
		t.Errorf("versions = %+v", r.Versions)
	}
	if _, err := s.Record(t.Context(), "none", "en"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("record that is not there: %v", err)
	}
}

// list is the built-in list of words.
func list(t testing.TB) *words.List {
	t.Helper()
	l, err := words.Default()
	if err != nil {
		t.Fatal(err)
	}
	return l
}
