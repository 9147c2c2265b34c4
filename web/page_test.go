package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/internal/search"
)

// TestParagraphs writes breaks as "/" and marks in brackets.
func TestParagraphs(t *testing.T) {
	long := strings.Repeat("word ", 9) // 45 letters
	for name, c := range map[string]struct {
		parts []search.Part
		want  []string
	}{
		"nothing":                  {nil, nil},
		"only space":               {[]search.Part{{Text: " \n\n \n"}}, nil},
		"blank line":               {[]search.Part{{Text: "a\n\nb\n \n\nc"}}, []string{"a", "b", "c"}},
		"running text":             {[]search.Part{{Text: long + "\n" + long + "\nend"}}, []string{long + "\n" + long + "\nend"}},
		"short line of a list":     {[]search.Part{{Text: long + "\nshort\n" + long}}, []string{long + "\nshort/" + long}},
		"narrow column":            {[]search.Part{{Text: "one\ntwo\nthree"}}, []string{"one/two/three"}},
		"mark over a line":         {[]search.Part{{Text: long}, {Text: "domestic\nworkers", Hit: true}, {Text: " go"}}, []string{long + "[domestic]\n[workers] go"}},
		"mark over a paragraph":    {[]search.Part{{Text: "a "}, {Text: "b\n\nc", Hit: true}}, []string{"a [b]", "[c]"}},
		"mark at start and at end": {[]search.Part{{Text: "a", Hit: true}, {Text: " b "}, {Text: "c", Hit: true}}, []string{"[a] b [c]"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range paragraphs(c.parts) {
				var b strings.Builder
				for _, r := range p {
					switch {
					case r.Break:
						b.WriteString("/")
					case r.Hit:
						b.WriteString("[" + r.Text + "]")
					default:
						b.WriteString(r.Text)
					}
				}
				got = append(got, b.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPageShowsItsWordsAndItsWay(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	page := fetch(h, "/fr/doc/domestic-workers-en/p/2?q=domestic+workers&country=lb").Body.String()
	for _, want := range []string{
		`lang="en" dir="ltr"`, `<mark id="hit">domestic</mark> <mark>workers</mark>`,
		`rel="prev" accesskey="," href="/fr/doc/domestic-workers-en/p/1?q=domestic&#43;workers&amp;country=lb"`,
		`rel="next" accesskey="." href="/fr/doc/domestic-workers-en/p/3?q=domestic&#43;workers&amp;country=lb"`,
		`href="/fr/search?q=domestic&#43;workers&amp;country=lb"`, `href="/doc/domestic-workers-en/original#page=2"`,
		`accesskey="b" href="/fr/doc/domestic-workers-en/p/1?q=domestic&#43;workers&amp;country=lb#hit"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Count(page, `id="hit"`) != 1 {
		t.Error("more than one mark is the first")
	}
	if !strings.Contains(page, `<div class="band slim">`) || !strings.Contains(page, `role="search"`) {
		t.Error("the page has no search form")
	}
	arabic := fetch(h, "/en/doc/domestic-workers-ar/p/1").Body.String()
	if !strings.Contains(arabic, `lang="ar" dir="rtl"`) || strings.Contains(arabic, `rel="prev" accesskey`) {
		t.Error("the first Arabic page is not shown as one")
	}
}
