package tagger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/internal/fold"
)

// stretch is a part of a page's text: byte offsets, end exclusive.
type stretch struct{ start, end int }

func (s stretch) of(text string) string { return text[s.start:s.end] }

// longSentence is where a sentence without an end is cut, in bytes.
const longSentence = 1200

// sentences cuts text at full stops, question marks and empty lines. It knows no
// abbreviations: a stop before a small letter or a digit ends nothing.
func sentences(text string) []stretch {
	var out []stretch
	start := 0
	cut := func(end int) {
		if strings.TrimSpace(text[start:end]) != "" {
			out = append(out, stretch{start, end})
		}
		start = end
	}
	for i, r := range text {
		if i < start {
			continue
		}
		switch {
		case strings.ContainsRune(".!?؟۔。", r):
			if end := i + utf8.RuneLen(r); opens(text[end:]) {
				cut(end)
			}
		case r == '\n' && (strings.HasPrefix(text[i+1:], "\n") || row(text[start:i], text[i+1:])):
			cut(i)
		case i-start > longSentence && unicode.IsSpace(r):
			cut(i)
		}
	}
	cut(len(text))
	return out
}

// row says whether two lines are rows of a sheet, which begin with the same label:
// "Country: Egypt; Year: 2009". Each says something of its own.
func row(line, next string) bool {
	line = line[strings.LastIndexByte(line, '\n')+1:]
	label, rest, ok := strings.Cut(line, ": ")
	return ok && len(label) <= longLabel && strings.Contains(rest, "; ") && strings.HasPrefix(next, label+": ")
}

// longLabel is the length from which the beginning of a line is no label, in bytes.
const longLabel = 60

// opens says whether a sentence may start here: after white space, not with a
// small letter or a digit.
func opens(rest string) bool {
	space := false
	for _, r := range rest {
		switch {
		case unicode.IsSpace(r):
			space = true
		case unicode.IsLower(r) || unicode.IsDigit(r):
			return false
		default:
			return space
		}
	}
	return true
}

// line is a line of a page and what it looks like.
type line struct {
	stretch
	headingLike bool // short, and not the end of a paragraph
	heading     bool // headingLike and alone
	running     bool // a header or footer that stands on many pages
	aside       bool // a reference or an address
	inSources   bool // below the heading of a bibliography
}

const (
	headingRunes = 80
	headingWords = 10
)

func lines(text string) []line {
	var out []line
	start := 0
	for start < len(text) {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += start
		}
		out = append(out, line{stretch: stretch{start, end}})
		start = end + 1
	}
	for i := range out {
		out[i].headingLike = headingLike(text, out, i)
	}
	markHeadings(text, out)
	return out
}

// headingLike says whether the i-th line is short, starts like a heading, and
// neither goes on from the line before nor into the next one.
func headingLike(text string, ls []line, i int) bool {
	s := strings.TrimSpace(ls[i].of(text))
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	switch {
	case s == "" || utf8.RuneCountInString(s) > headingRunes || len(strings.Fields(s)) > headingWords:
		return false
	case unicode.IsLower(first) || strings.ContainsRune(".,;،؛-–(", last) || !strings.ContainsFunc(s, unicode.IsLetter):
		return false
	case strings.Contains(s, "....") || strings.Contains(s, ". . ."): // a table of contents
		return false
	}
	if i > 0 {
		if before := strings.TrimSpace(ls[i-1].of(text)); before != "" {
			r, _ := utf8.DecodeLastRuneInString(before)
			if !strings.ContainsRune(".!?؟:»\"”", r) && !ls[i-1].headingLike {
				return false
			}
		}
	}
	if i+1 < len(ls) {
		after, _ := utf8.DecodeRuneInString(strings.TrimSpace(ls[i+1].of(text)))
		return !unicode.IsLower(after)
	}
	return true
}

// tableRows is how many heading-like lines in a row are a table or a list.
const tableRows = 3

func markHeadings(text string, ls []line) {
	for i := 0; i < len(ls); {
		j, full := i, 0
		for j < len(ls) && (ls[j].headingLike || strings.TrimSpace(ls[j].of(text)) == "") {
			if ls[j].headingLike {
				full++
			}
			j++
		}
		for k := i; k < j; k++ {
			ls[k].heading = ls[k].headingLike && full < tableRows
		}
		i = max(j, i+1)
	}
}

