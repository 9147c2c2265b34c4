package tagger

import (
	"strings"
	"testing"
)

func TestTopicsNamedByTheWay(t *testing.T) {
	g := builtIn(t)
	for name, c := range map[string]struct {
		title, text, topic, want string
	}{
		"passports in a text on housework": {
			"Domestic workers", "Passports\n\nThe employer keeps the passport. Without a passport the domestic worker stays. A passport costs money. " + strings.Repeat(filler, 20), "border-management", "",
		},
		"migrants who have rights": {
			"The rights of migrants", "Migrants may join a union. A migrant may appeal. Migrants pay taxes. " + strings.Repeat(filler, 20), "migration", "",
		},
		"a text on passports": {
			"Travel documents of migrants", strings.Repeat("A travel document of a migrant has a chip. ", 8) + filler, "travel-document", RuleTitle,
		},
		"countries of origin and an own word of the subject": {
			"A note", strings.Repeat("International migration is counted in the country of origin. ", 4), "migration", RuleFrequent,
		},
	} {
		if got := rule(g.Tag(entry("en", c.title, c.text)), c.topic); got != c.want {
			t.Errorf("%s: %s by %q, want %q", name, c.topic, got, c.want)
		}
	}
}
