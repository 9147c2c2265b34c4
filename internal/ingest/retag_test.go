package ingest_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/ingest"
)

// words tags a document with the concepts whose word it has.
type words map[string]corpus.ConceptID

func (w words) Tag(e *corpus.Entry, _ ...corpus.ConceptID) []corpus.Tag {
	var tags []corpus.Tag
	for _, word := range slices.Sorted(maps.Keys(w)) {
		id := w[word]
		if at := strings.Index(e.Pages[0].Text, word); at >= 0 {
			tags = append(tags, corpus.Tag{Concept: id, Role: corpus.About, Weight: 0.5, By: corpus.ByRule, Evidence: []corpus.Span{{Page: 1, Start: at, End: at + len(word)}}})
		}
	}
	return tags
}

func (w words) Kind(e *corpus.Entry) (corpus.Kind, bool) {
	_, ok := w["study"]
	return "study", ok
}

func TestRetag(t *testing.T) {
	l := newLibrary(t)
	l.Tagger = words{"olive": "topic/olives"}
	l.write("a.txt", "an olive and a visa")
	l.write("a.txt.yaml", "topics: [asylum]\n")
	l.write("b.txt", "nothing of the kind")
	items := l.run(ingest.Options{})
	a, b := items["a.txt"].ID, items["b.txt"].ID
	before, err := l.Catalog.Document(b)
	if err != nil {
		t.Fatal(err)
	}

	l.Tagger = words{"visa": "topic/visa", "olive": "topic/olives", "asylum": "topic/asylum"}
	if n, err := l.Retag(t.Context()); n != 1 || err != nil {
		t.Errorf("Retag = %d, %v; one document has another tag", n, err)
	}
	l.checkIndex()
	d, err := l.Catalog.Document(a)
	if err != nil {
		t.Fatal(err)
	}
	tags := map[corpus.ConceptID]string{}
	for _, tag := range d.Tags {
		tags[tag.Concept] = tag.By
	}
	if diff := cmp.Diff(map[corpus.ConceptID]string{"topic/asylum": corpus.ByRecord, "topic/visa": corpus.ByRule, "topic/olives": corpus.ByRule}, tags); diff != "" {
		t.Error(diff)
	}
	if after, err := l.Catalog.Document(b); err != nil || after.Rev != before.Rev {
		t.Errorf("a document with the same tags has changed: %v", err)
	}
	if n, err := l.Retag(t.Context()); n != 0 || err != nil {
		t.Errorf("a second time: %d, %v", n, err)
	}

	l.Tagger = words{"study": "topic/study"}
	if n, err := l.Retag(t.Context()); n != 2 || err != nil {
		t.Errorf("with a kind for all: %d, %v", n, err)
	}
	if d, err = l.Catalog.Document(a); err != nil || d.Kind != "study" || d.Source["kind"] != corpus.FromGuess || len(d.Tags) != 1 {
		t.Errorf("kind %q from %q, tags %v, %v", d.Kind, d.Source["kind"], d.Tags, err)
	}
	l.checkIndex()
	l.want(ingest.Options{}, map[string]ingest.Outcome{"a.txt": ingest.Unchanged, "b.txt": ingest.Unchanged})
}
