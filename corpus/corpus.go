// Package corpus holds the words every other package speaks: documents, pages,
// spans, tags, and the errors callers branch on. It knows nothing of how they
// are read, stored, searched or shown, and imports the standard library only.
package corpus

import "errors"

// Errors that callers branch on with errors.Is. Everything else is unexpected.
var (
	// ErrNotFound says that there is no such document, page, concept or file.
	ErrNotFound = errors.New("not found")
	// ErrInvalid says that what was asked cannot be understood.
	ErrInvalid = errors.New("invalid")
	// ErrTooLarge says that what was given is over a limit.
	ErrTooLarge = errors.New("too large")
	// ErrUnavailable says that it exists but cannot be had now.
	ErrUnavailable = errors.New("unavailable")
)

// ID names a document. It is given when a publication is first seen and stays
// the same over editions, so that links and citations keep working. It is made
// of lower-case letters, digits and hyphens.
type ID string

// Lang is the base language of BCP 47: "en", "fr", "ar"; empty when unknown.
type Lang string

// RTL says whether the language is written from right to left.
func (l Lang) RTL() bool {
	switch l {
	case "ar", "he", "fa", "ur", "ckb", "yi", "dv", "ps":
		return true
	}
	return false
}

// ConceptID names a concept of the vocabulary with its scheme before the slash:
// "country/ma", "topic/labour-migration", "kind/study".
type ConceptID string

// Hash is a SHA-256 in 64 lower-case hexadecimal digits.
type Hash string

// Kind is the kind of a document, as the part after the slash of a concept of
// the scheme "kind": "study", "legislation-summary"; empty when unknown.
type Kind string
