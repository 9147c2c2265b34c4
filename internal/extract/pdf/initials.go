package pdf

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Large letters that begin a paragraph, over the height of some lines.
const (
	initialSize = 1.8 // times the size of the text beside it, at least
	initialGap  = .9  // em of that text to the letter, at most
	initialTop  = .6  // em between the tops of both, at most
	maxInitials = 40  // on a page
)

// joinInitials puts large initial letters on the line that goes on with their
// word, the first of those beside them.
func joinInitials(marks []mark) []mark {
	joined := 0
	for i := 0; i < len(marks) && joined < maxInitials; i++ {
		m := marks[i]
		if r, n := utf8.DecodeRuneInString(m.text); n != len(m.text) || !unicode.IsUpper(r) ||
			i > 0 && alike(marks[i-1], m) || i+1 < len(marks) && alike(m, marks[i+1]) {
			continue
		}
		joined++
		at := firstBeside(marks, i)
		if at < 0 {
			continue
		}
		next := marks[at]
		m.asc = (m.v + m.asc*m.size - next.v) / next.size
		m.desc = (m.v + m.desc*m.size - next.v) / next.size
		m.v, m.size, m.track = next.v, next.size, 0
		m.u1 = next.u0
		if at > i {
			at--
		}
		marks = slices.Insert(slices.Delete(marks, i, i+1), at, m)
	}
	return marks
}

// alike says whether a mark goes on in the line and the type of another.
func alike(a, b mark) bool { return b.size > .8*a.size && a.size > .8*b.size && follows(a, b) }

// firstBeside returns the index of the mark that begins the line beside the top
// of a large letter, or -1. It may have been drawn long before or after.
func firstBeside(marks []mark, initial int) int {
	for j := initial + 1; j < min(len(marks), initial+4); j++ {
		if beside(marks[initial], marks[j]) {
			if marks[j-1].space { // "A man"
				return j - 1
			}
			return j
		}
	}
	for j, n := range marks {
		if j != initial && beside(marks[initial], n) && (j == 0 || j-1 == initial || !follows(marks[j-1], n)) {
			return j
		}
	}
	return -1
}

func beside(m, n mark) bool {
	gap := n.u0 - m.u1
	return !n.space && n.size*initialSize <= m.size && gap > -.3*n.size && gap < initialGap*n.size &&
		math.Abs(m.v+.7*m.size-n.v-.7*n.size) < initialTop*n.size && n.v > m.v+.5*n.size
}
