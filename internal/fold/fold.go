// Package fold cuts text into words and folds words so that spellings of one
// word in any language become equal. The index, the vocabulary, the tagger and
// the excerpts all use it, which is why a word found by one is found by all. It
// knows no stemming and no stop words.
package fold

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Token is a word of a text: byte offsets, End exclusive.
type Token struct{ Start, End int }

// Words yields the words of text in order: runs of letters, marks and digits. An
// apostrophe or a hyphen ends a word, so that "l'employeur" is two; characters
// that cannot be seen (soft hyphen, joiners, bidi controls) do not. Chinese and
// Japanese characters are words of their own.
func Words(text string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		start := -1
		end := 0 // of the last character that counts, so that a word does not end in a soft hyphen
		for i, r := range text {
			n := utf8.RuneLen(r)
			if n < 0 || (r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD")) {
				n = 1
			}
			switch {
			case ideograph(r):
				if start >= 0 && !yield(Token{start, end}) {
					return
				}
				start = -1
				if !yield(Token{i, i + n}) {
					return
				}
			case r != utf8.RuneError && inWord(r):
				if start < 0 {
					if unicode.Is(unicode.Mn, r) {
						continue // a mark on nothing is no word
					}
					start = i
				}
				end = i + n
			case start >= 0 && Invisible(r):
			case start >= 0:
				if !yield(Token{start, end}) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(Token{start, end})
		}
	}
}

// Term returns the folded form of a word: compatibility forms, case, accents,
// vowel signs, ligatures and digits of every script are made plain, and the
// Arabic letters that are written in several ways become one. The result may be
// empty, for a word of which nothing is left.
func Term(word string) string {
	if plainASCII(word) {
		return word
	}
	var b strings.Builder
	b.Grow(len(word))
	for _, r := range norm.NFKD.String(word) {
		switch {
		case unicode.Is(unicode.Mn, r), Invisible(r), r == 'ـ': // marks, tatweel
		case r < utf8.RuneSelf:
			b.WriteRune(unicode.ToLower(r))
		default:
			writeFolded(&b, r)
		}
	}
	return norm.NFC.String(b.String())
}

// Text folds all words of text and joins them with single spaces: a key to
// compare and sort labels by.
func Text(text string) string {
	var b strings.Builder
	for t := range Words(text) {
		w := Term(text[t.Start:t.End])
		if w == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

// Invisible says whether r is a character that is not seen and separates
// nothing: soft hyphen, joiners, bidi controls, byte order mark.
func Invisible(r rune) bool {
	switch {
	case r == 0x00AD, r == 0x034F, r == 0x061C, r == 0x180E, r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069:
		return true
	case r >= 0xFE00 && r <= 0xFE0F: // variation selectors
		return true
	}
	return false
}

func writeFolded(b *strings.Builder, r rune) {
	if d, ok := digit(r); ok {
		b.WriteByte(d)
		return
	}
	switch r = unicode.ToLower(r); r {
	case 'œ':
		b.WriteString("oe")
	case 'æ':
		b.WriteString("ae")
	case 'ß':
		b.WriteString("ss")
	case 'ø':
		b.WriteByte('o')
	case 'ł':
		b.WriteByte('l')
	case 'đ', 'ð':
		b.WriteByte('d')
	case 'ħ':
		b.WriteByte('h')
	case 'ı':
		b.WriteByte('i')
	case 'ς':
		b.WriteRune('σ')
	case 'ٱ':
		b.WriteRune('ا')
	case 'ى', 'ی':
		b.WriteRune('ي')
	case 'ة':
		b.WriteRune('ه')
	case 'ک':
		b.WriteRune('ك')
	default:
		b.WriteRune(r)
	}
}

// digit returns the ASCII digit of a decimal digit of any script. Unicode lays
// the ten digits of a script out in one run that starts at a multiple of ten
// counted from its zero, so the zero is found by walking back.
func digit(r rune) (byte, bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	for d := rune(0); d < 10; d++ {
		if !unicode.Is(unicode.Nd, r-d-1) {
			return '0' + byte(d), true
		}
	}
	return '0' + byte((r-1)%10), true
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) && !Invisible(r)
}

func ideograph(r rune) bool {
	return r >= 0x3040 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}
