package pdf

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// knownPages returns the true texts of the set of known texts, cut to the length
// of pages.
func knownPages(t *testing.T) map[string][]string {
	t.Helper()
	paths, err := filepath.Glob("../../extracteval/testdata/udhr/*-chromium.txt")
	if err != nil || len(paths) < 6 {
		t.Fatalf("known texts %q, %v", paths, err)
	}
	pages := map[string][]string{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lang, _, _ := strings.Cut(filepath.Base(path), "-")
		for words := range slices.Chunk(strings.Fields(string(data)), 120) {
			pages[lang] = append(pages[lang], strings.Join(words, " "))
		}
	}
	return pages
}

func eachWord(text string, do func(i int, w []rune) string) string {
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = do(i, []rune(w))
	}
	return strings.Join(words, " ")
}

// TestTheBetterTextIsChosen spoils true texts in the ways in which readers spoil
// them. Of the true and the spoilt one the true one must be kept, whichever of
// the readers has it.
func TestTheBetterTextIsChosen(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(string) string
	}{
		{"words turned round", func(s string) string {
			return eachWord(s, func(_ int, w []rune) string { slices.Reverse(w); return string(w) })
		}},
		{"words glued", func(s string) string {
			return strings.ReplaceAll(eachWord(s, func(i int, w []rune) string {
				if i%4 > 0 {
					return "~" + string(w)
				}
				return string(w)
			}), " ~", "")
		}},
		{"words cut into letters", func(s string) string {
			return eachWord(s, func(_ int, w []rune) string { return strings.Join(strings.Split(string(w), ""), " ") })
		}},
		{"letters of a wrong map", func(s string) string {
			return eachWord(s, func(_ int, w []rune) string {
				for i, r := range w {
					w[i] = r + 1
				}
				return string(w)
			})
		}},
		{"half of the glyphs unknown", func(s string) string {
			return eachWord(s, func(_ int, w []rune) string {
				for i := range w {
					if i%2 == 0 {
						w[i] = '\uFFFD'
					}
				}
				return string(w)
			})
		}},
		{"nothing read", func(string) string { return "" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			right, all := 0, 0
			for lang, pages := range knownPages(t) {
				for _, page := range pages {
					spoilt := c.spoil(page)
					all++
					if better(page, spoilt) && !better(spoilt, page) {
						right++
					} else if testing.Verbose() {
						t.Logf("%s: %.3f against %.3f: %.60q", lang, look(page).score(), look(spoilt).score(), spoilt)
					}
				}
			}
			if share := float64(right) / float64(all); share < .95 {
				t.Errorf("%.3f of %d chosen rightly", share, all)
			}
		})
	}
}

func TestBetterInDoubt(t *testing.T) {
	for _, c := range []struct {
		name, ours, other string
		want              bool
	}{
		{"numbers only", "10 100 1000", "10 100 1000 10 100", false},
		{"the same twice", "Period in years, and the rate of it.", "Period in years, and the rate of it. Period in years, and the rate of it.", false},
		{"nothing and something", "", "Title", true},
		{"unknown glyphs and letters", "\uFFFD\uFFFD\uFFFD", "abc", true},
		{"letters and unknown glyphs", "abc", "\uFFFD\uFFFD\uFFFD", false},
		{"two nothings", "", "", false},
	} {
		if got := better(c.other, c.ours); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestAgreement(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"", "", 1}, {"a", "", 0}, {"", "a", 0}, {"a b c d", "d c b a", 1},
		{"Élève œuvre", "eleve OEUVRE", 1}, // folded
		{"a a a", "a", .5},                 // each as often as it occurs
		{"a b", "a c", .5},
	} {
		if got := agreement(c.a, c.b); got != c.want {
			t.Errorf("agreement of %q and %q is %v; want %v", c.a, c.b, got, c.want)
		}
	}
}
