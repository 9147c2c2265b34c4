package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/index"
	"marsa/internal/fold"
)

// Some words are written as one or with a hyphen: coopération, co-opération. The
// index has the parts of a hyphenated word as words, so the other way of writing is
// searched as a label of what was typed.

// maxJoined is how many words of a query are searched by their other way.
const maxJoined = 20

// joining are beginnings that are written with a hyphen or without, and minJoined
// the fewest letters of what follows them.
var joining = []string{"co", "re", "pre", "non", "anti", "multi", "inter", "sub", "socio", "micro", "macro", "semi", "auto", "trans"}

const minJoined = 4

// written makes the clauses of a word as typed, with its other way of writing.
func (x *expander) written(k *expr) []index.Clause {
	typed := plainWords([]*expr{k})
	ways := x.otherWays([]*expr{k})
	if len(ways) == 0 {
		return typed
	}
	c := index.Concept{Labels: ways}
	for _, w := range typed {
		c.Words = append(c.Words, w.(index.Word))
	}
	return []index.Clause{c}
}

// otherWays is the other way of writing a word that stands alone.
func (x *expander) otherWays(kids []*expr) []index.Label {
	if len(kids) != 1 || x.joined == maxJoined {
		return nil
	}
	label := otherWay(kids[0].text)
	if label == "" {
		return nil
	}
	x.joined++
	return []index.Label{{Text: label}}
}

// otherWay joins the two parts of a hyphenated word, or parts a word, behind such
// a beginning; it is empty where there is no other way.
func otherWay(word string) string {
	if strings.ContainsFunc(word, unicode.IsDigit) {
		return ""
	}
	var parts []string
	for w := range fold.Words(word) {
		parts = append(parts, fold.Term(word[w.Start:w.End]))
	}
	switch {
	case len(parts) == 2 && slices.Contains(joining, parts[0]) && strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Pd, r) }):
		return parts[0] + parts[1]
	case len(parts) != 1:
		return ""
	}
	for _, p := range joining {
		if rest, ok := strings.CutPrefix(parts[0], p); ok && utf8.RuneCountInString(rest) >= minJoined {
			return p + " " + rest
		}
	}
	return ""
}
