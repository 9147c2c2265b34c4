package pdf

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Distances in em, measured on 855 files.
const (
	newLine      = .6  // up or down, more is another line
	lineJump     = 6.0 // along a line, more is another line
	wordGap      = .17 // more is a space
	tightWordGap = .12 // the same in lines without any space of their own
	kernedGap    = .14 // the same where Arabic fonts push letters apart that do not join, such as reh and yeh
	pieceGap     = 1.2 // more may be the gutter between columns
	backwards    = .5  // more to the left is another piece
)

// piece is a run of marks on one line, as drawn, without a wide gap.
type piece struct {
	marks  []mark
	u0, u1 float64
	v      float64
	size   float64
}

// row is everything on one base line, from left to right.
type row struct {
	pieces []piece
	v      float64
	size   float64
}

// pieces cuts the marks, in the order they were drawn, into runs.
func pieces(marks []mark) []piece {
	var out []piece
	for i, m := range marks {
		if i == 0 || !follows(marks[i-1], m) {
			out = append(out, piece{u0: m.u0, u1: m.u1, v: m.v, size: 0})
		}
		p := &out[len(out)-1]
		p.marks = append(p.marks, m)
		if m.space {
			continue
		}
		if p.size == 0 {
			p.u0, p.u1 = m.u0, m.u1
		}
		p.u0, p.u1 = min(p.u0, m.u0), max(p.u1, m.u1)
		if m.size > p.size*1.05 {
			p.size, p.v = m.size, m.v
		}
	}
	return slices.DeleteFunc(out, func(p piece) bool { return p.size == 0 })
}

// follows says whether b goes on where a ended.
func follows(a, b mark) bool {
	em := max(a.size, b.size)
	if math.Abs(a.v-b.v) > newLine*em {
		return false
	}
	gap := b.u0 - a.u1 - a.track
	if gap >= -backwards*em && gap <= pieceGap*em {
		return true
	}
	if onlyMarks(b.text) && gap > -2*em && gap < em {
		return true
	}
	leftwards := a.u0 - b.u1
	return (hasRTL(a.text) || a.space) && (hasRTL(b.text) || b.space) &&
		leftwards >= -backwards*em && leftwards <= pieceGap*em
}

// rows puts pieces on the same base line together, from top to bottom.
func rows(ps []piece) []row {
	slices.SortStableFunc(ps, func(a, b piece) int { return compare(b.v, a.v) })
	var out []row
	for _, p := range ps {
		best := -1
		for i := len(out) - 1; i >= 0 && i >= len(out)-4; i-- {
			if math.Abs(out[i].v-p.v) < .5*min(out[i].size, p.size) {
				best = i
				break
			}
		}
		if best < 0 {
			out = append(out, row{v: p.v, size: p.size})
			best = len(out) - 1
		}
		out[best].pieces = append(out[best].pieces, p)
		out[best].size = max(out[best].size, p.size)
	}
	for _, r := range out {
		slices.SortStableFunc(r.pieces, func(a, b piece) int { return compare(a.u0, b.u0) })
	}
	return out
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// cell is where a mark stands, coarsely.
type cell struct{ u, v int32 }

// maxStacked bounds the marks of a cell that are compared with another one.
const maxStacked = 64

// dropDoubles removes glyphs that are drawn again on the same spot, which is how
// some programs print bold.
func dropDoubles(marks []mark) []mark {
	last := make(map[cell]int32, len(marks)) // of the kept marks in a cell, the last one; they are chained by before
	before := make([]int32, 0, len(marks))
	out := marks[:0]
	for _, m := range marks {
		if m.space || m.u1-m.u0 < .12*m.size {
			out, before = append(out, m), append(before, -1)
			continue
		}
		grid := .2 * m.size
		at := cell{int32(math.Floor(m.u0 / grid)), int32(math.Floor(m.v / grid))}
		if drawnBefore(out, last, before, m, at) {
			continue
		}
		chained := int32(-1)
		if i, ok := last[at]; ok {
			chained = i
		}
		last[at] = int32(len(out))
		out, before = append(out, m), append(before, chained)
	}
	return out
}

// drawnBefore says whether one of the kept marks in a cell or beside it is m.
func drawnBefore(kept []mark, last map[cell]int32, before []int32, m mark, at cell) bool {
	for du := int32(-1); du <= 1; du++ {
		for dv := int32(-1); dv <= 1; dv++ {
			i, ok := last[cell{at.u + du, at.v + dv}]
			for n := 0; ok && i >= 0 && n < maxStacked; i, n = before[i], n+1 {
				if sameSpot(&kept[i], &m) && kept[i].text == m.text {
					return true
				}
			}
		}
	}
	return false
}

func sameSpot(a, b *mark) bool {
	return math.Abs(a.u0-b.u0) < .12*b.size && math.Abs(a.v-b.v) < .12*b.size && math.Abs(a.size-b.size) < .1*b.size
}

// accents are the spacing forms that TeX prints over or under a letter.
var accents = map[string]rune{
	"`": 0x300, "´": 0x301, "ˆ": 0x302, "^": 0x302, "˜": 0x303, "¯": 0x304, "˘": 0x306, "˙": 0x307,
	"¨": 0x308, "˚": 0x30A, "˝": 0x30B, "ˇ": 0x30C, "¸": 0x327, "˛": 0x328,
}

// joinAccents puts accents that are drawn as glyphs of their own on the letter
// they stand over.
func joinAccents(marks []mark) []mark {
	out := marks[:0]
	for i := 0; i < len(marks); i++ {
		m := marks[i]
		accent, ok := accents[m.text]
		if ok && i+1 < len(marks) && over(m, marks[i+1]) {
			i++
			base := marks[i]
			base.text = composed(base.text, accent)
			out = append(out, base)
			continue
		}
		if n := len(out); ok && n > 0 && over(m, out[n-1]) {
			out[n-1].text = composed(out[n-1].text, accent)
			continue
		}
		out = append(out, m)
	}
	return out
}

// over says whether an accent stands over a letter.
func over(accent, base mark) bool {
	if first, _ := utf8.DecodeRuneInString(base.text); !unicode.IsLetter(first) {
		return false
	}
	c, em := accent.centre(), base.size
	return !base.space && c > base.u0-.05*em && c < base.u1+.05*em &&
		math.Abs(accent.v-base.v) < .6*em
}

func composed(base string, accent rune) string {
	switch base {
	case "ı":
		base = "i"
	case "ȷ":
		base = "j"
	}
	return norm.NFC.String(base + string(accent))
}
