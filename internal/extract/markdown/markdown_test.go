package markdown

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/extract"
)

type page struct{ Label, Text string }

func read(t testing.TB, data string) ([]page, *extract.Meta, error) {
	t.Helper()
	var got []page
	m, err := Extractor{}.Extract(t.Context(), []byte(data), func(p corpus.Page) error {
		got = append(got, page{p.Label, p.Text})
		return nil
	})
	return got, m, err
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"emphasis", "a **b** _c_ ~~d~~ `e*f*`", "a b c d e*f*"},
		{"lines", "one\ntwo  \nthree\n\nfour", "one\ntwo\nthree\n\nfour"},
		{"links", "[text](https://a.example \"t\") and <https://b.example> and https://c.example/x.", "text and https://b.example and https://c.example/x."},
		{"reference link", "[text][1]\n\n[1]: https://a.example", "text"},
		{"picture", "![a boat](boat.png)", "a boat"},
		{"escapes", `\*not\* &amp; &eacute; &#233;`, "*not* & é é"},
		{"code is left alone", "`&amp; \\*`\n\n```go\nx := 1 // &amp;\n```", "&amp; \\*\n\nx := 1 // &amp;"},
		{"list", "- a\n- b\n  1. c\n  2. d\n- [x] e", "• a\n• b\n  1. c\n  2. d\n• e"},
		{"loose list", "3) a\n\n   more\n\n4) b", "3) a\n\nmore\n4) b"},
		{"quote", "> said\n> here\n\nafter", "said\nhere\n\nafter"},
		{"table", "| a | b |\n|---|--:|\n| c | **d** |\n\nafter", "a\tb\nc\td\n\nafter"},
		{"HTML", "<div align=center>\n<b>in</b> &amp; out\n</div>\n\na<br>b <!-- no --> c", "in & out\n\na\nb  c"},
		{"notes", "a[^x] b[^y].\n\n[^y]: Second *note*.\n[^x]: First.", "a b.\n\n[1] First.\n\n[2] Second note."},
		{"definitions", "Term\n: what it is", "Term\n\nwhat it is"},
		{"rule", "a\n\n---\n\nb", "a\n\nb"},
		{"Arabic", "**هجـــرة** العمال", "هجرة العمال"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := read(t, c.in)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]page{{"", c.want}}, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSections(t *testing.T) {
	got, m, err := read(t, "before\n\n# One *two*\n\n## Below\n\ntext[^1]\n\n#### Small\n\nmore\n\nSetext\n======\n\nend\n\n[^1]: Note.\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []page{{"", "before"}, {"Below", "One two\n\nBelow\n\ntext\n\nSmall\n\nmore\n\n[1] Note."}, {"Setext", "Setext\n\nend"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	outline := []corpus.Heading{{Title: "One two", Level: 1, Page: 2}, {Title: "Below", Level: 2, Page: 2}, {Title: "Small", Level: 4, Page: 2}, {Title: "Setext", Level: 1, Page: 3}}
	if d := cmp.Diff(outline, m.Outline); d != "" {
		t.Error(d)
	}
	if m.Title != "One two" || m.TitleFrom != corpus.FromGuess {
		t.Errorf("title: %q %s", m.Title, m.TitleFrom)
	}
}

func TestFrontMatter(t *testing.T) {
	got, m, err := read(t, "---\ntitle: A report\nauthors: [Amina Test, {name: Paul Sample}]\nissued: 2009\nlanguages: [fr, ar]\ncountries: [ma]\nwork: 12.50\nseen: 2009-05-12\ndraft: true\n---\n# Heading\n\ntext")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]page{{"Heading", "Heading\n\ntext"}}, got); d != "" {
		t.Error(d)
	}
	m.Outline = nil
	want := &extract.Meta{
		Title: "A report", TitleFrom: corpus.FromFile, Authors: []string{"Amina Test", "Paul Sample"}, Issued: "2009", Lang: "fr",
		Record: map[string]any{
			"title": "A report", "authors": []any{"Amina Test", map[string]any{"name": "Paul Sample"}}, "issued": "2009",
			"languages": []any{"fr", "ar"}, "countries": []any{"ma"}, "work": "12.5", "seen": "2009-05-12", "draft": "true",
		},
	}
	if d := cmp.Diff(want, m); d != "" {
		t.Error(d)
	}
}

func TestBrokenFrontMatterIsAWarning(t *testing.T) {
	got, m, err := read(t, "---\ntitle: [a\n---\ntext")
	if err != nil || len(got) != 1 || got[0].Text != "text" || len(m.Warnings) != 1 || m.Record != nil {
		t.Errorf("%v, %+v, %v", got, m, err)
	}
}

func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     error
	}{
		{"too large", strings.Repeat("x", maxSize+1), extract.ErrTooLarge},
		{"deep quotes", strings.Repeat(">", 2_000) + " x", extract.ErrDamaged},
		{"deep lists", strings.Repeat("- ", 1_000) + "x", extract.ErrDamaged},
		{"open brackets", strings.Repeat("[", 20_000) + "x", nil},
		{"stars", strings.Repeat("*a **a ", 5_000), nil},
		{"a note about itself", "a[^1]\n\n[^1]: b[^1]", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, _, err := read(t, c.in); !errors.Is(err, c.want) || err != nil && c.want == nil {
				t.Errorf("got %v; want %v", err, c.want)
			}
		})
	}
}

func FuzzExtract(f *testing.F) {
	for _, s := range []string{
		"# A\n\ntext[^1]\n\n[^1]: n\n\n| a | b |\n|---|---|\n| c | d |\n", "---\na: [1, 2020-01-01, {b: c}]\n---\n- x\n  - y\n\n> z",
		"<div>\n*a*\n</div>\n\n    code\n\nTerm\n: def", "---\n- a\n---\nx", "\xff\xfea\x00",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		n := 0
		_, err := Extractor{}.Extract(t.Context(), []byte(data), func(p corpus.Page) error {
			if n++; p.Number != n || p.Text == "" || p.Text != extract.Clean(p.Text) {
				t.Errorf("page %d: number %d, %q", n, p.Number, p.Text)
			}
			return nil
		})
		if err != nil && extract.Reason(err) == "" {
			t.Errorf("error without a reason: %v", err)
		}
	})
}
