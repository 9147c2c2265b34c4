package main

import (
	"strings"
	"testing"

	"marsa/internal/fold"
)

// mostAlike is the largest share of the stretches of five words of one text that
// may stand in a text of another work too.
const mostAlike = 0.30

// TestWorksAreNotAlike compares every two texts in one language that are not
// versions of one work, their lists of sources left out.
func TestWorksAreNotAlike(t *testing.T) {
	all := texts(t)
	stretches := make([]map[string]bool, len(all))
	for i, x := range all {
		stretches[i] = fives(x.Body)
	}
	for i, a := range all {
		for k, b := range all {
			if i == k || a.Work == b.Work || a.Lang() != b.Lang() {
				continue
			}
			if s := shared(stretches[i], stretches[k]); s > mostAlike {
				t.Errorf("%s: %.0f %% of it stands in %s too", a.ID, 100*s, b.ID)
			}
		}
	}
}

// fives returns the stretches of five folded words of a text.
func fives(text string) map[string]bool {
	var ws []string
	for w := range fold.Words(text) {
		ws = append(ws, fold.Term(text[w.Start:w.End]))
	}
	set := map[string]bool{}
	for i := 0; i+5 <= len(ws); i++ {
		set[strings.Join(ws[i:i+5], " ")] = true
	}
	return set
}

// shared returns the share of a that is in b too.
func shared(a, b map[string]bool) float64 {
	n := 0
	for s := range a {
		if b[s] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(a)))
}
