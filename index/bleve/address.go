package bleve

import (
	"strings"

	"marsa/internal/fold"
)

// addresses returns the stretches of a text that are web addresses, in order.
// Their words are no language: a list of sources would be the best page on
// whatever its addresses spell out. They stay in the common field, where an
// address can be looked up.
func addresses(text string) []fold.Token {
	var list []fold.Token
	for at := 0; ; {
		i := strings.Index(text[at:], "://")
		if i < 0 {
			return list
		}
		i += at
		start := strings.LastIndexAny(text[at:i], " \n\t([<\"") + 1 + at
		at = addressEnd(text, i)
		list = append(list, fold.Token{Start: start, End: at})
	}
}

// addressEnd returns where the address that has "://" at offset i ends: at white
// space, but for one that was broken at the end of a line, which shows in signs
// of an address in the first word of the next.
func addressEnd(text string, i int) int {
	for {
		n := strings.IndexAny(text[i:], " \n\t")
		if n < 0 {
			return len(text)
		}
		i += n
		if text[i] != '\n' {
			return i
		}
		next, _, _ := strings.Cut(strings.TrimLeft(text[i:], "\n"), "\n")
		next, _, _ = strings.Cut(next, " ")
		if strings.HasPrefix(text[i:], "\n\n") || next == "" || strings.Count(next, "-")+strings.Count(next, "/")+strings.Count(next, "_") < 2 {
			return i
		}
		i++
	}
}

// listsSources says whether a page is a list of sources: a fifth of its words,
// and no fewer than twenty, stand in web addresses.
func listsSources(words []wordAt) bool {
	n := 0
	for _, w := range words {
		if w.address {
			n++
		}
	}
	return n >= 20 && n*5 >= len(words)
}
