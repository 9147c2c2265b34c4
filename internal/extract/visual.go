package extract

import (
	"slices"
	"strings"
	"unicode"
)

// Visual says whether Hebrew is stored as it is shown, from left to right, as old
// pages in ISO-8859-8 are: the five letters that have another form at the end of
// a word then stand at its beginning.
func Visual(text string) bool {
	begin, end := 0, 0
	var last rune
	inWord := false
	for _, r := range text + " " {
		hebrew := unicode.Is(unicode.Hebrew, r)
		switch {
		case hebrew && !inWord && final(r):
			begin++
		case !hebrew && inWord && final(last):
			end++
		}
		inWord, last = hebrew, r
	}
	return begin >= 3 && begin > 2*end
}

func final(r rune) bool { return strings.ContainsRune("ךםןףץ", r) }

// TurnVisual brings lines with Hebrew that are stored as they are shown into the
// order in which they are read.
func TurnVisual(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.ContainsFunc(l, func(r rune) bool { return unicode.Is(unicode.Hebrew, r) }) {
			lines[i] = turnLine(l)
		}
	}
	return strings.Join(lines, "\n")
}

// turnLine turns a line, and turns words of other scripts and numbers back.
func turnLine(line string) string {
	rs := []rune(line)
	slices.Reverse(rs)
	for i := range rs {
		if j := strings.IndexRune("()[]{}<>«»", rs[i]); j >= 0 {
			rs[i] = mirrored[rs[i]]
		}
	}
	other := func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.Is(unicode.Hebrew, r)
	}
	for i := 0; i < len(rs); i++ {
		if !other(rs[i]) {
			continue
		}
		end := i + 1
		for j := i; j < len(rs) && (other(rs[j]) || strings.ContainsRune(" .,:/-%@&_'’+", rs[j])); j++ {
			if other(rs[j]) || rs[j] == '%' {
				end = j + 1
			}
		}
		slices.Reverse(rs[i:end])
		i = end
	}
	return string(rs)
}

var mirrored = map[rune]rune{'(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<', '«': '»', '»': '«'}