// startOfPage is how many lines at the start and the end of a page may be
// running headers and footers.
const edgeLines = 3

// runningKey is a line without digits, which differ from page to page.
func runningKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// edges yields the indexes of the first and the last lines that are not empty.
func edges(text string, ls []line, yield func(i int)) {
	seen := map[int]bool{}
	visit := func(i int, n *int) {
		if *n < edgeLines && strings.TrimSpace(ls[i].of(text)) != "" {
			*n++
			if !seen[i] {
				seen[i] = true
				yield(i)
			}
		}
	}
	top, bottom := 0, 0
	for i := range ls {
		visit(i, &top)
	}
	for i := len(ls) - 1; i >= 0; i-- {
		visit(i, &bottom)
	}
}

// Signs of an address and of a reference, in small letters.
var (
	addressSigns   = []string{"tel.", "tel:", "tél.", "tél:", "tél :", "fax", "e-mail", "email:", "courriel", "p.o. box", "po box", "b.p. ", "هاتف", "فاكس", "ص.ب"}
	referenceSigns = []string{"http://", "https://", "www.", " p. ", " pp. ", "vol. ", "isbn", "issn", "doi:", "doi.org", "ibid", "op. cit", "(ed.)", "(eds.)", "(dir.)", " press,", "éditions"}
)

// Addresses and references are short lines; in a paragraph the same signs are no
// reason to leave the paragraph out. In bytes.
const (
	longAddress   = 160
	longReference = 300
)

// aside says whether a line is an address or a bibliographic reference.
func aside(s string) bool {
	if len(s) > longReference {
		return false
	}
	if numbered(s) {
		return true
	}
	s = strings.ToLower(s)
	if len(s) <= longAddress && (mail(s) || signs(s, addressSigns) > 0) {
		return true
	}
	n := signs(s, referenceSigns)
	return n >= 2 || n == 1 && yearInBrackets(s)
}

// numbered says whether a line begins as an entry of a numbered list of sources
// does: [12].
func numbered(s string) bool {
	number, rest, ok := strings.Cut(strings.TrimPrefix(s, "["), "]")
	return ok && strings.HasPrefix(s, "[") && number != "" && strings.HasPrefix(rest, " ") &&
		strings.IndexFunc(number, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// signs counts how many of the signs stand in s.
func signs(s string, signs []string) int {
	n := 0
	for _, sign := range signs {
		if strings.Contains(s, sign) {
			n++
		}
	}
	return n
}

// mail says whether s has something like an address of electronic mail.
func mail(s string) bool {
	before, after, ok := strings.Cut(s, "@")
	if !ok || before == "" || after == "" {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	host, _, _ := strings.Cut(after, " ")
	return unicode.IsLetter(r) && strings.Contains(strings.Trim(host, "."), ".")
}

// yearInBrackets says whether s has a year as references give it: (2009).
func yearInBrackets(s string) bool {
	for {
		_, rest, ok := strings.Cut(s, "(")
		if !ok {
			return false
		}
		if len(rest) > 4 && strings.IndexFunc(rest[:4], func(r rune) bool { return r < '0' || r > '9' }) < 0 && (rest[4] == ')' || rest[4] >= 'a' && rest[4] <= 'd') {
			return true
		}
		s = rest
	}
}

// lastOfAddress is how many words the last line of an address has at most: its town or
// code and the country.
const lastOfAddress = 4

// endsAddress says whether a country that ends at offset end of a line closes a
// postal address: at the end of the line, after a comma, with figures before.
func endsAddress(s string, end int) bool {
	if end < 0 || end > len(s) || strings.TrimRight(s[end:], " .;") != "" {
		return false
	}
	commas := strings.Count(s[:end], ",")
	return (commas >= 2 || commas == 1 && len(strings.Fields(s)) <= lastOfAddress) && strings.ContainsFunc(s[:end], unicode.IsDigit) && !strings.Contains(s[:end], ". ")
}

// bibliography says whether a heading opens a list of references.
func bibliography(heading string) bool {
	switch strings.TrimLeft(fold.Text(heading), "0123456789 ") {
	case "references", "bibliography", "selected bibliography", "works cited", "sources", "bibliographie", "references bibliographiques",
		"المراجع", "قايمه المراجع", "المصادر", "المصادر والمراجع", "bibliografia", "referencias":
		return true
	}
	return false
}
