package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/ingest"
)

func TestRecordNamesConceptsByTheirLabels(t *testing.T) {
	v, err := vocab.Default()
	if err != nil {
		t.Fatal(err)
	}
	l := newLibrary(t)
	l.Vocabulary = v
	l.write("a.txt", "A text.")
	l.write("a.txt.yaml", "id: a\nkind: étude\ncountry: Lebanon\ntags: [travail domestique, jo, الهجرة, nonsense label]\n")
	it := l.run(ingest.Options{})["a.txt"]
	d, err := l.Catalog.Document("a")
	if err != nil {
		t.Fatalf("%v: %+v", err, it)
	}
	got := map[corpus.ConceptID]bool{}
	for _, tag := range d.Tags {
		got[tag.Concept] = true
	}
	want := map[corpus.ConceptID]bool{"country/lb": true, "country/jo": true, "topic/domestic-work": true, "topic/migration": true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	if d.Kind != "study" || d.Source["kind"] != corpus.FromRecord {
		t.Errorf("kind %q from %q", d.Kind, d.Source["kind"])
	}
	if len(it.Warnings) != 1 {
		t.Errorf("warnings %q, want one on the label that nobody knows", it.Warnings)
	}
}
