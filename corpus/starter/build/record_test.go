package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/corpus/starter"
	"marsa/corpus/vocab"
	"marsa/internal/harvest"
)

func TestRecordsAreInTheVocabulary(t *testing.T) {
	v, err := vocab.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range texts(t) {
		ids := []corpus.ConceptID{corpus.ConceptID("kind/" + x.Kind)}
		for _, c := range x.Countries {
			ids = append(ids, corpus.ConceptID("country/"+c))
		}
		for _, c := range x.Topics {
			ids = append(ids, corpus.ConceptID("topic/"+c))
		}
		for _, id := range ids {
			if _, ok := v.Concept(id); !ok {
				t.Errorf("%s: %s is not in the vocabulary", x.ID, id)
			}
		}
	}
}

// What is taken in has the record that was written.
func TestHarvestReadsEveryRecord(t *testing.T) {
	want := map[string]*Text{}
	for _, x := range texts(t) {
		want[x.File()] = x
	}
	for item, err := range harvest.FS(starter.FS(), "starter").Items(t.Context(), time.Time{}) {
		if err != nil {
			t.Errorf("%s: %v", item.URL, err)
			continue
		}
		x := want[item.Name]
		delete(want, item.Name)
		switch {
		case x == nil:
			t.Errorf("%s is no file of a text", item.Name)
		case item.Meta == nil:
			t.Errorf("%s has no record", item.Name)
		default:
			got := []any{item.Meta.ID, item.Meta.Work, plain(item.Meta.Title), item.Meta.Kind, item.Meta.Languages, item.Meta.Issued}
			if d := cmp.Diff([]any{x.ID, x.Work, plain(x.Title), x.Kind, x.Languages, x.Issued}, got); d != "" {
				t.Errorf("%s (-text +record):\n%s", item.Name, d)
			}
		}
	}
	for name := range want {
		t.Errorf("%s is not given", name)
	}
}

// plain has ordinary spaces where French puts no-break ones.
func plain(title string) string { return strings.Join(strings.Fields(title), " ") }
