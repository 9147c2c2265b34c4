package main

import (
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

// Each label that the glossaries print is the label of a concept, in the
// language of its column, and is not marked unverified in the vocabulary.
func TestGlossaryPrintsVerifiedLabels(t *testing.T) {
	v, err := vocab.Default()
	if err != nil {
		t.Fatal(err)
	}
	verified := map[corpus.Lang]map[string]bool{"en": {}, "fr": {}, "ar": {}}
	for _, c := range v.Concepts("topic") {
		for l, labels := range verified {
			if !c.Marked[l] {
				labels[strings.ReplaceAll(c.Pref[l], "'", "’")] = true
			}
		}
	}
	columns := map[corpus.Lang][]corpus.Lang{"en": {"en", "fr", "ar"}, "fr": {"fr", "en", "ar"}, "ar": {"ar", "en", "fr"}}
	rows := 0
	for _, x := range texts(t) {
		if x.Work != "glossary-migration" {
			continue
		}
		for line := range strings.Lines(x.Body) {
			cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
			if !strings.HasPrefix(line, "| ") || !strings.Contains(line, "[@") {
				continue
			}
			langs := columns[x.Lang()]
			if len(cells) == 2 && x.Lang() == "ar" { // the last table, of terms without Arabic
				langs = langs[1:]
			}
			rows++
			for i := range min(len(cells), 3) {
				label, _, _ := strings.Cut(cells[i], "[@")
				label = strings.TrimSpace(label)
				if i < len(langs) && !verified[langs[i]][label] {
					t.Errorf("%s: %q is no verified label in %s", x.ID, label, langs[i])
				}
			}
		}
	}
	if rows < 3*60 {
		t.Errorf("%d rows in three languages, want 180 or more", rows)
	}
}
