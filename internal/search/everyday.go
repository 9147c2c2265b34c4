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
	countryWeight    = 0.5 // the country of a place
)

// everyday makes clauses of words that name no concept, each with the words that
// mean the same; the longest entries of the list go first.
func (x *expander) everyday(kids []*expr) []index.Clause {
	var out []index.Clause
	for len(kids) > 0 {
		n, same := x.same(kids)
		switch {
		case n > 0:
			out = append(out, x.akin(kids[:n], same))
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

// A sameness is what means the same as some words: other words, and the country in
// which the place lies that they name.
type sameness struct {
	labels  []Label
	country corpus.ConceptID
}

// same finds how many of the first words the list has together, and what means
// the same.
func (x *expander) same(kids []*expr) (int, sameness) {
	if x.plain || x.listed == maxEveryday {
		return 0, sameness{}
	}
	for n := min(words.Longest, len(kids)); n > 0; n-- {
		text := x.text[kids[0].at:kids[n-1].end]
		var s sameness
		for _, l := range x.langs {
			x.alike(text, l, &s)
		}
		if len(s.labels) > 0 {
			return n, s
		}
	}
	return 0, sameness{}
}

// alike adds the words for what a text means in a language: of each language the
// commonest of every meaning first. A place has the names of its country too.
func (x *expander) alike(text string, in corpus.Lang, s *sameness) {
	if words.Function(fold.Text(text), in) {
		return
	}
	meanings := x.list.Meanings(text, in)
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
				s.labels = append(s.labels, Label{Text: w, Lang: l})
			}
		}
	}
	for _, m := range meanings {
		if m.Country != "" {
			s.country = m.Country
		}
	}
}

// akin is words with what means the same.
func (x *expander) akin(kids []*expr, same sameness) index.Clause {
	e := Expansion{Typed: x.text[kids[0].at:kids[len(kids)-1].end]}
	c := index.Concept{Akin: true}
	if country, ok := x.vocab.Concept(same.country); ok {
		c = about(country)
		c.Akin = true
	}
	for _, w := range plainWords(kids) {
		c.Words = append(c.Words, w.(index.Word))
	}
	add := func(l Label, weight float64) {
		if x.no[fold.Text(l.Text)] {
			e.Removed = append(e.Removed, l)
			return
		}
		e.Labels = append(e.Labels, l)
		c.Labels = append(c.Labels, index.Label{Text: l.Text, Lang: l.Lang, Weight: weight})
	}
	for _, l := range same.labels {
		add(l, x.weight(l.Lang))
	}
	if country, ok := x.vocab.Concept(same.country); ok {
		for _, l := range words.Languages {
			add(Label{Text: country.Pref[l], Lang: l}, countryWeight)
		}
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
