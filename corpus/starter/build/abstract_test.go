package main

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/corpus/starter"
)

// abstracts are those of all works.
func abstracts(t *testing.T) map[corpus.ID]map[corpus.Lang]abstract {
	t.Helper()
	all := map[corpus.ID]map[corpus.Lang]abstract{}
	for _, x := range texts(t) {
		a, err := readAbstracts(root, x.Work)
		if err != nil {
			t.Fatal(err)
		}
		all[x.Work] = a
	}
	return all
}

func TestSidecarsAreUpToDate(t *testing.T) {
	all := texts(t)
	for _, x := range all {
		want, err := sidecar(root, x, all)
		if err != nil {
			t.Fatal(err)
		}
		got, err := fs.ReadFile(starter.FS(), sidecarName(x))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), string(got)); d != "" {
			t.Errorf("%s: run go run ./corpus/starter/build (-of the abstracts +embedded)\n%s", sidecarName(x), d)
		}
	}
}

// Every work has an abstract in each language of the pages, and a title where it has
// no version.
func TestAbstractsAreInThreeLanguages(t *testing.T) {
	titles := map[corpus.ID]map[corpus.Lang]bool{}
	for _, x := range texts(t) {
		if titles[x.Work] == nil {
			titles[x.Work] = map[corpus.Lang]bool{}
		}
		titles[x.Work][x.Lang()] = true
	}
	for work, all := range abstracts(t) {
		for _, l := range []corpus.Lang{"en", "fr", "ar"} {
			a, ok := all[l]
			if n := len(strings.Fields(a.Text)); !ok || n < 120 || n > 1200 {
				t.Errorf("%s: abstract in %s of %d words", work, l, n)
			}
			if (a.Title == "") != titles[work][l] {
				t.Errorf("%s: title in %s is %q, and a version in it is there: %v", work, l, a.Title, titles[work][l])
			}
		}
		if len(all) != 3 {
			t.Errorf("%s: abstracts in %d languages", work, len(all))
		}
	}
}

// figure is a whole number, with the marks between groups of three digits, as any of
// the three languages writes it; Arabic may write the thousands as a word.
var figure = regexp.MustCompile(`\d+(?:[.,\x{A0}\x{202F}]\d{3})*(?:[ \x{A0}]ألف)?`)

// An abstract has no figure that the work does not have.
func TestFiguresOfAbstractsAreTheWorks(t *testing.T) {
	known := map[corpus.ID]map[string]bool{}
	for _, x := range texts(t) {
		if known[x.Work] == nil {
			known[x.Work] = map[string]bool{}
		}
		for _, n := range figures(x.Title + "\n" + x.Body) {
			known[x.Work][n] = true
		}
		known[x.Work][strings.SplitN(string(x.Issued), "-", 2)[0]] = true
	}
	for work, all := range abstracts(t) {
		for l, a := range all {
			for _, n := range figures(a.Title + "\n" + a.Text) {
				if !known[work][n] {
					t.Errorf("%s, %s: %s stands in no version of the work", work, l, n)
				}
			}
		}
	}
}

// Notes say to whoever does not read a document which of its pages they look for: they
// are in the languages that no version is in, have no figure that the document does not
// have, and are short.
func TestNotesToPages(t *testing.T) {
	languages := map[corpus.ID][]corpus.Lang{}
	for _, x := range texts(t) {
		languages[x.Work] = append(languages[x.Work], x.Lang())
	}
	noted := 0
	for _, x := range texts(t) {
		notes, err := readNotes(root, x.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(notes) > 0 {
			noted++
		}
		known := figures(x.Title + "\n" + x.Body)
		for l, pages := range notes {
			if slices.Contains(languages[x.Work], l) || !slices.Contains([]corpus.Lang{"en", "fr", "ar"}, l) {
				t.Errorf("%s: notes in %s", x.ID, l)
			}
			for page, text := range pages {
				if n := len(strings.Fields(text)); n < 4 || n > 80 {
					t.Errorf("%s, page %d, %s: a note of %d words", x.ID, page, l, n)
				}
				for _, n := range figures(text) {
					if !slices.Contains(known, n) {
						t.Errorf("%s, page %d, %s: the document does not have %s", x.ID, page, l, n)
					}
				}
			}
		}
	}
	if noted == 0 {
		t.Error("no document has notes")
	}
}

// figures are the whole numbers of a text, in digits alone; 7.6 is two.
func figures(text string) []string {
	var out []string
	for _, n := range figure.FindAllString(text, -1) {
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, n)
		if strings.HasSuffix(n, "ألف") {
			digits += "000"
		}
		out = append(out, digits)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
