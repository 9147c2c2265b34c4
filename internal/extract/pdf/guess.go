package pdf

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"marsa/corpus"
)

// Letterheads say who publishes and contents what follows: neither is a title.
var (
	numberedLaw = regexp.MustCompile(`(?i)^(ال)?(قانون|نظام|مرسوم|قرار|ظهير|أمر)( [^ ]+){0,3} رقم|^(loi|décret|decret|ordonnance|arrêté|dahir|décision)( [\pL-]+){0,3} n ?[°ºo]|^(law|act|decree|decree-law|order|regulation|legal notice)( [\pL-]+){0,3} no?[.°º ]`)
	namedLaw    = regexp.MustCompile(`(?i)^(قانون|نظام|دستور|مرسوم|loi|code|constitution|law|act) `)
	subjectLine = regexp.MustCompile(`(?i)^(في شأن|بشأن|ب?إصدار|باصدار|بتعديل|المتعلق|يتعلق|relati(f|ve)|portant|fixant|modifiant|formant|on|concerning|regarding|to amend|amending) `)
	letterhead  = regexp.MustCompile(`(?i)^((la |the )?(république|republique|republic|kingdom|royaume|state) |الجمهورية|جمهورية|المملكة|الجريدة الرسمية|الجریدة الرسمیة|ministère|ministry|وزارة|université|università|universidad|university|(in the )?united states court)`)
	contents    = regexp.MustCompile(`(?i)^(arrangement of (sections|articles)|(table of )?contents|table des matières|sommaire|sommario|summary|index|فهرس.*|المحتويات)$`)
	issueLine   = regexp.MustCompile(`(?i)^(n ?[°º]|no\.|العدد) ?\d+`)
	journal     = regexp.MustCompile(`(?i)^(journal officiel|bulletin officiel|official journal|الجريدة الرسمية)`)
	leansBack   = regexp.MustCompile(`(?i)^(de|du|des|of|for) `)
	aYear       = regexp.MustCompile(`[0-9٠-٩]+`)
)

// guessTitle takes a title from the first page: the line that names a law, the
// first entry of the outline where it stands on the page, or the largest type;
// else from the outline.
func guessTitle(outline []corpus.Heading, first []textLine) string {
	texts := lineTexts(first)
	if t := lawTitle(texts); t != "" {
		return t
	}
	entry := ""
	if len(outline) > 0 && outline[0].Page <= 3 {
		if entry = honestTitle(outline[0].Title); !titleLength(entry) || contents.MatchString(entry) {
			entry = ""
		}
	}
	if entry != "" && strings.Contains(strings.ToLower(strings.Join(texts, " ")), strings.ToLower(entry)) {
		return entry
	}
	if t := honestTitle(largest(first)); titleLength(t) {
		return wholeMasthead(t, texts)
	}
	return entry
}

func lineTexts(lines []textLine) []string {
	var texts []string
	for _, l := range lines {
		var words []string
		for _, w := range l.words {
			words = append(words, w.text)
		}
		texts = append(texts, tidy(strings.Join(words, " ")))
	}
	return texts
}

// lawTitle returns the line of the page's head that names a law by its number,
// with the line after it that says on what it is; or one of the first three that
// names a law in words.
func lawTitle(lines []string) string {
	const head = 12
	for i, l := range lines[:min(len(lines), head)] {
		if !numberedLaw.MatchString(l) || len(strings.Fields(l)) > 25 {
			continue
		}
		if i > 0 && namedLaw.MatchString(lines[i-1]) && len(strings.Fields(lines[i-1])) <= 12 && len(strings.Fields(l)) <= 6 {
			l = lines[i-1] + " " + l
		}
		if i+1 < len(lines) && subjectLine.MatchString(lines[i+1]) {
			l += " " + lines[i+1]
		}
		return honestTitle(l)
	}
	for _, l := range lines[:min(len(lines), 3)] {
		if n := len(strings.Fields(l)); namedLaw.MatchString(l) && n >= 2 && n <= 12 {
			return honestTitle(l)
		}
	}
	return ""
}

// wholeMasthead completes the name of a journal: the line before one that leans
// on it ("of the Republic"), and the number of the issue.
func wholeMasthead(t string, lines []string) string {
	for i, l := range lines {
		if leansBack.MatchString(t) && i > 0 && l != "" && strings.HasPrefix(t, l) {
			t = lines[i-1] + " " + t
			break
		}
	}
	if !journal.MatchString(t) {
		return t
	}
	for _, l := range lines {
		if n := issueLine.FindString(l); n != "" {
			return t + ", " + n
		}
	}
	return t
}

// guessYear returns the year that the title names, or the two lines after it;
// "" when there is none, or more than one.
func guessYear(title string, first []textLine) corpus.Date {
	if y := onlyYear(title); y != "" || title == "" {
		return y
	}
	lines := lineTexts(first)
	for i, l := range lines {
		if l != "" && strings.HasSuffix(strings.ToLower(title), strings.ToLower(l)) {
			for _, below := range lines[i+1 : min(len(lines), i+3)] {
				if y := onlyYear(below); y != "" {
					return y
				}
			}
			return ""
		}
	}
	return ""
}

func onlyYear(s string) corpus.Date {
	var found []string
	for _, digits := range aYear.FindAllString(s, -1) {
		y, err := strconv.Atoi(latinDigits(digits))
		if err == nil && y >= 1800 && y <= time.Now().Year() && !slices.Contains(found, strconv.Itoa(y)) {
			found = append(found, strconv.Itoa(y))
		}
	}
	if len(found) != 1 {
		return ""
	}
	return corpus.Date(found[0])
}

func latinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '٠' && r <= '٩' {
			return r - '٠' + '0'
		}
		return r
	}, s)
}
