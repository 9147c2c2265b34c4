package catalog

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

func TestQuality(t *testing.T) {
	c := openTemp(t)
	put(t, c, "guide-fr", "one", "file:///a/guide.pdf") // its second page is a scan
	r, err := c.Quality(corpus.QualityFilter{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	d, err := c.Document("guide-fr")
	if err != nil {
		t.Fatal(err)
	}
	want := []corpus.DoubtfulDocument{{
		ID: "guide-fr", Title: d.Title, Lang: d.Lang, State: d.State, Format: d.Original.Format(), NumPages: d.NumPages,
		Runs: []corpus.PageRun{{From: 2, To: 2, Label: "ii", State: corpus.Scan, Reason: "scan"}},
	}}
	if diff := cmp.Diff(want, r.Documents); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	if r.Library[d.State] != 1 || r.Total != 1 {
		t.Errorf("library %v, total %d", r.Library, r.Total)
	}
}
