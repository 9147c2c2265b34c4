package search

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index"
)

func TestSuggest(t *testing.T) {
	e := &engine{result: index.Result{Hits: []index.Hit{{Work: "dw", Documents: []corpus.ID{"dw-en"}}, {Work: "gone", Documents: []corpus.ID{"removed-a-moment-ago"}}}}}
	s := newService(t, e)
	for _, c := range []struct {
		typed string
		lang  corpus.Lang
		want  string // the first, without titles
		kind  string
	}{
		{"domestic wo", "en", "domestic work", "topic"},
		{"Domestic Wo", "en", "domestic work", "topic"},
		{"travail dom", "fr", "travail domestique", "topic"},
		{"travail dom", "en", "travail domestique (domestic work)", "topic"},
		{"leb", "en", "Lebanon", "country"},
		{"lib", "fr", "Liban", "country"},
		{"egypte", "fr", "Égypte", "country"},
		{"الأرد", "ar", "الأردن", "country"},
		{"ارد", "ar", "الأردن", "country"},
		{"المغر", "fr", "المغرب (Maroc)", "country"},
		// the last words of a query
		{"contracts of domestic wor", "en", "contracts of domestic work", "topic"},
		{"visa leb", "en", "visa Lebanon", "country"},
		{"droit au lib", "fr", "droit au Liban", "country"},
		{"l'asil", "fr", "l'asile", "topic"},
		// a word inside
		{"trafficking in hum", "en", "trafficking in human beings", "topic"},
		// typed as it is meant
		{`"domestic wor`, "en", "", ""},
		{"title:leb", "en", "", ""},
		{"leb*", "en", "", ""},
		{"l", "en", "", ""},
		{"", "en", "", ""},
		{"xyzzy", "en", "", ""},
		{"leb\x00\xff", "en", "Lebanon", "country"},
	} {
		got, err := s.Suggest(t.Context(), c.typed, c.lang)
		if err != nil {
			t.Fatal(err)
		}
		first, kind := "", ""
		if len(got) > 0 && got[0].Kind != KindTitle {
			first, kind = got[0].Text, got[0].Kind
			if got[0].Meaning != "" {
				first += " (" + got[0].Meaning + ")"
			}
		}
		if first != c.want || kind != c.kind {
			t.Errorf("%q in %q: %q (%s), want %q (%s)", c.typed, c.lang, first, kind, c.want, c.kind)
		}
		if len(got) > maxCompletions+maxTitles {
			t.Errorf("%q: %d suggestions", c.typed, len(got))
		}
	}
}

func TestSuggestTitles(t *testing.T) {
	e := &engine{result: index.Result{Hits: []index.Hit{{Work: "dw", Documents: []corpus.ID{"dw-en"}}, {Work: "gone", Documents: []corpus.ID{"removed-a-moment-ago"}}}}}
	s := newService(t, e)
	got, err := s.Suggest(t.Context(), "Household domes", "fr")
	if err != nil {
		t.Fatal(err)
	}
	want := Completion{Kind: KindTitle, Text: "Domestic work", Label: "Domestic work", Language: "en", Document: "dw-en"}
	if diff := cmp.Diff(want, got[len(got)-1]); diff != "" {
		t.Errorf("the last (-want +got):\n%s", diff)
	}
	match := index.Clause(index.All{index.In{Field: index.InTitle, Clause: index.All{index.Word{Text: "Household"}, index.Prefix{Text: "domes"}}}})
	if diff := cmp.Diff(match, e.asked.Match); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	e.asked = nil
	for _, typed := range []string{"ab", "", "…", strings.Repeat("many words ", 10)} {
		if _, err := s.Suggest(t.Context(), typed, "en"); err != nil || e.asked != nil {
			t.Errorf("%q: asked %+v, %v", typed, e.asked, err)
		}
	}
	if _, err := s.Suggest(t.Context(), strings.Repeat("a", MaxText+1), "en"); !errors.Is(err, corpus.ErrTooLarge) {
		t.Errorf("a long text: %v", err)
	}
}

// FuzzSuggest: what is suggested goes on from what was typed.
func FuzzSuggest(f *testing.F) {
	s := newService(f, &engine{})
	for _, typed := range []string{"contracts of domestic wor", "l'asil", `"a`, "ارد", "\xff leb"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if len(typed) > MaxText {
			return
		}
		got, err := s.Suggest(t.Context(), typed, "en")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range got {
			if c.Text == "" || !strings.HasSuffix(c.Text, c.Label) {
				t.Errorf("%q for %q", c.Text, typed)
			}
		}
	})
}
