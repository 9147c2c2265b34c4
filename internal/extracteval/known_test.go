package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// bar is what a file must reach at least, as shares of the words it holds.
type bar struct{ recall, order float64 }

// goal is the bar.
var goal = bar{.995, .98}

// TestKnownText holds how well the set of known texts is read; its README says
// what it is.
func TestKnownText(t *testing.T) {
	f, err := measure(t.Context(), filepath.Join("testdata", "udhr"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.docs) < 37 {
		t.Errorf("%d files; the set has 37", len(f.docs))
	}
	for _, d := range f.docs {
		name := strings.TrimSuffix(d.name, ".pdf")
		if d.err != nil || d.known == nil {
			t.Errorf("%s: %v, known text: %v", name, d.err, d.known != nil)
			continue
		}
		s, ordered := against(d.words(), d.known)
		if got := (bar{s.recall(), share(ordered, s.wanted)}); got.recall < goal.recall || got.order < goal.order {
			t.Errorf("%s: recall %.4f, order %.4f; want %.3f and %.3f", name, got.recall, got.order, goal.recall, goal.order)
		}
	}
}
