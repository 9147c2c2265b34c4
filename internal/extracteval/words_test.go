package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWordsAreFolded(t *testing.T) {
	got := words("L’ÉTÉ, ﬁn de\u00ADmain \u202B١٢٣\u202C العَرَبِيّة ﻼ")
	if diff := cmp.Diff([]string{"l", "ete", "fin", "demain", "123", "العربيه", "لا"}, got); diff != "" {
		t.Errorf("words differ (-want +got):\n%s", diff)
	}
}

func TestScore(t *testing.T) {
	for _, c := range []struct {
		read, wanted          string
		recall, precision, f1 float64
	}{
		{"a b c d", "a b c d", 1, 1, 1},
		{"d c b a", "a b c d", 1, 1, 1}, // order is measured apart
		{"a b x", "a b c d", .5, 2. / 3, 4. / 7},
		{"a a a a", "a a b", 2. / 3, .5, 4. / 7}, // a word counts as often as it occurs
		{"ab cd", "a b c d", 0, 0, 0},
		{"", "a", 0, 0, 0},
		{"a", "", 0, 0, 0},
	} {
		s := compare(strings.Fields(c.read), strings.Fields(c.wanted))
		if got := [3]float64{s.recall(), s.precision(), s.f1()}; got != [3]float64{c.recall, c.precision, c.f1} {
			t.Errorf("%q for %q: recall, precision, F1 %v; want %v %v %v", c.read, c.wanted, got, c.recall, c.precision, c.f1)
		}
	}
}

func TestInOrder(t *testing.T) {
	var long []string
	for i := range 200 {
		long = append(long, fmt.Sprint(i))
	}
	reversed := slices.Clone(long)
	slices.Reverse(reversed)
	for _, c := range []struct {
		name string
		a, b []string
		want int
	}{
		{"equal", long, long, 200},
		{"reversed", long, reversed, 1},
		{"halves the wrong way round", slices.Concat(long[90:], long[:90]), long, 110},
		{"every third", slices.DeleteFunc(slices.Clone(long), func(w string) bool { return len(w) != 2 }), long, 90},
		{"by hand", strings.Fields("a b c b d a b"), strings.Fields("b d c a b a"), 4},
		{"columns read across", strings.Fields("l1 r1 l2 r2 l3 r3"), strings.Fields("l1 l2 l3 r1 r2 r3"), 4},
		{"nothing in common", strings.Fields("a b"), strings.Fields("c"), 0},
		{"nothing", nil, nil, 0},
	} {
		if got := inOrder(c.a, c.b); got != c.want {
			t.Errorf("%s: %d; want %d", c.name, got, c.want)
		}
	}
}

// TestInOrderAsDefined compares the fast way with the definition.
func TestInOrderAsDefined(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	list := func() []string {
		var out []string
		for range r.IntN(300) {
			out = append(out, string(rune('a'+r.IntN(20))))
		}
		return out
	}
	for range 50 {
		a, b := list(), list()
		prev := make([]int, len(b)+1)
		for _, x := range a {
			cur := make([]int, len(b)+1)
			for j, y := range b {
				if cur[j+1] = max(cur[j], prev[j+1]); x == y {
					cur[j+1] = prev[j] + 1
				}
			}
			prev = cur
		}
		if got := inOrder(a, b); got != prev[len(b)] {
			t.Fatalf("%d; want %d for\n%q\n%q", got, prev[len(b)], a, b)
		}
	}
}

func TestAgainst(t *testing.T) {
	for _, c := range []struct {
		name, read, known string
		want              score
		ordered           int
	}{
		{"page by page", "a b\fc d", "b a\fc d", score{4, 4, 4}, 3},
		{"known as a whole", "a b\fc d", "a b c d", score{4, 4, 4}, 4},
		{"a word on the wrong page", "a b c\fd", "a b\fc d", score{4, 4, 3}, 3},
		{"a page is missing", "a b", "a b\fc d", score{2, 4, 2}, 2},
		{"a page too many", "a b\fc d\fe", "a b\fc d\f", score{5, 4, 4}, 4},
	} {
		got, ordered := against(pageWords(c.read), pageWords(c.known))
		if got != c.want || ordered != c.ordered {
			t.Errorf("%s: %v, %d in order; want %v, %d", c.name, got, ordered, c.want, c.ordered)
		}
	}
}

func TestRightToLeft(t *testing.T) {
	for text, want := range map[string]bool{
		"article 12":               false,
		"المادة 12 art":            true,
		"the word שלום in English": false,
		"":                         false,
	} {
		if got := rightToLeft(words(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestProducer(t *testing.T) {
	for name, want := range map[string]string{
		"ar-libreoffice.pdf": "ar-libreoffice", "fr-xelatex-3columns.pdf": "fr-xelatex", "one.PDF": "one",
	} {
		if got := producer(name); got != want {
			t.Errorf("%s: %s; want %s", name, got, want)
		}
	}
}
