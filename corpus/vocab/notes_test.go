package vocab

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

func TestNotesAndLinks(t *testing.T) {
	v := builtIn(t)
	c, _ := v.Concept("topic/circular-migration")
	if got := In(c.Definitions, "fr"); len(got) != 1 || !strings.HasPrefix(got[0].Text, "Migration légale répétée") || !strings.Contains(got[0].Source, "<https://") {
		t.Errorf("definition in French: %+v", got)
	}
	if got := In(c.Definitions, "de"); len(got) != 1 || got[0].Lang != "en" {
		t.Errorf("definition for a reader of German: %+v", got)
	}
	if diff := cmp.Diff([]string{"http://eurovoc.europa.eu/c_977a9fe5"}, c.Exact); diff != "" {
		t.Error(diff)
	}
	morocco, _ := v.Concept("country/ma")
	if morocco.Notation != "MA" || !slices.Contains(morocco.Hidden["fr"], "marocaine") {
		t.Errorf("Morocco has notation %q and hidden labels %v", morocco.Notation, morocco.Hidden)
	}
}

// What is said in one language of the pages is said in all three.
func TestNotesAreInAllLanguages(t *testing.T) {
	v := builtIn(t)
	for id, c := range v.byID {
		for kind, notes := range map[string][]Note{"definition": c.Definitions, "scope": c.Scope, "note": c.Notes} {
			for _, l := range languages[:required] {
				if n := len(inOnly(notes, l)); n != len(notes)/required {
					t.Errorf("%s has %d of %d texts of kind %s in %s", id, n, len(notes)/required, kind, l)
				}
			}
		}
	}
}

// SKOS: related is symmetric, and no concept is related to one above or below it.
func TestRelated(t *testing.T) {
	v := builtIn(t)
	for id, c := range v.byID {
		for _, r := range c.Related {
			other, _ := v.Concept(r)
			if !slices.Contains(other.Related, id) {
				t.Errorf("%s is related to %s, but not the other way", id, r)
			}
			if slices.Contains(v.Ancestors(id), r) || slices.Contains(v.Ancestors(r), id) {
				t.Errorf("%s is related to %s, which stands above or below it", id, r)
			}
		}
	}
}

func TestNotesAndLinksRefuse(t *testing.T) {
	const notesHead, linksHead = "concept id\tkind\tlanguage\ttext\tsource\n", "concept id\trelation\ttarget\tsource\n"
	for name, c := range map[string]struct{ file, text, says string }{
		"note on nothing":    {"notes.tsv", notesHead + "topic/zz\tscope\ten\tx\tx\n", `notes.tsv:2: concept "topic/zz" is unknown`},
		"kind":               {"notes.tsv", notesHead + "topic/asylum\tjoke\ten\tx\tx\n", `notes.tsv:2: kind "joke" is unknown`},
		"without source":     {"notes.tsv", notesHead + "topic/asylum\tscope\ten\tx\t\n", "notes.tsv:2: language, text and source"},
		"related to nothing": {"links.tsv", linksHead + "topic/asylum\trelated\ttopic/zz\tx\n", `links.tsv:2: related concept "topic/zz" is unknown`},
		"related to itself":  {"links.tsv", linksHead + "topic/asylum\trelated\ttopic/asylum\tx\n", "links.tsv:2: related concept"},
		"relation":           {"links.tsv", linksHead + "topic/asylum\tnear\tx\tx\n", `links.tsv:2: relation "near" is unknown`},
		"address":            {"links.tsv", linksHead + "topic/asylum\texact\tjavascript:x\tx\n", `links.tsv:2: "javascript:x" is no web address`},
	} {
		_, err := Load(files(map[string]string{c.file: c.text}))
		if !errors.Is(err, corpus.ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %q", name, err, c.says)
		}
	}
}
