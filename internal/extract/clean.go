package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean brings text into the one form that is stored, searched and shown: UTF-8
// in NFKC, lines ended by "\n", no blanks at the end of a line, at most one
// blank line in a row, none at either end; without control characters (a tab
// stays), soft hyphens, bidi controls, zero-width spaces and tatweel. Cleaning
// what is clean changes nothing.
func Clean(s string) string {
	if !plain(s) {
		s = norm.NFKC.String(strip(s))
		// Presentation forms of vowel signs become tatweel and sign.
		if again := strip(s); again != s {
			s = norm.NFKC.String(again)
		}
	}
	return tidyLines(s)
}

// CleanLine is Clean for what stands on one line, such as a title: every run of
// white space becomes one space. It cuts what is longer than max characters and
// ends it in "…"; max 0 does not cut.
func CleanLine(s string, max int) string {
	// Cleaning a long text for its first line would be work a stranger can ask for.
	if most := 64 * (max + 16); max > 0 && len(s) > most {
		s = strings.ToValidUTF8(s[:most], "")
	}
	s = strings.Join(strings.Fields(Clean(s)), " ")
	if max <= 0 || utf8.RuneCountInString(s) <= max {
		return s
	}
	r := []rune(s)[:max-1]
	return strings.TrimRightFunc(string(r), unicode.IsSpace) + "…"
}

// plain says whether every character of s is printable ASCII, tab or newline.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x7F || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

func strip(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if mark := isolated(r); mark != 0 {
			return mark
		}
		switch {
		case r == '\t':
			return r
		case r == '\r', r == '\n', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case unseen(r):
			return -1
		}
		return r
	}, s)
}

func unseen(r rune) bool {
	switch {
	case r < 0xA0:
		return r < ' ' || r >= 0x7F
	case r == 0xAD, r == 0x61C, r == 0x640: // soft hyphen, Arabic letter mark, tatweel
		return true
	case r == 0x200B, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E:
		return true
	case r >= 0x2060 && r <= 0x206F: // word joiner, invisible operators, isolates
		return true
	case r == 0xFEFF, r >= 0xFFF9 && r <= 0xFFFB, r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
		return true
	case r >= 0xE0000 && r <= 0xE007F: // tags: text that nobody sees
		return true
	}
	return false
}

// isolated returns the vowel sign of an Arabic presentation form that stands
// alone. NFKC makes a blank and the sign of it, which would cut the word that
// the sign belongs to.
func isolated(r rune) rune {
	switch r {
	case 0xFE70, 0xFE71:
		return 0x64B
	case 0xFE72:
		return 0x64C
	case 0xFE74:
		return 0x64D
	case 0xFE76, 0xFE77:
		return 0x64E
	case 0xFE78, 0xFE79:
		return 0x64F
	case 0xFE7A, 0xFE7B:
		return 0x650
	case 0xFE7C, 0xFE7D:
		return 0x651
	case 0xFE7E, 0xFE7F:
		return 0x652
	}
	return 0
}

func tidyLines(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false // a blank line is owed
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" {
			blank = true
			continue
		}
		if b.Len() == 0 {
			line = strings.TrimLeftFunc(line, unicode.IsSpace)
		} else {
			b.WriteByte('\n')
			if blank {
				b.WriteByte('\n')
			}
		}
		blank = false
		b.WriteString(line)
	}
	return b.String()
}
