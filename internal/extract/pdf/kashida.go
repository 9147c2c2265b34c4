package pdf

import (
	"unicode"

	reader "github.com/ledongthuc/pdf"
)

const tatweel = "\u0640"

// fewestMapped is how many codes a map must name before one that it leaves out
// tells anything.
const fewestMapped = 8

// findKashida gives the stroke with which a printer lengthens Arabic words its
// character. LibreOffice names every glyph of its subset fonts except that one,
// for no character of the text stands behind it: it would count as an unknown
// letter in the middle of words. Where a font leaves out more than one code, as
// those do whose letters are lost, nothing is assumed.
func (ft *font) findKashida(v reader.Value) {
	if ft.toUnicode == nil || ft.composite || ft.type3 {
		return
	}
	first, widths := int(v.Key("FirstChar").Int64()), v.Key("Widths")
	mapped, arabic, unnamed := 0, false, -1
	for i := range min(widths.Len(), 256) {
		c := first + i
		if c < 0 || c > 255 || widths.Index(i).Float64() <= 0 {
			continue
		}
		s, ok := ft.toUnicode.unicode(uint32(c))
		switch {
		case ok && meaningful(s):
			mapped++
			for _, r := range s {
				arabic = arabic || unicode.In(r, unicode.Arabic) && unicode.IsLetter(r)
			}
		case unnamed >= 0:
			return
		default:
			unnamed = c
		}
	}
	if arabic && unnamed >= 0 && mapped >= fewestMapped {
		ft.table[unnamed] = tatweel
	}
}
