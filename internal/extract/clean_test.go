package extract

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "One line.\n\nAnother.", "One line.\n\nAnother."},
		{"line ends", "a\r\nb\rc\vd\fe\u0085f\u2028g", "a\nb\nc\nd\ne\nf\ng"},
		{"blank lines", "\n\n a \n\n\n \t\n b\n\n", "a\n\n b"},
		{"ligature", "ﬁnancement", "financement"},
		{"no-break space", "30\u00A0000", "30 000"},
		{"soft hyphen", "coopé\u00ADration", "coopération"},
		{"accent behind a soft hyphen", "e\u00AD\u0301", "é"},
		{"controls", "a\x00b\x1bc\u009fd\x7f", "abcd"},
		{"tab stays", "a\tb", "a\tb"},
		{"marks of direction", "\u202bعربي\u202c\u200f \u2067x\u2069", "عربي x"},
		{"tatweel", "هجـــرة", "هجرة"},
		{"presentation forms", "ﻫﺠﺮﺓ", "هجرة"},
		{"lam alef", "ﻻ", "لا"},
		{"sign alone", "ع\uFE77مل", "عَمل"},
		{"sign on tatweel in a form", "\uFE71", "\u064B"},
		{"byte order mark and noncharacters", "\uFEFFa\uFFFEb\uFFFFc", "abc"},
		{"hidden tags", "a\U000E0041b", "ab"},
		{"joiners stay", "می\u200cخواهم", "می\u200cخواهم"},
		{"private use stays", "\uF0B7", "\uF0B7"},
		{"not UTF-8", "a\xFFb", "a\uFFFDb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("Clean(%+q) = %+q; want %+q", c.in, got, c.want)
			}
		})
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"a\r\n\r\n\r\nb ", "ﷺ \uFE71", "e\u00AD\u0301", "\u0640\u0651", "a\xff\u0300\u0300", "\uFC5E\u2029", "\u1160\uAC00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if again := Clean(got); again != got {
			t.Errorf("Clean(%+q) = %+q, and again %+q", s, got, again)
		}
		if !utf8.ValidString(got) || strings.Contains(got, "\n\n\n") || strings.ContainsAny(got, "\r\u00AD\u0640\u202E") {
			t.Errorf("Clean(%+q) = %+q", s, got)
		}
	})
}

func TestCleanLine(t *testing.T) {
	for _, c := range []struct {
		in   string
		max  int
		want string
	}{
		{" a\n\tb ", 0, "a b"},
		{"abcdef", 6, "abcdef"},
		{"abcdefg", 6, "abcde…"},
		{"ab   cdefg", 4, "ab…"},
		{strings.Repeat("é", 1<<20), 3, "éé…"},
	} {
		if got := CleanLine(c.in, c.max); got != c.want {
			t.Errorf("CleanLine(%.20q, %d) = %q; want %q", c.in, c.max, got, c.want)
		}
	}
}
