package cli

import (
	"strings"
	"unicode"
)

// printable replaces control characters, so that a title or a text from outside
// cannot steer the terminal it is printed on.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return '\uFFFD'
		}
		return r
	}, s)
}
