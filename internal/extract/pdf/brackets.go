package pdf

import "strings"

// turnMark is put before the text of marks that were read from right to left,
// until mirror has decided on their brackets.
const turnMark = "\x00"

const brackets = "()[]{}<>«»‹›≤≥"

// mirror turns brackets in what was read from right to left: a glyph shows its
// bracket as it looks, text has it as it is meant. Some programs already write
// what is meant; what makes more pairs is right, in the line, or where that does
// not tell, in all lines.
func mirror(lines [][]item) {
	var asIs, turned []string
	for _, items := range lines {
		a, t := bracketsOf(items)
		asIs, turned = append(asIs, a...), append(turned, t...)
	}
	all := pairs(turned) - pairs(asIs)
	for _, items := range lines {
		a, t := bracketsOf(items)
		better := pairs(t) - pairs(a)
		turn := better > 0 || better == 0 && all >= 0
		for i, it := range items {
			s, ok := strings.CutPrefix(it.text, turnMark)
			if ok && turn {
				s = turnBracket(s)
			}
			items[i].text = s
		}
	}
}

// bracketsOf returns the brackets that were read from right to left, as they are
// and turned.
func bracketsOf(items []item) (asIs, turned []string) {
	for _, it := range items {
		if s, ok := strings.CutPrefix(it.text, turnMark); ok && s != "" && strings.Contains("()[]{}«»", s) {
			asIs, turned = append(asIs, s), append(turned, turnBracket(s))
		}
	}
	return asIs, turned
}

// pairs counts the brackets that close one that was opened.
func pairs(list []string) int {
	n := 0
	var open []string
	for _, s := range list {
		if strings.Contains("([{«", s) {
			open = append(open, turnBracket(s))
		} else if k := len(open); k > 0 && open[k-1] == s {
			open = open[:k-1]
			n++
		}
	}
	return n
}

func turnBracket(s string) string {
	rs := []rune(brackets)
	for i, r := range rs {
		if s == string(r) {
			return string(rs[i^1])
		}
	}
	return s
}
