package pdf

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Widths of the characters 0x20 to 0x7E of the two proportional families among
// the fonts that a file need not carry, in thousandths of an em. Bold and italic
// differ little; the widths only have to tell words apart.
var (
	helvetica = [95]uint16{278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
		556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015,
		667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611,
		278, 278, 278, 469, 556, 333,
		556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500,
		334, 260, 334, 584}
	times = [95]uint16{250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
		500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921,
		722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611,
		333, 278, 333, 469, 500, 333,
		444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444,
		480, 200, 480, 541}
)

// standardWidth returns the width of a character in a font that the file does
// not describe, in thousandths of an em. Of a font without a name the narrower is
// taken: it parts words.
func standardWidth(font, text string) float64 {
	lower := strings.ToLower(font)
	if strings.Contains(lower, "cour") || strings.Contains(lower, "mono") {
		return 600
	}
	table := &helvetica
	if lower == "" || strings.Contains(lower, "times") || strings.Contains(lower, "serif") || strings.Contains(lower, "roman") {
		table = &times
	}
	switch r, _ := utf8.DecodeRuneInString(norm.NFKD.String(text)); { // é is as wide as e
	case r >= 0x20 && r < 0x7F:
		return float64(table[r-0x20])
	case r == '–', r == '‘', r == '’', r == '•':
		return 350
	case r == '—', r == '…':
		return 1000
	}
	return 550
}
