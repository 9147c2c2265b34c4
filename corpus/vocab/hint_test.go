package vocab

import (
	"slices"
	"testing"

	"marsa/corpus"
)

// A label that a rule gives to a concept beside the one that it names is found in
// texts; it is no name of that concept.
func TestHints(t *testing.T) {
	v := builtIn(t)
	for _, c := range []struct {
		lang  corpus.Lang
		label string
		names corpus.ConceptID // "" when it names none
		also  corpus.ConceptID
	}{
		{"fr", "travailleuses domestiques", "topic/domestic-work", "topic/women-migrants"},
		{"en", "trafficking and smuggling", "topic/trafficking-and-smuggling", "topic/smuggling-of-migrants"},
		{"ar", "مكاتب الاستقدام", "topic/private-employment-agency", "topic/labour-recruitment"},
		{"en", "institutions", "", "topic/institutions"},
	} {
		var found []corpus.ConceptID
		for m := range v.Mentions(c.label, c.lang) {
			found = append(found, m.Concept)
		}
		if !slices.Contains(found, c.also) || c.names != "" && !slices.Contains(found, c.names) {
			t.Errorf("%s: found are %v", c.label, found)
		}
		for _, x := range v.Lookup(c.label) {
			if x.ID == c.also {
				t.Errorf("%s is looked up as %s", c.label, x.ID)
			}
		}
		if x, _ := v.Concept(c.also); slices.Contains(x.Alt[c.lang], c.label) {
			t.Errorf("%s is a name of %s", c.label, x.ID)
		}
	}
}
