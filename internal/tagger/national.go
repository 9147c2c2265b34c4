package tagger

import (
	"regexp"
	"strings"

	"marsa/corpus"
)

// nationalShare is the share of what is said of countries from which an official
// text is of a country that it names.
const nationalShare = 0.6

// official matches titles of laws, regulations, forms and contracts. The word law
// alone is also the subject of studies; act has it with a number.
var official = regexp.MustCompile(`(?i)(?:^|\s)(?:act|code|constitution|regulations?|ordinance|application form|décret|dahir|arrêté|ordonnance|formulaire|journal officiel|قانون|القانون|نظام|مرسوم|لائحة|دستور|تعليمات|ظهير|نموذج|استمارة|عقد)(?:$|[\s,.:(])`)

// isOfficial says whether a document is a law, a form or a contract, by its kind or
// its title.
func isOfficial(e *corpus.Entry) bool {
	return e.Kind == "legal-text" || act.MatchString(e.Title) || official.MatchString(e.Title)
}

// national holds when an official text names a country and hardly another: a law is
// about its own country and seldom says its name, but "the Kingdom", "the Republic"
// and "the Minister".
func national(d *document, y *tally) bool {
	return d.official && y.sentences > 0 && d.share(y) >= nationalShare || d.ofCourt(y)
}

// court matches what stands before a country in the name of a court.
var court = regexp.MustCompile(`(?i)\b(?:court|tribunal|cour)\b[^\n.,;]{0,30}$|محكمة [^\n.،؛]{0,40}$`)

// ofCourt says whether the head of the document is the name of a court of the
// country: a judgment says of which country it is there, and later tells of others.
func (d *document) ofCourt(y *tally) bool {
	for _, m := range y.mentions {
		p := &d.pages[m.page]
		if m.page > 0 || strings.Count(p.text[:m.start], "\n") > courtLines {
			return false
		}
		if m.counts() && court.MatchString(p.text[max(0, m.start-courtWithin):m.start]) && short(p.text, m.start) {
			return true
		}
	}
	return false
}

const (
	courtLines  = 60 // in which the head of a judgment stands, with the parties
	courtWithin = 100
)

// short says whether the line in which an offset lies is no sentence of a text.
func short(text string, at int) bool {
	from := strings.LastIndexByte(text[:at], '\n') + 1
	line, _, _ := strings.Cut(text[from:], "\n")
	return len(line) <= headingRunes
}
