package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"marsa/index"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		query string
		want  index.Clause
		notes []Note
	}{
		{"", nil, nil},
		{"  ,;  …", nil, nil},
		{"domestic workers", index.All{index.Word{Text: "domestic"}, index.Word{Text: "workers"}}, nil},
		{"migration,asile", index.All{index.Word{Text: "migration"}, index.Word{Text: "asile"}}, nil},
		{"l’homme 08-11 2003/86", index.All{index.Word{Text: "l’homme"}, index.Word{Text: "08-11"}, index.Word{Text: "2003/86"}}, nil},
		{`"the right of return"`, index.All{index.Phrase{Text: "the right of return"}}, nil},
		{"«droit d’asile» loi", index.All{index.Phrase{Text: "droit d’asile"}, index.Word{Text: "loi"}}, nil},
		{"“عمال المنازل” لبنان", index.All{index.Phrase{Text: "عمال المنازل"}, index.Word{Text: "لبنان"}}, nil},
		{"هجرة، لجوء؟", index.All{index.Word{Text: "هجرة"}, index.Word{Text: "لجوء"}}, nil},
		{"asylum -children", index.All{index.Word{Text: "asylum"}, index.Not{Clause: index.Word{Text: "children"}}}, nil},
		{`asylum -"family reunification"`, index.All{index.Word{Text: "asylum"}, index.Not{Clause: index.Phrase{Text: "family reunification"}}}, nil},
		{"asylum - children", index.All{index.Word{Text: "asylum"}, index.Word{Text: "children"}}, nil},
		{`work "permit for`, index.All{index.Word{Text: "work"}, index.Word{Text: "permit"}, index.Word{Text: "for"}},
			[]Note{{Key: NoteUnclosedQuote, At: 5}}},
		{`""`, nil, nil},
		{"a\x00b\xff", index.All{index.Word{Text: "a"}, index.Word{Text: "b"}}, nil},
		{strings.Repeat("w ", 70), words(64), []Note{{Key: NoteWordsCut, At: 128, Arg: "64"}}},
	} {
		_, notes := parse(c.query)
		if diff := cmp.Diff(c.want, Clause(c.query)); diff != "" {
			t.Errorf("clause of %q (-want +got):\n%s", c.query, diff)
		}
		if diff := cmp.Diff(c.notes, notes); diff != "" {
			t.Errorf("notes of %q (-want +got):\n%s", c.query, diff)
		}
	}
}

func words(n int) index.All {
	var all index.All
	for range n {
		all = append(all, index.Word{Text: "w"})
	}
	return all
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`a "b c" -d`, "«x» “y", "-", `--"`, "\xff\"", "(a OR b)~5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		terms, notes := parse(query)
		if len(terms) > index.MaxWords {
			t.Fatalf("%d terms", len(terms))
		}
		for _, x := range terms {
			if x.text == "" || !utf8.ValidString(x.text) {
				t.Fatalf("term %q of %q", x.text, query)
			}
		}
		for _, n := range notes {
			if n.At < 0 || n.At > len(strings.ToValidUTF8(query, " ")) {
				t.Fatalf("note %+v is outside %q", n, query)
			}
		}
	})
}
