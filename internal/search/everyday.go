package search

import (
	"slices"
	"strings"
	"unicode"

	"marsa/corpus"
	"marsa/corpus/words"
	"marsa/index"
	"marsa/internal/fold"
)

// Limits of what the list of words adds to a query.
const (
	maxEveryday = 12 // words of a query, or few words that stand together
	maxForeign  = 4  // words of one other language for one of them
	maxAlike    = 3  // words of its own language
)

// What words that mean the same are worth beside those that were typed. In other
// languages it is about as much, so that a page there can be found; less from
// Arabic, whose own pages have the words in more forms than the stems join.
// docs/search-engine.md has the figures.
const (
	foreignWeight    = 1.1
	fromArabicWeight = 0.8
	alikeWeight      = 0.5 // in the same language
)

// everyday makes clauses of words that name no concept, each with the words that
// mean the same; the longest entries of the list go first.
func (x *expander) everyday(kids []*expr) []index.Clause {
	var out []index.Clause
	for len(kids) > 0 {
		n, labels := x.same(kids)
		switch {
		case n > 0:
			out = append(out, x.akin(kids[:n], labels))
		case x.content && x.joins(kids[0].text):
			out = append(out, index.Word{Text: kids[0].text, Optional: true})
		default:
			out = append(out, x.written(kids[0])...)
		}
		kids = kids[max(n, 1):]
	}
	return out
}

// joins says whether a word only joins others in the language of the query.
func (x *expander) joins(word string) bool {
	w := fold.Text(word)
	return slices.ContainsFunc(x.langs, func(l corpus.Lang) bool { return words.Function(w, l) })
}

// same finds how many of the first words the list has together, and what means
// the same.
func (x *expander) same(kids []*expr) (int, []Label) {
	if x.plain || x.listed == maxEveryday {
		return 0, nil
	}
	for n := min(words.Longest, len(kids)); n > 0; n-- {
		text := x.text[kids[0].at:kids[n-1].end]
		var labels []Label
		for _, l := range x.langs {
			labels = append(labels, x.alike(text, l)...)
		}
		if len(labels) > 0 {
			return n, labels
		}
	}
	return 0, nil
}

// alike lists the words for what a text means in a language: of each language the
// commonest of every meaning first.
func (x *expander) alike(text string, in corpus.Lang) []Label {
	if words.Function(fold.Text(text), in) {
		return nil
	}
	meanings := x.list.Meanings(text, in)
	var out []Label
	for _, l := range words.Languages {
		most := maxForeign
		seen := map[string]bool{}
		if l == in {
			most = maxAlike
			seen[words.Key(text, in)] = true
		}
		for _, w := range words.Interleave(meanings, l) {
			same := l == in && strings.HasSuffix(fold.Text(text), fold.Text(w)) // behind an article
			if key := words.Key(w, l); !same && !seen[key] && most > 0 {
				seen[key] = true
				most--
				out = append(out, Label{Text: w, Lang: l})
			}
		}
	}
	return out
}

// akin is words with what means the same.
func (x *expander) akin(kids []*expr, labels []Label) index.Clause {
	e := Expansion{Typed: x.text[kids[0].at:kids[len(kids)-1].end]}
	c := index.Concept{Akin: true}
	for _, w := range plainWords(kids) {
		c.Words = append(c.Words, w.(index.Word))
	}
	for _, l := range labels {
		if x.no[fold.Text(l.Text)] {
			e.Removed = append(e.Removed, l)
			continue
		}
		e.Labels = append(e.Labels, l)
		c.Labels = append(c.Labels, index.Label{Text: l.Text, Lang: l.Lang, Weight: x.weight(l.Lang)})
	}
	c.Labels = append(c.Labels, x.otherWays(kids)...)
	x.found = append(x.found, e)
	x.listed++
	return c
}

func (x *expander) weight(l corpus.Lang) float64 {
	switch {
	case slices.Contains(x.langs, l):
		return alikeWeight
	case slices.Contains(x.langs, "ar"):
		return fromArabicWeight
	}
	return foreignWeight
}

// hasContent says whether a word of a text says more than joining others.
func (x *expander) hasContent(text string) bool {
	for t := range fold.Words(text) {
		if !x.joins(text[t.Start:t.End]) {
			return true
		}
	}
	return false
}

// languagesOf says in which of the languages of the list a query may be: Arabic
// by its letters, English or French by the most words that either has; none where
// half of the words are in neither, both where they are as many.
func (x *expander) languagesOf(text string) []corpus.Lang {
	known := map[corpus.Lang]int{}
	latin := 0
	for t := range fold.Words(text) {
		w := text[t.Start:t.End]
		switch {
		case strings.ContainsFunc(w, script(unicode.Arabic)):
			known["ar"]++
			continue
		case !strings.ContainsFunc(w, script(unicode.Latin)):
			continue
		}
		latin++
		for _, l := range []corpus.Lang{"en", "fr"} {
			if words.Function(fold.Term(w), l) || len(x.list.Meanings(w, l)) > 0 {
				known[l]++
			}
		}
	}
	var out []corpus.Lang
	if known["ar"] > 0 {
		out = append(out, "ar")
	}
	most := max(known["en"], known["fr"])
	for _, l := range []corpus.Lang{"en", "fr"} {
		if most > 0 && known[l] == most && 2*most >= latin {
			out = append(out, l)
		}
	}
	return out
}

func script(t *unicode.RangeTable) func(rune) bool {
	return func(r rune) bool { return unicode.Is(t, r) }
}
