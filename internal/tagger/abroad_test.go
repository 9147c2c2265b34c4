package tagger

import (
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
)

func TestNationalsAbroadAreTheDiaspora(t *testing.T) {
	g := builtIn(t)
	for _, c := range []struct {
		l    corpus.Lang
		text string
		want bool
	}{
		{"en", "Moroccans who go to work abroad are registered.", true},
		{"en", "The law is on the emigration of Egyptians and their welfare abroad.", true},
		{"fr", "La loi porte sur l’émigration des Égyptiens et leur protection à l’étranger.", true},
		{"ar", "ينظم القانون سفر السوريين وإقامتهم في الخارج.", true},
		{"en", "The Moroccan bank has branches abroad.", false},
		{"en", "Moroccans vote. The fleet is abroad.", false},
		{"en", "Moroccans vote in June.", false},
	} {
		d := g.read(entry(c.l, "A note", c.text+"\n"))
		got := slices.ContainsFunc(d.mentions, func(m mention) bool { return m.concept.ID == diaspora && m.counts() })
		if got != c.want {
			t.Errorf("%q: %v", c.text, got)
		}
	}
	long := "Moroccans " + strings.Repeat("ا", abroadWithin)
	if n := cutRunes(long, abroadWithin); !strings.HasPrefix(long, long[:n]) || n > abroadWithin {
		t.Errorf("cut at %d", n)
	}
}
