package cli

import (
	"fmt"
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

// counted writes a number with its noun: "1 page", "2 pages".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
