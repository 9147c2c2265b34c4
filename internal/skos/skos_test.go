package skos

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

const olives = `# what another program would write
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
@base <https://example.org/t/> .
@prefix a: <https://library.example/concept/topic/> .
<scheme> a skos:ConceptScheme ; skos:prefLabel "My words"@en .
<1> a skos:Concept ;
  skos:prefLabel "Olive harvest"@en-GB, "récolte des olives"@fr ;
  skos:prefLabel """قطف
الزيتون"""@ar ;
  skos:altLabel 'olive picking'@en ; skos:hiddenLabel "olive p\u0069ckers"@en ;
  skos:definition [ <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> "The picking."@en ; <http://purl.org/dc/terms/source> "me" ] ;
  skos:scopeNote "Not the pressing."@en ; skos:notation "7"^^<#code> ;
  skos:broader a:seasonal-work ; skos:related <2> ;
  skos:exactMatch <http://eurovoc.europa.eu/1> ; skos:closeMatch <http://eurovoc.europa.eu/2> , <urn:x> ;
  <http://elsewhere.example/x> ( 1 [ ] "x" ), 3.5, true .
<2> skos:prefLabel "olive harvest"@en ; skos:narrower _:three .
_:three a skos:Concept; skos:prefLabel "قطف"@ar;.
`

