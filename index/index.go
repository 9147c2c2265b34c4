// Package index says what a search engine of marsa takes and gives: the Engine
// interface, queries, results and the table of fields. It knows no engine;
// index/bleve implements it, and index/indextest holds the
// suite that every implementation passes.
package index

import (
	"context"

	"marsa/corpus"
)

// SchemaVersion is the version of what engines store. An index of another
// version is rebuilt from the catalog.
//
//	1  one index document per publication, pages as array elements, language
//	   fields and one common folded field, columns in one stored field
//	2  fields of the authors and of the publisher
//	3  the column quality
//	4  Snowball stems of German and Spanish
//	5  lines of a page in another language in the fields of that one too
//	6  the column format; documents without a date have a value in the column year
//	7  columns of countries by their part in a movement and of those that published;
//	   the first letters of Turkish words
//	8  Snowball stems of Arabic after the light ones, without prepositions
//	9  fields of the abstracts
//	10 notes to pages in these fields
const SchemaVersion = 10

// Engine finds documents. Implementations are safe for concurrent use; a
// search sees every Put that returned before it began.
type Engine interface {
	// Put adds entries, replacing those with the same ID, as one batch: after an
	// error either all or none are stored.
	Put(ctx context.Context, es ...*corpus.Entry) error
	// Delete removes documents; an ID that is not there is no error.
	Delete(ctx context.Context, ids ...corpus.ID) error
	// Search answers a query. It fails with corpus.ErrInvalid when the query is
	// over a limit or uses what the engine does not have.
	Search(ctx context.Context, q *Query) (*Result, error)
	// Similar returns the words of the texts that are spelled most like a word:
	// those that differ least, then those of the language that the words beside it
	// are in, or of l, then the commonest.
	Similar(ctx context.Context, word, beside string, l corpus.Lang) ([]Spelling, error)
	// Related returns the works that share most with a profile: its values and the
	// rarest of its words, both weighed by how few documents have them.
	Related(ctx context.Context, p *Profile) ([]Relative, error)
	// Revs returns what is indexed, to be compared with the catalog.
	Revs(ctx context.Context) (map[corpus.ID]corpus.Hash, error)
	Close() error
}

// Query asks for works. The unit of every result and count is the work: the
// versions of one publication in other languages and editions are one hit.
type Query struct {
	Match   Clause   // nil matches everything
	Filters []Filter // AND between filters; they never change scores
	Facets  []FacetRequest
	Sort    Sort
	// Prefer orders the versions of a work: those in the first of these languages
	// come first, among those that have the words and then among those that have a
	// label of a Concept instead.
	Prefer []corpus.Lang
	Offset int // works to skip
	Limit  int // works to return; 0 returns only counts
	Pages  int // best pages to return for each hit
	// Explain asks for Hit.Why.
	Explain bool
}

// Clause is what a document must say. The set of clauses is closed: All, Any,
// Not, Word, Phrase, Near, Prefix, Fuzzy, Concept, In and Only.
type Clause interface{ clause() }

type (
	// All wants every one of its clauses. At the top of a query it is a tier and
	// not a filter: documents with all of them come first and make Total, those
	// with at least half of them follow and make Partial; in a question, a query of
	// QuestionWords and more, they stand among them. Two are always enough,
	// and one is where fewer than ten documents have two. A word that is a stop
	// word of a language that the query may be in is optional. Inside another
	// clause All is strict. A Not inside All takes documents away; so do In and
	// Only, and alternatives of nothing else, from what they do not match.
	All []Clause
	// Any wants at least one of its clauses.
	Any []Clause
	// Not takes away what its clause matches. It stands only inside All.
	Not struct{ Clause Clause }
	// Word is one word as typed; each field analyses it in its own way. Text that
	// the tokenizer splits ("08-11", "aujourd'hui") matches as a phrase; an article
	// before an apostrophe ("l'homme") and an s after one fall away. What is Optional
	// is like a stop word: no document needs it.
	Word struct {
		Text     string
		Optional bool
	}
	// Phrase is words that must follow one another on one page or in the title,
	// in the common field: with stop words and endings, exact up to folding.
	Phrase struct{ Text string }
	// Near is words that stand on one page or in the title in any order, with at
	// most Within other words among them; exact as in a Phrase.
	Near struct {
		Text   string
		Within int
	}
	// Prefix is the words that begin so, Fuzzy those that differ in one letter or
	// in the order of two, or twice so where the word has more than MaxOneEdit. Both mean one word, exact up to
	// folding, and stand for its MaxTerms commonest forms; Result.Cut says where
	// there were more.
	Prefix struct{ Text string }
	Fuzzy  struct{ Text string }
	// Concept is words that name a concept together, each as if it stood alone, and
	// labels that name it too. A document with one of the labels has all the words;
	// it is worth less than one that has the words themselves.
	Concept struct {
		Words  []Word
		Labels []Label
		// Akin says that the labels are words that mean the same and not names of one
		// thing: a document with no more than them is among those with most words.
		Akin bool
		// Documents that have Value in Field are about the concept and worth more; no
		// Field is none.
		Field Field
		Value string
	}
	// In looks for its clause in one field only.
	In struct {
		Field  TextField
		Clause Clause
	}
	// Only keeps what passes a filter. It counts as no word and scores nothing.
	Only struct{ Filter Filter }
)

