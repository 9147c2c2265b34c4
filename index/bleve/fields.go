package bleve

import "marsa/corpus"

// A field is one of the inverted fields of an index document: the text or the
// title, in one language or in the form that all languages share.
type field uint8

// Languages with stemmers of their own come first; then the field of all other
// languages, and the field that every page is in, unstemmed and folded.
const (
	numLanguages = 21
	other        = numLanguages     // pages in a language without an analyzer
	common       = numLanguages + 1 // all pages
	numAnalyzers = numLanguages + 2
	authorField  = field(2 * numAnalyzers) // folded, like that of the publisher
	publishField = authorField + 1
	numFields    = 2*numAnalyzers + 2
)

func textField(analyzer int) field  { return field(2 * analyzer) }
func titleField(analyzer int) field { return field(2*analyzer + 1) }

func (f field) analyzer() int { return min(int(f)/2, common) }
func (f field) title() bool   { return f < authorField && f%2 == 1 }

// String returns the name of the field in the index.
func (f field) String() string {
	switch f {
	case authorField:
		return "author"
	case publishField:
		return "publisher"
	}
	name := "text."
	if f.title() {
		name = "title."
	}
	switch a := f.analyzer(); a {
	case other:
		return name + "other"
	case common:
		return name + "common"
	default:
		return name + string(languages[a].lang)
	}
}

// analyzerOf returns the analyzer of a language's own fields.
func analyzerOf(l corpus.Lang) int {
	for i, a := range languages {
		if a.lang == l {
			return i
		}
	}
	return other
}
