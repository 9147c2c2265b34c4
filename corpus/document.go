package corpus

// Document is the record of a publication in one language and edition: small,
// listed and cited. The texts of its pages are kept apart (see Entry).
type Document struct {
	ID   ID
	Work ID   // versions in other languages and editions share it; without siblings the document's own ID
	Rev  Hash // of everything the index is built from; an equal Rev means there is nothing to index

	Title     string
	Lang      Lang   // the main language
	Languages []Lang // every language that its pages are in, the main one first
	Authors   []string
	Publisher string
	Issued    Date
	Kind      Kind
	Licence   string     // as the record says it; empty when unknown
	Notice    string     // what the document says of itself, shown with it; empty for most
	Abstracts []Abstract // by language, each once
	Notes     []PageNote // by page, then language, each once

	Origins  []Origin // where it was found; the first is the preferred link
	Original Original
	NumPages int
	Outline  []Heading
	Tags     []Tag
	Source   map[string]Provenance // of "title", "authors", "publisher", "issued", "lang", "kind", "work", "abstracts", "notes"

	State    State    // complete, or what is known to be missing
	Warnings []string // sentences for who runs the library, about how it was read
}

// Abstract says in one language what a document says; the document need not be in
// that language.
type Abstract struct {
	Lang  Lang
	Title string `json:",omitempty"` // of the document in that language, where it is not the document's own
	Text  string // paragraphs parted by an empty line; may be empty beside a title
}

// PageNote says in one language what a page says, which need not be in that language:
// whoever does not read the document's finds the page all the same.
type PageNote struct {
	Page int // its number
	Lang Lang
	Text string
}

// Note returns the note to a page in a language; empty where there is none.
func (d *Document) Note(page int, l Lang) string {
	for _, n := range d.Notes {
		if n.Page == page && n.Lang == l {
			return n.Text
		}
	}
	return ""
}

// Entry is a document with its pages: what is stored and indexed together.
type Entry struct {
	Document
	Pages []Page
}

// Page is one page of a PDF, one slide, or one section of a document without
// pages. Number counts from 1 in file order. Text is normalised once, at
// extraction; every offset in marsa refers to it.
type Page struct {
	Number  int
	Label   string // the number printed on the page, such as "iv", or the heading of the section
	Lang    Lang
	Text    string
	Quality Quality
	Boxes   []Box     // where the words stand; empty when the format has no layout
	Running []Stretch // running heads and feet that other pages have too, in order
}

// Span is a stretch of the text of a page: byte offsets in Page.Text, End
// exclusive.
type Span struct{ Page, Start, End int }

// Box is a rectangle around a stretch of the text of its page, in shares of the
// page's width and height from the top left, 0 to 1. A word broken over two
// lines has two boxes.
type Box struct {
	Start, End int // byte offsets in Page.Text
	X, Y, W, H float32
}

// Heading is an entry of a table of contents.
type Heading struct {
	Title string
	Level int // 1 is the highest
	Page  int
}

// Origin is a place where a document was found.
type Origin struct {
	URL string // https://…, file:///… or starter:…
}

// Original is the file the document was read from.
type Original struct {
	Hash      Hash
	Name      string // the file's name, without a path
	MediaType string
	Size      int64
}

// Provenance says where the value of a field of the record comes from.
type Provenance string

// Where a value of a record comes from.
const (
	FromRecord  Provenance = "record"  // a sidecar, a manifest or a harvested record
	FromFile    Provenance = "file"    // the file's own metadata
	FromGuess   Provenance = "guessed" // derived from the text or the name
	FromPerson  Provenance = "person"
	FromDefault Provenance = "default"
)
