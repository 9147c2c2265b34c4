package tagger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
)

func TestPublisher(t *testing.T) {
	g := builtIn(t)
	for _, c := range []struct {
		l         corpus.Lang
		publisher string
		from      corpus.Provenance
		want      string
	}{
		{"en", "Ministry of Labour, Jordan", corpus.FromRecord, "jo 0.9"},
		{"en", "Government of Spain", corpus.FromRecord, "es 0.9"},
		{"en", "Government of Spain", corpus.FromGuess, "es 0.45"},
		{"en", "Moroccan Ministry of Interior", corpus.FromRecord, "ma 0.7"},
		{"en", "Italian Development Cooperation", corpus.FromRecord, "it 0.7"},
		{"en", "German University of Technology in Oman", corpus.FromRecord, "de 0.7; om 0.9"},
		{"en", "Embassy of Spain in Morocco", corpus.FromRecord, "es 0.9"},
		{"en", "Delegation of the European Union to Egypt", corpus.FromRecord, ""},
		{"en", "International Organization for Migration", corpus.FromRecord, ""},
		{"en", "Network of Algeria, Egypt and Tunisia", corpus.FromRecord, ""},
		{"en", "", corpus.FromRecord, ""},
		{"fr", "Ministère tunisien des Affaires sociales", corpus.FromRecord, "tn 0.7"},
		{"fr", "Haut-Commissariat au Plan, Maroc", corpus.FromRecord, "ma 0.9"},
		{"fr", "Office des Tunisiens à l’étranger", corpus.FromRecord, "tn 0.7"},
		{"ar", "وزارة العمل، الأردن", corpus.FromRecord, "jo 0.9"},
		{"ar", "الجريدة الرسمية للجمهورية التونسية", corpus.FromRecord, "tn 0.9"},
		{"ar", "بعثة الاتحاد الأوروبي لدى لبنان", corpus.FromRecord, ""},
	} {
		e := entry(c.l, "", "A page.", "Published by\n"+c.publisher+"\n")
		e.Publisher, e.Source = c.publisher, map[string]corpus.Provenance{"publisher": c.from}
		var got []string
		for _, tag := range g.Tag(e) {
			if tag.Role != corpus.PublishedBy {
				continue
			}
			got = append(got, fmt.Sprintf("%s %v", strings.TrimPrefix(string(tag.Concept), "country/"), tag.Weight))
			if len(tag.Evidence) != 1 || e.Pages[1].Text[tag.Evidence[0].Start:tag.Evidence[0].End] != c.publisher || tag.Evidence[0].Page != 2 {
				t.Errorf("%s: evidence %v", c.publisher, tag.Evidence)
			}
		}
		slices.Sort(got)
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %q, want %q", c.publisher, s, c.want)
		}
	}
}
