// Package search turns what a reader typed and ticked into a query, asks an
// engine, and turns the answer into titles, labels and excerpts. It knows no
// HTML, no HTTP and no engine.
package search

import (
	"marsa/corpus"
	"marsa/index"
)

// Request is what a reader asks for, checked by the caller for form only.
type Request struct {
	Text    string
	Plain   bool                     // concepts are searched by the words that were typed only
	No      []string                 // labels of concepts that are not to be searched
	Lang    corpus.Lang              // the reader's language: labels and the version of a work shown first
	Role    index.Field              // of index.CountryFields: countries are counted by it beside index.FieldCountry; empty for that alone
	Values  map[index.Field][]string // ticked values: OR in a field, AND between fields
	All     []index.Field            // fields in which every ticked value is wanted: AND there too
	Without map[index.Field][]string // values that no document found may have
	From    int                      // first and last year, 0 is open
	To      int
	Sort    index.Sort
	Offset  int
	Limit   int  // 0 is DefaultLimit
	Explain bool // say why each work is found
	Pages   int  // best pages a hit; 0 is DefaultPages
}

// Defaults and limits of a request.
const (
	DefaultLimit = 10
	DefaultPages = 3
	MaxText      = 1000 // bytes of query text
	MaxValues    = 300  // ticked values in all fields together
)

// Response answers a Request.
type Response struct {
	Total     int  // works with all words
	Partial   int  // works with most of them
	Mixed     bool // these stand among those: the query is a question
	Documents int
	Size      int // documents in the library
	Offset    int
	Limit     int
	Query     Echo
	Hits      []Hit
	Facets    []Facet // in the order in which they are shown
}

// Echo says how the query was understood.
type Echo struct {
	Typed      string
	Expansions []Expansion
	Missing    []string // words that nothing in the library has
	Rest       string   // the query without these; empty where it is not words alone
	DidYouMean *Suggestion
	Notes      []Note
	Offers     []Offer
}

// Offer is a filter that the words of the query suggest.
type Offer struct {
	Field index.Field
	Value string
	Label string // in the reader's language
	Lang  corpus.Lang
	Count int // works that would be left
}

// Expansion is a concept found in the query and the labels also searched, or words
// that name none and the words also searched that mean the same.
type Expansion struct {
	Concept corpus.ConceptID // empty for such words
	Typed   string           // as it stands in the query
	Labels  []Label          // also searched
	Removed []Label          // not searched, because the reader does not want them
}

// Label is a name in a language.
type Label struct {
	Text string
	Lang corpus.Lang
}

// Note is something a reader should know about the query, as a key of the
// interface texts and the part of the query that it is about.
type Note struct {
	Key string // NoteUnclosedQuote, …
	At  int    // byte position in Typed
	Arg string
}

// Keys of notes.
const (
	NoteUnclosedQuote = "unclosed_quote" // the quote at At is not closed; the words after it were searched singly
	NoteWordsCut      = "words_cut"      // the query has more than Arg words; those from At on were left out
	NotePatternsCut   = "patterns_cut"   // more than Arg words have * or ~; those from At on were searched as they stand
	NotePatternWide   = "pattern_wide"   // Arg stands for more words than are searched: only the commonest were
	NoteYear          = "year"           // Arg is no year or range of years; it was searched as a word
	NotePageAlone     = "page_alone"     // page:Arg stands without the one document whose page it is; it was left out
	NotePageNumber    = "page_number"    // Arg is no page or range of pages; page: was left out
	NoteNoWords       = "no_words"       // there is no word in what was typed, so everything is shown
	NoteUnknownValue  = "unknown_value"  // Arg, "field=value", is not in the vocabulary: it was searched as it is
)

// Keys of notes on what cannot be read as it is written at At; the query was
// searched as words.
const (
	NoteParenOpen  = "paren_open"  // the bracket is not closed
	NoteParenClose = "paren_close" // the bracket was not opened
	NoteParenEmpty = "paren_empty" // nothing stands between the brackets
	NoteDeep       = "deep"        // brackets stand more than Arg deep in one another
	NoteOperator   = "operator"    // Arg has nothing to join or to leave out
	NoteFieldValue = "field_value" // no value follows the field Arg
	NoteStar       = "star"        // Arg: a star stands only at the end of one word
	NoteNear       = "near"        // Arg: ~ stands after a word, or with a number after a quote
)

// Hit is a work, shown as one of its versions.
type Hit struct {
	Document      *corpus.Document // the version shown
	Versions      []Version        // all versions that the library holds, the one shown first
	Score         float64
	Partial       bool
	Lacks         []string // of a partial hit: words that it does not have
	MatchingPages int
	Pages         []PageHit
	Abstract      *AbstractHit // where an abstract answers better than the best page
	Tags          []Tag
	Why           []Why // only when asked for
}

// Version is a document of a work.
type Version struct {
	ID       corpus.ID
	Language corpus.Lang
	Title    string
}

// PageHit is a page that matches, with the part of its text that shows why.
type PageHit struct {
	Document corpus.ID
	Number   int
	Label    string
	Language corpus.Lang
	Quality  corpus.State
	Note     corpus.Lang // the language of the note to the page that the excerpt is from; empty where it is from the page
	Excerpt  []Part
}

// AbstractHit is an abstract that matches, with the part of its text that shows why.
type AbstractHit struct {
	Document corpus.ID
	Language corpus.Lang
	Excerpt  []Part
}

// Part is a stretch of text; Hit marks a word of the query.
type Part struct {
	Text string
	Hit  bool
}

// Tag is a tag with its label in the reader's language.
type Tag struct {
	corpus.Tag
	Label string
}

// Facet is a field with its values.
type Facet struct {
	Field   index.Field
	Buckets []Bucket
}

// Bucket is a value with the number of works that have it.
type Bucket struct {
	ID       string
	Label    string
	Lang     corpus.Lang // of the label, when it is not in the reader's language
	Count    int
	Selected bool
	Depth    int // in a tree: how many values stand above it
}

// Marked is a page with the places of the query's words in it.
type Marked struct {
	Page  *corpus.Page
	Parts []Part // the whole text of the page
	// The nearest pages of the document before and after this one that have a
	// word of the query; 0 for none.
	Previous, Next int
	// MatchingPages counts such pages.
	MatchingPages int
}

// Record is a document with all that a reader is shown of it, its texts left
// out.
type Record struct {
	Document *corpus.Document
	Versions []Version // the document itself left out
	Tags     []TagRecord
	Pages    []corpus.PageSummary
}

// TagRecord is a tag with the sentences that earned it.
type TagRecord struct {
	Tag
	Evidence []Sentence
}

// Sentence is a sentence of a document with the words marked that earned a tag.
type Sentence struct {
	Page     int
	Label    string
	Language corpus.Lang
	Parts    []Part
}
