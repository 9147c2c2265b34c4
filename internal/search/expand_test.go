package search

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/index"
)

// TestConceptsOfAQuery: which words of a query are searched by their other
// labels too.
func TestConceptsOfAQuery(t *testing.T) {
	s := newService(t, &engine{})
	for _, c := range []struct {
		query string
		want  string // concepts with the words that name them
	}{
		{"domestic workers", "topic/domestic-work(domestic workers)"},
		{"Travailleuses domestiques", "topic/domestic-work(Travailleuses domestiques)"},
		{"عمال المنازل", "topic/domestic-work(عمال المنازل)"},
		{"contracts of domestic workers in Lebanon", "topic/domestic-work(domestic workers) country/lb(Lebanon)"},
		{"l’immigration au Maroc", "topic/immigration(l’immigration) country/ma(Maroc)"},
		{"Morocco's laws", "country/ma(Morocco's)"},
		{"travailleurs marocains", "country/ma(marocains)"},
		// the longest label
		{"convention on domestic workers", "topic/domestic-work(domestic workers)"},
		{"migrant domestic workers", "topic/domestic-work(migrant domestic workers)"},
		{"readmission agreement", "topic/readmission-agreement(readmission agreement)"},
		// each alternative
		{"liban OR jordanie", "country/lb(liban) country/jo(jordanie)"},
		{"(domestic workers OR housemaids) permit", "topic/domestic-work(domestic workers) topic/domestic-work(housemaids)"},
		// what is asked for exactly is not
		{`"domestic workers"`, ""},
		{`"domestic workers" Lebanon`, "country/lb(Lebanon)"},
		{`"domestic workers"~3`, ""},
		{"lebano*", ""},
		{"leganon~", ""},
		{"title:remittances", ""},
		{"country:lb", ""},
		{"permit -Lebanon", ""},
		{"permit NOT (Lebanon OR Jordan)", ""},
		// words that do not stand side by side
		{`domestic "and" workers`, ""},
		{"domestic, workers", ""},
		{"domestic (workers OR cooks)", ""},
		// a kind of document is no subject
		{"study", ""},
		// unclear labels: alone in a library on migration, by a word beside them, or not
		{"asylum", "topic/asylum(asylum)"},
		{"asile en Tunisie", "topic/asylum(asile) country/tn(Tunisie)"},
		{"migration of data", ""},
		{"the resettlement of villages", ""},
		{"resettlement of many refugees", "topic/resettlement(resettlement) topic/refugee(refugees)"},
		{"the resettlement of refugees", "topic/resettlement(resettlement of refugees)"},
		{"Jordan", "country/jo(Jordan)"},
		// countries whose name has other meanings are meant,
		{"how long may a worker stay in Jordan", "country/jo(Jordan)"},
		{"كم سنة سجنا في الجزائر", "country/dz(الجزائر)"},
		// but not words that are seldom a country's name, beside any other concept
		{"دعم مالي وطالب لجوء", "topic/asylum-seeker(وطالب لجوء)"},
		{"طالب لجوء في عمّان", "topic/asylum-seeker(طالب لجوء)"},
		// two concepts with one label
		{"kafala", ""},
		{"kafala worker", "topic/kafala(kafala)"},
		{"", ""},
	} {
		var got []string
		for _, e := range s.read(&Request{Text: c.query}).expansions {
			if e.Concept != "" {
				got = append(got, fmt.Sprintf("%s(%s)", e.Concept, e.Typed))
			}
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.query, diff)
		}
	}
}

// TestLabelsAlsoSearched: preferred labels in all languages first; neither what
// was typed, nor plurals, nor labels that mean other things too.
func TestLabelsAlsoSearched(t *testing.T) {
	s := newService(t, &engine{})
	read := s.read(&Request{Text: "domestic workers"})
	if len(read.expansions) != 1 {
		t.Fatalf("%+v", read.expansions)
	}
	e := read.expansions[0]
	first := []Label{{"domestic work", "en"}, {"travail domestique", "fr"}, {"العمل المنزلي", "ar"}, {"trabajo doméstico", "es"}, {"lavoro domestico", "it"}}
	if diff := cmp.Diff(first, e.Labels[:5]); diff != "" {
		t.Errorf("first labels (-want +got):\n%s", diff)
	}
	all := map[string]bool{}
	for _, l := range e.Labels {
		all[l.Text] = true
	}
	for label, want := range map[string]bool{
		"travailleuse domestique": true, "travailleuses domestiques": false, "عمال المنازل": true,
		"housemaid": true, "housemaids": false, "domestic worker": false, "MDW": false,
	} {
		if all[label] != want {
			t.Errorf("%s is searched: %v, want %v", label, all[label], want)
		}
	}
	c := read.match.(index.All)[0].(index.Concept)
	if diff := cmp.Diff([]index.Word{{Text: "domestic"}, {Text: "workers"}}, c.Words); diff != "" {
		t.Errorf("words (-want +got):\n%s", diff)
	}
	if len(c.Labels) != len(e.Labels) || c.Labels[1] != (index.Label{Text: "travail domestique", Lang: "fr"}) {
		t.Errorf("labels of the clause %+v", c.Labels)
	}
}

func TestExpansionIsTakenBack(t *testing.T) {
	s := newService(t, &engine{})
	e := s.read(&Request{Text: "Liban", No: []string{"lebanon", "لبنان", "not a label"}}).expansions[0]
	if diff := cmp.Diff([]Label{{"Lebanon", "en"}, {"لبنان", "ar"}}, e.Removed); diff != "" {
		t.Errorf("taken away (-want +got):\n%s", diff)
	}
	for _, l := range e.Labels {
		if l.Text == "Lebanon" || l.Text == "لبنان" {
			t.Errorf("%s is still searched", l.Text)
		}
	}
	read := s.read(&Request{Text: "Liban domestic workers", Plain: true})
	if diff := cmp.Diff(index.Clause(wordList("Liban", "domestic", "workers")), read.match); diff != "" || read.expansions != nil {
		t.Errorf("switched off: %+v (-want +got):\n%s", read.expansions, diff)
	}
}

// FuzzExpansion: whatever is typed, what is asked is in bounds, and no word of it
// is lost.
func FuzzExpansion(f *testing.F) {
	v := newService(f, &engine{})
	for _, text := range []string{"domestic workers Lebanon", "l'immigration OR عمال المنازل -maroc", strings.Repeat("Lebanon asylum ", 60), "work\x00 permit \xff", "Jordan’s", "\u202easile"} {
		f.Add(text, "asile")
	}
	f.Fuzz(func(t *testing.T, text, no string) {
		r := Request{Text: text, No: []string{no}}
		if len(text) > MaxText || r.check() != nil {
			return
		}
		read := v.read(&r)
		words, patterns, labels := 0, 0, 0
		bounded(t, read.match, 1, &words, &patterns)
		for _, e := range read.expansions {
			labels += len(e.Labels)
			if !strings.Contains(validUTF8(text), e.Typed) || e.Typed == "" {
				t.Errorf("%q was not typed", e.Typed)
			}
		}
		if len(read.expansions) > maxConcepts+maxEveryday || labels+maxJoined > index.MaxLabels {
			t.Errorf("%d concepts, %d labels", len(read.expansions), labels)
		}
		r.Plain = true
		plain := 0
		bounded(t, v.read(&r).match, 1, &plain, &patterns)
		if plain != words {
			t.Errorf("%d words, %d without concepts", words, plain)
		}
	})
}
