package bleve

import "marsa/corpus"

// A field is one of the inverted fields of an index document: the text, the
// title or the abstracts, in one language or in the form that all languages share;
// or names.
type field uint8

// Languages with stemmers of their own come first; then the field of all other
// languages, and the field that every page is in, unstemmed and folded.
const (
	numLanguages = 21
	other        = numLanguages     // pages in a language without an analyzer
	common       = numLanguages + 1 // all pages
	numAnalyzers = numLanguages + 2
	authorField  = field(numParts * numAnalyzers) // folded, like that of the publisher
	publishField = authorField + 1
	numFields    = numParts*numAnalyzers + 2
)

// A part is one of those of a document that are read.
type part uint8

const (
	textPart part = iota
	titlePart
	abstractPart
	numParts
)

func (p part) field(analyzer int) field { return field(numParts*part(analyzer) + p) }

func textField(analyzer int) field  { return textPart.field(analyzer) }
func titleField(analyzer int) field { return titlePart.field(analyzer) }

func abstractField(analyzer int) field { return abstractPart.field(analyzer) }

func (f field) analyzer() int { return min(int(f)/int(numParts), common) }

// is says whether f is a field of a part.
func (f field) is(p part) bool { return f < authorField && part(f)%numParts == p }

// weight is what a word in the field is worth beside the same in the text.
func (f field) weight() float64 {
	switch {
	case f.is(titlePart):
		return titleWeight
	case f.is(abstractPart):
		return abstractWeight
	}
	return 1
}

// String returns the name of the field in the index.
func (f field) String() string {
	switch f {
	case authorField:
		return "author"
	case publishField:
		return "publisher"
	}
	name := [...]string{"text.", "title.", "abstract."}[part(f)%numParts]
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
