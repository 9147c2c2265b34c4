// Package extract turns the bytes of a file into pages of text. It tells
// formats by content, knows the limits that every format obeys, and knows no
// format itself: those are the packages below it, joined by extract/all.
package extract

import (
	"context"
	"errors"

	"marsa/corpus"
)

// Why a file could not be read. Reason turns each into the key that reports and
// the catalog keep.
var (
	ErrUnsupported = errors.New("format is not supported")
	ErrPassword    = errors.New("file needs a password")
	ErrEmpty       = errors.New("file is empty")
	ErrTooLarge    = errors.New("file is over a limit")
	ErrDamaged     = errors.New("file is damaged")
	ErrMismatch    = errors.New("file is not what its name says")
	ErrTimeout     = errors.New("reading took too long")
	ErrCrashed     = errors.New("reading crashed")
	ErrMemory      = errors.New("reading needed too much memory")
	ErrNoText      = errors.New("file has no text")
)

// Extractor reads one format.
type Extractor interface {
	// Extract reads data and gives each page to emit as soon as it is read, in
	// order; when emit fails, Extract returns that error. What is known of the
	// whole document is returned at the end. Pages carry Number, Label, Text,
	// Quality and Boxes; Lang is found later. Text is UTF-8 in NFKC with "\n"
	// between lines and a blank line between paragraphs, without control
	// characters, soft hyphens, bidi controls and tatweel.
	//
	// An error after pages were given means that the rest could not be read.
	Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*Meta, error)
}

// Meta is what a file says of itself. Every field may be empty.
type Meta struct {
	Title      string
	TitleFrom  corpus.Provenance // FromFile, or FromGuess when it was taken from the text
	Authors    []string
	Publisher  string
	Abstract   string            // where a catalogue or its author summed the document up
	Issued     corpus.Date       // when the file or its first page says when it was published; never its creation date
	IssuedFrom corpus.Provenance // FromGuess when it was taken from the first page
	Lang       corpus.Lang       // as declared
	Outline    []corpus.Heading
	Warnings   []string
	// Record is metadata that an author wrote beside the text (front matter):
	// keys as in a sidecar. It has the standing of a sidecar.
	Record map[string]any
}

// Content is a file as read: what Stream gives, collected.
type Content struct {
	Meta
	MediaType string
	State     corpus.State // Complete, or Partial when an error ended reading after the first page
	Pages     []corpus.Page
}
