package tagger

import (
	"regexp"

	"marsa/corpus"
)

// nationalShare is the share of what is said of countries from which an official
// text is of a country that it names.
const nationalShare = 0.6

// official matches titles of laws, regulations, forms and contracts.
var official = regexp.MustCompile(`(?i)(?:^|\s)(?:act|law|code|constitution|regulations?|ordinance|application form|loi|décret|dahir|arrêté|ordonnance|constitution|formulaire|journal officiel|قانون|القانون|نظام|مرسوم|لائحة|دستور|تعليمات|ظهير|نموذج|استمارة|عقد)(?:$|[\s,.:(])`)

// isOfficial says whether a document is a law, a form or a contract, by its kind or
// its title.
func isOfficial(e *corpus.Entry) bool {
	return e.Kind == "legal-text" || act.MatchString(e.Title) || official.MatchString(e.Title)
}

// national holds when an official text names a country and hardly another: a law is
// about its own country and seldom says its name, but "the Kingdom", "the Republic"
// and "the Minister".
func national(d *document, y *tally) bool {
	return d.official && y.sentences > 0 && d.share(y) >= nationalShare
}
