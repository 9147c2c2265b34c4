package main

import (
	"math/bits"
	"unicode"

	"marsa/internal/fold"
)

// words returns the words of a text as the index folds them, so that spellings
// of one word on both sides are equal.
func words(text string) []string {
	var out []string
	for t := range fold.Words(text) {
		if w := fold.Term(text[t.Start:t.End]); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// rightToLeft says whether most letters of the words are of a script that is
// written from right to left.
func rightToLeft(words []string) bool {
	rtl, ltr := 0, 0
	for _, w := range words {
		for _, r := range w {
			switch {
			case unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana):
				rtl++
			case unicode.IsLetter(r):
				ltr++
			}
		}
	}
	return rtl > ltr
}

// score counts words: those that were read, those that should have been, and
// those that are in both, each as often as it occurs.
type score struct{ read, wanted, common int }

func compare(read, wanted []string) score {
	left := make(map[string]int, len(wanted))
	for _, w := range wanted {
		left[w]++
	}
	s := score{read: len(read), wanted: len(wanted)}
	for _, w := range read {
		if left[w] > 0 {
			left[w]--
			s.common++
		}
	}
	return s
}

func (s score) add(t score) score {
	return score{s.read + t.read, s.wanted + t.wanted, s.common + t.common}
}

func (s score) recall() float64    { return share(s.common, s.wanted) }
func (s score) precision() float64 { return share(s.common, s.read) }
func (s score) f1() float64        { return share(2*s.common, s.read+s.wanted) }

// share is n of all, and 0 of nothing.
func share(n, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(n) / float64(all)
}

// inOrder returns the length of the longest common subsequence of two lists of
// words. It works on 64 words at a time (Hyyrö 2004), so that a book takes a
// second: a bit of row stays set as long as the subsequence that ends before it
// did not grow there.
func inOrder(a, b []string) int {
	places := map[string][]int{}
	for i, w := range b {
		places[w] = append(places[w], i)
	}
	row := make([]uint64, (len(b)+63)/64)
	for i := range row {
		row[i] = ^uint64(0)
	}
	match := make([]uint64, len(row))
	for _, w := range a {
		at := places[w]
		if len(at) == 0 {
			continue
		}
		for _, i := range at {
			match[i/64] |= 1 << (i % 64)
		}
		var carry uint64
		for i, v := range row {
			var sum uint64
			sum, carry = bits.Add64(v, v&match[i], carry)
			row[i] = sum | v&^match[i]
		}
		for _, i := range at {
			match[i/64] = 0
		}
	}
	n := 0
	for i := range b {
		if row[i/64]>>(i%64)&1 == 0 {
			n++
		}
	}
	return n
}
