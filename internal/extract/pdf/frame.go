package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/internal/fold"
)

// frame is the page turned so that the lines of one direction run to the right.
type frame struct{ sin, cos float64 }

func frameOf(angle int16) frame {
	sin, cos := math.Sincos(float64(angle) * math.Pi / 180)
	return frame{sin, cos}
}

func (f frame) turn(x, y float64) (u, v float64) { return x*f.cos + y*f.sin, y*f.cos - x*f.sin }
func (f frame) back(u, v float64) (x, y float64) { return u*f.cos - v*f.sin, u*f.sin + v*f.cos }

// snap makes nearly upright directions upright: scans are set a little askew.
func snap(degrees float64) int16 {
	d := math.Mod(math.Round(degrees)+720, 360)
	if quarter := math.Round(d/90) * 90; math.Abs(d-quarter) <= 6 {
		d = math.Mod(quarter, 360)
	}
	return int16(d)
}

// mark is a glyph in a frame: u along the line, v up.
type mark struct {
	text      string
	u0, u1, v float64
	size      float64
	track     float64
	asc, desc float64
	space     bool
}

func (f frame) place(g glyph) mark {
	u, v := f.turn(g.x, g.y)
	e, _ := f.turn(g.x+g.dx, g.y+g.dy)
	return mark{text: g.text, u0: min(u, e), u1: max(u, e), v: v, size: g.size, track: g.track,
		asc: float64(g.asc), desc: float64(g.desc)}
}

func (m mark) centre() float64 { return (m.u0 + m.u1) / 2 }

// rect returns where the mark stands on the page.
func (f frame) rect(m mark) rect {
	x, y := f.back(m.u0, m.v+m.desc*m.size)
	r := rect{x, y, x, y}
	for _, p := range [][2]float64{{m.u1, m.desc}, {m.u0, m.asc}, {m.u1, m.asc}} {
		x, y := f.back(p[0], m.v+p[1]*m.size)
		r = r.join(rect{x, y, x, y})
	}
	return r
}

// unknownGlyph stands in the text for a glyph without Unicode.
const unknownGlyph = "\uFFFD"

// clean takes out of a glyph's text what a page's text never holds; space says
// that only white space was in it. A soft hyphen stays for the joining of lines,
// and tatweel, which fills words, until the words are known.
func clean(s string) (t string, space bool) {
	if len(s) == 1 && s[0] > ' ' && s[0] < 0x7F {
		return s, false
	}
	switch s {
	case "":
		return unknownGlyph, false
	case noText: // holds its word together until the words are known
		return noText, false
	}
	t = strings.Map(func(r rune) rune {
		switch {
		case r == softHyphen:
			return r
		case r == '\t' || r == '\n' || r == '\r' || unicode.Is(unicode.Zs, r) || r == 0x2028 || r == 0x2029:
			return ' '
		case unicode.IsControl(r), fold.Invisible(r), r == 0xFFFE, r == 0xFFFF:
			return -1
		case private(r):
			return 0xFFFD
		}
		return r
	}, s)
	return t, t != "" && strings.Trim(t, " ") == ""
}

const softHyphen = '\u00AD'

// onlyMarks says whether a text is nothing but combining marks.
func onlyMarks(s string) bool {
	if s != "" && s[0] < utf8.RuneSelf {
		return false
	}
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			return false
		}
	}
	return s != ""
}

// rtlRune says whether r is a letter of a script written from right to left.
func rtlRune(r rune) bool {
	return r >= 0x0590 && r < 0x0900 && !arabicDigit(r) && unicode.In(r, unicode.L) ||
		r >= 0xFB1D && r <= 0xFDFF && unicode.IsLetter(r) || r >= 0xFE70 && r <= 0xFEFC ||
		r >= 0x10800 && r < 0x11000 || r >= 0x1E800 && r < 0x1F000
}

func arabicDigit(r rune) bool { return r >= 0x0660 && r <= 0x0669 || r >= 0x06F0 && r <= 0x06F9 }

func hasRTL(s string) bool { return strings.IndexFunc(s, rtlRune) >= 0 }