// Label is a name in a language. Its words follow one another, with the endings
// that they have in that language; stop words inside it may be others. Without a
// language it is exact up to folding.
type Label struct {
	Text   string
	Lang   corpus.Lang
	Weight float64 // what it is worth beside words as typed; 0 is what a name of a concept is
}

// TextField is a field whose words can be looked for by themselves.
type TextField string

// Fields of In. What a document says is the field of all other clauses, with
// its title.
const (
	InTitle     TextField = "title"
	InAuthor    TextField = "author"
	InPublisher TextField = "publisher"
)

func (All) clause()     {}
func (Any) clause()     {}
func (Not) clause()     {}
func (Word) clause()    {}
func (Phrase) clause()  {}
func (Near) clause()    {}
func (Prefix) clause()  {}
func (Fuzzy) clause()   {}
func (Concept) clause() {}
func (In) clause()      {}
func (Only) clause()    {}

// Filter keeps documents that have one of the values in the field, or, for
// FieldYear with From or To set, a year in that range (both ends included; 0 is
// open). With All they must have every one of the values. With Not it keeps those
// that do not, documents without a value too.
type Filter struct {
	Field    Field
	Values   []string
	From, To int
	All      bool
	Not      bool
}

// FacetRequest asks for the values of a field, each with the number of works
// that match the query under all filters but those on this field. A filter with
// All holds for the counts of its own field too: they say how many works would be
// left if that value were wanted as well.
type FacetRequest struct {
	Field Field
	// Broader rolls values up: for each value all values above it, to the top. A
	// work counts once for each of them. Filters on this field match narrower
	// values in the same way.
	Broader map[string][]string
	// Always lists values that are returned even when their count is 0.
	Always []string
}

// Sort is the order of hits.
type Sort string

// Orders. Ties are broken by work ID, so that an order never changes by itself.
const (
	ByRelevance Sort = ""      // tier, then score
	ByNewest    Sort = "date"  // newest first, without a date last
	ByTitle     Sort = "title" // title of the version shown, folded
)

// Result answers a Query.
type Result struct {
	Total     int  // works with all words
	Partial   int  // works with some of them (see All), listed after those
	Mixed     bool // they are listed among those: the query is a question
	Documents int  // documents in the works of Total
	Size      int  // documents in the index
	Hits      []Hit
	Facets    map[Field][]Bucket // by falling count, then value
	Missing   []string           // words of the query that nothing in the index has
	Cut       []string           // texts of Prefix and Fuzzy that have more than MaxTerms forms
}

// Hit is a work that matches.
type Hit struct {
	Work      corpus.ID
	Documents []corpus.ID // the versions that match, the one to show first
	Score     float64
	Partial   bool     // has only some of the words
	Lacks     []string // of a partial hit: words that the version to show does not have
	Pages     []PageHit
	// Abstract is given where an abstract of the document shown answers better than
	// its best page: that one, or the one in a language of Query.Prefer that answers too.
	Abstract *AbstractHit
	// MatchingPages counts the pages, of the document shown, that have a word of the query.
	MatchingPages int
	Why           []Why // of the document shown, in the order of the query; only when asked for
}

// Why is what a word or phrase of the query does for a document that has it.
type Why struct {
	Word      string  // as typed, or a label of a Concept
	Label     bool    // it is such a label, and was not typed
	Title     bool    // it stands in the title
	Times     int     // that it stands in the text
	Documents int     // that have it, in the whole index
	Score     float64 // its part of the score; of typed words and labels of a concept only the better counts
}

// PageHit is a page that matches, with the places of the query's words in its text.
type PageHit struct {
	ID     corpus.ID
	Number int
	Score  float64
	Spans  []Match  // by Start; at most MaxSpans
	Note   *NoteHit // where a note to the page answers better than its text, or nearly as well in the first language of Query.Prefer
}

// NoteHit is a note to a page that matches. Its spans are places in the text of the
// note in that language; their page is 0.
type NoteHit struct {
	Lang  corpus.Lang
	Spans []Match // by Start; at most MaxSpans
}

// AbstractHit is an abstract that matches. Its spans are places in the text of the
// abstract in that language; their page is 0.
type AbstractHit struct {
	ID    corpus.ID
	Lang  corpus.Lang
	Score float64
	Spans []Match // by Start; at most MaxSpans
}

// Match is a place on a page and the query's word that it answers.
type Match struct {
	corpus.Span
	Word string
}

// Spelling is a word of the texts.
type Spelling struct {
	Word       string      // folded
	Distance   int         // letters that differ
	Documents  int         // that have it
	InLanguage int         // of these, documents in the language of the query
	Lang       corpus.Lang // the one of most of those; empty where there are none
	Places     []Place     // some, to read there how it is written
}

// Place is where a word stands as it is written.
type Place struct {
	ID corpus.ID
	corpus.Span
}

// Bucket is a value of a facet and the number of works that have it. Where a
// query has works with all words, those are counted; where it has none without
// any filter, the works with most words are.
type Bucket struct {
	Value string
	Count int
}