func TestReadTurtle(t *testing.T) {
	got, err := Read(Turtle, []byte(olives))
	if err != nil {
		t.Fatal(err)
	}
	want := []vocab.Entry{
		{
			ID: "topic/olive-harvest", Labels: map[corpus.Lang]string{"en": "Olive harvest", "fr": "récolte des olives", "ar": "قطف الزيتون"},
			Other: map[corpus.Lang][]string{"en": {"olive picking"}}, Hidden: map[corpus.Lang][]string{"en": {"olive pickers"}},
			Definitions: []vocab.Note{{Lang: "en", Text: "The picking.", Source: "me"}}, Scope: []vocab.Note{{Lang: "en", Text: "Not the pressing."}},
			Notation: "7", Broader: []corpus.ConceptID{"topic/seasonal-work"}, Related: []corpus.ConceptID{"topic/olive-harvest-2"},
			Exact: []string{"https://example.org/t/1", "http://eurovoc.europa.eu/1"}, Close: []string{"http://eurovoc.europa.eu/2"}, Line: 6,
		},
		{ID: "topic/olive-harvest-2", Labels: map[corpus.Lang]string{"en": "olive harvest"}, Exact: []string{"https://example.org/t/2"}, Line: 16},
		{ID: "topic/three", Labels: map[corpus.Lang]string{"ar": "قطف"}, Broader: []corpus.ConceptID{"topic/olive-harvest-2"}, Line: 17},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestReadJSONLD(t *testing.T) {
	got, err := Read(JSONLD, []byte(`{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#", "pref": {"@id": "skos:prefLabel", "@container": "@language"},
		"broader": {"@id": "skos:broader", "@type": "@id"}},
		"@graph": [{"@id": "https://example.org/1", "@type": "skos:Concept", "pref": {"en": "olive harvest", "fr": "récolte des olives"}, "broader": "https://any.example/concept/topic/seasonal-work"},
		{"@id": "https://example.org/2", "skos:prefLabel": {"@value": "Return", "@language": "en"}, "skos:exactMatch": {"@id": "urn:marsa:concept/topic/return"}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []vocab.Entry{
		{ID: "topic/olive-harvest", Labels: map[corpus.Lang]string{"en": "olive harvest", "fr": "récolte des olives"}, Broader: []corpus.ConceptID{"topic/seasonal-work"}, Exact: []string{"https://example.org/1"}},
		{ID: "topic/return", Labels: map[corpus.Lang]string{"en": "Return"}, Exact: []string{"https://example.org/2"}},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

func TestRefused(t *testing.T) {
	const p = "@prefix s: <http://www.w3.org/2004/02/skos/core#> .\n"
	for name, c := range map[string]struct {
		f    Format
		text string
		says string
	}{
		"no end":          {Turtle, p + "<a> s:prefLabel \"x\"@en", `line 2: "." is missing`},
		"open text":       {Turtle, p + "<a> s:prefLabel \"x\n\" .", "line 2: a text does not end"},
		"open long text":  {Turtle, p + "<a> s:prefLabel \"\"\"x\n\" .", "line 2: a text does not end"},
		"open address":    {Turtle, p + "<a\n", "line 2: an address does not end"},
		"no prefix":       {Turtle, "x:a x:b x:c .", `line 1: the prefix "x:" is not declared`},
		"escape":          {Turtle, p + `<a> s:prefLabel "\q" .`, `\q is no escape`},
		"short escape":    {Turtle, p + `<a> s:prefLabel "\u12" .`, `\u is no escape`},
		"surrogate":       {Turtle, p + `<a> s:prefLabel "\uD800" .`, "is no character"},
		"deep":            {Turtle, p + "<a> s:x " + strings.Repeat("[ s:x ", 100), "more than 64 brackets"},
		"deep list":       {Turtle, p + "<a> s:x " + strings.Repeat("(", 100), "more than 64 brackets"},
		"not UTF-8":       {Turtle, "\xff", "is not UTF-8"},
		"no concept":      {Turtle, p + "<a> s:note \"x\" .", "no skos:Concept"},
		"no JSON":         {JSONLD, "{", "unexpected end of JSON input"},
		"two documents":   {JSONLD, "{} {}", "after top-level value"},
		"context outside": {JSONLD, `{"@context": "https://evil.example/c", "a": 1}`, "is elsewhere and is not fetched"},
		"deep JSON":       {JSONLD, strings.Repeat("[", 100) + strings.Repeat("]", 100), "more than 64 brackets"},
		"long label":      {Turtle, p + `<a> s:prefLabel "` + strings.Repeat("x", 400) + `" .`, "the limit is 300"},
	} {
		if _, err := Read(c.f, []byte(c.text)); !errors.Is(err, corpus.ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
	for _, f := range []Format{Turtle, JSONLD} {
		if _, err := Read(f, make([]byte, MaxSize+1)); !errors.Is(err, corpus.ErrTooLarge) {
			t.Errorf("a large file of %s: %v", f, err)
		}
	}
}

func builtIn(t testing.TB) []*vocab.Concept {
	t.Helper()
	v, err := vocab.Default()
	if err != nil {
		t.Fatal(err)
	}
	var all []*vocab.Concept
	for _, scheme := range []string{vocab.Country, vocab.Topic, vocab.Kind} {
		all = append(all, v.Concepts(scheme)...)
	}
	return all
}

// What is written is read again as it was, with sources and marks.
func TestRoundTrip(t *testing.T) {
	all := builtIn(t)
	byID := func(a, b vocab.Entry) int { return strings.Compare(string(a.ID), string(b.ID)) }
	var want []vocab.Entry
	for _, c := range all {
		want = append(want, vocab.EntryOf(c))
	}
	slices.SortFunc(want, byID)
	for _, f := range []Format{Turtle, JSONLD} {
		for _, base := range []string{"", "https://library.example/"} {
			var out bytes.Buffer
			if err := Write(&out, f, base, all); err != nil {
				t.Fatal(err)
			}
			got, err := Read(f, out.Bytes())
			if err != nil {
				t.Fatalf("%s with base %q: %v", f, base, err)
			}
			slices.SortFunc(got, byID)
			opts := []cmp.Option{
				cmpopts.EquateEmpty(), cmpopts.IgnoreFields(vocab.Entry{}, "Line"), cmpopts.SortSlices(func(a, b string) bool { return a < b }),
				cmpopts.SortSlices(func(a, b corpus.ConceptID) bool { return a < b }), cmpopts.SortSlices(func(a, b corpus.Lang) bool { return a < b }),
				cmpopts.SortSlices(func(a, b vocab.Note) bool { return a.Text < b.Text }),
			}
			if diff := cmp.Diff(want, got, opts...); diff != "" {
				t.Fatalf("%s with base %q: %s", f, base, diff[:min(len(diff), 2000)])
			}
		}
	}
}

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]Format{"a/b.TTL": Turtle, "x.nt": Turtle, "x.json": JSONLD, "x.jsonld": JSONLD} {
		if got, err := FormatOf(name); got != want || err != nil {
			t.Errorf("FormatOf(%q) = %q, %v", name, got, err)
		}
	}
	if _, err := FormatOf("x.rdf"); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("RDF/XML: %v", err)
	}
}

// What is read from whatever bytes can be written, and is then read as the same.
func FuzzRead(f *testing.F) {
	f.Add([]byte(olives), false)
	f.Add([]byte(`{"@context":{"s":"http://www.w3.org/2004/02/skos/core#"},"@id":"http://a.example/1","s:prefLabel":{"@value":"x","@language":"en"}}`), true)
	f.Add([]byte("@prefix : <http://www.w3.org/2004/02/skos/core#> .\n<a> a :Concept ; :prefLabel '''x'''@en ."), false)
	f.Add([]byte(`[{"@list":[{"@id":"_:a"}]},{"@graph":[],"@reverse":{"x:y":{"@id":"x:z"}}}]`), true)
	f.Fuzz(func(t *testing.T, data []byte, jsonld bool) {
		format := Turtle
		if jsonld {
			format = JSONLD
		}
		entries, err := Read(format, data)
		if err != nil {
			if !errors.Is(err, corpus.ErrInvalid) && !errors.Is(err, corpus.ErrTooLarge) {
				t.Fatalf("error without a kind: %v", err)
			}
			return
		}
		file, err := vocab.WriteEntries(entries)
		if err != nil {
			t.Fatal(err)
		}
		again, err := vocab.ReadEntries("again.yaml", file)
		if err != nil {
			t.Fatalf("what was read cannot be read again: %v\n%s", err, file)
		}
		if diff := cmp.Diff(entries, again, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(vocab.Entry{}, "Line")); diff != "" {
			t.Fatal(diff)
		}
	})
}
