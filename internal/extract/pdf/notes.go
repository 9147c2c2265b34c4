package pdf

import (
	"unicode"
	"unicode/utf8"
)

// How far note numbers are raised, and how small they are.
const (
	raised    = .2 // em above the base line, at least
	noteMarks = 4  // digits of a note number, at most
	noteAfter = 3  // letters of a word that a number does not belong to
)

// partNotes sets the raised number of a note apart from its word, so that the
// word is found. Exponents stay where they are: after a short word ("km2") or a
// number that is no year.
func partNotes(items []item, v, size float64) {
	for i := 0; i < len(items); i++ {
		end := i
		for end < len(items) && raisedDigit(items[end], v, size) && (end == i || !items[end].gap) {
			end++
		}
		if end == i {
			continue
		}
		if end-i <= noteMarks {
			if i > 0 && !items[i].gap && takesNote(items[:i]) {
				items[i].gap = true
			}
			if end < len(items) && opensWord(items[end]) && !onlyMarks(items[end].text) && (i == 0 || items[i].gap) {
				items[end].gap = true
			}
		}
		i = end - 1
	}
}

func opensWord(it item) bool {
	r, _ := utf8.DecodeRuneInString(it.text)
	return unicode.IsLetter(r)
}

// raisedDigit says whether a digit stands above the line as note numbers do.
func raisedDigit(it item, v, size float64) bool {
	r, n := utf8.DecodeRuneInString(it.text)
	switch {
	case n != len(it.text):
		return false
	case r == '¹' || r == '²' || r == '³' || r >= 0x2070 && r <= 0x2079:
		return true
	}
	return (r >= '0' && r <= '9' || arabicDigit(r)) && it.v-v > raised*size && it.size < .95*size
}

// takesNote says whether a note number may follow: behind a word of some letters,
// a year, or what closes a sentence.
func takesNote(before []item) bool {
	letters, digits := 0, 0
	for i := len(before) - 1; i >= 0; i-- {
		text := before[i].text
		r, _ := utf8.DecodeRuneInString(text)
		switch {
		case unicode.IsLetter(r):
			letters += utf8.RuneCountInString(text)
		case r >= '0' && r <= '9' || arabicDigit(r):
			digits++
		case i == len(before)-1:
			return unicode.In(r, unicode.Pe, unicode.Pf, unicode.Po)
		default:
			return letters >= noteAfter || letters == 0 && digits == 4
		}
		if before[i].gap {
			break
		}
	}
	return letters >= noteAfter && digits == 0 || letters == 0 && digits == 4
}
