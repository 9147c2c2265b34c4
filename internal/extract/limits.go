package extract

import "time"

// Limits that every format obeys. A format may have narrower ones of its own.
const (
	// MaxFile is the largest file that is read, in bytes.
	MaxFile = 200 << 20
	// MaxPages is the largest number of pages of a document. What follows is
	// left out, and the document is partial.
	MaxPages = 10_000
	// MaxPageText is the longest text of a page, in characters. A longer one is
	// given as several pages, none of it is lost.
	MaxPageText = 200_000
	// MaxText is the longest text of a document, in bytes over all pages.
	MaxText = 128 << 20
	// SectionText is the length in characters from which a section of a format
	// without pages is cut at the next paragraph, so that "the page of the hit"
	// stays something that a person can read.
	SectionText = 12_000
	// BreakText is the length in characters from which a page break that the
	// author set also cuts a section.
	BreakText = 1_500

	// PageTime is how long a reader may work without giving a page.
	PageTime = 5 * time.Second
	// PictureTime is how long drawing a page may take: large pictures in it are
	// unpacked at full size first.
	PictureTime = 30 * time.Second
	// FileTime is how long a reader may work on one file.
	FileTime = 5 * time.Minute
	// Memory is what a reader may use, in bytes.
	Memory = 512 << 20

	// MaxDepth is how deep elements may be nested in XML and HTML.
	MaxDepth = 256

	// MaxAbstract is the most characters of an abstract.
	MaxAbstract = 5_000

	maxTitle    = 500    // characters of a title, a label, a heading
	maxAuthors  = 100    // authors of a document
	maxOutline  = 5_000  // headings of a document
	maxWarnings = 50     // warnings about a document
	maxEntries  = 20_000 // entries of a zip archive
)
