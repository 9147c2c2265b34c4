// Package skos reads and writes vocabularies as SKOS, in Turtle and in JSON-LD.
// It knows the words of SKOS and how they become entries of a vocabulary; what
// an entry needs to be used, package vocab knows. What is read is hostile: size,
// depth and the number of statements are bounded, and nothing is fetched.
package skos

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"marsa/corpus"
)

// Format is a way to write a graph.
type Format string

// Formats that are read and written.
const (
	Turtle Format = "ttl"
	JSONLD Format = "jsonld"
)

// MediaType is the media type of files of the format.
func (f Format) MediaType() string {
	if f == JSONLD {
		return "application/ld+json"
	}
	return "text/turtle; charset=utf-8"
}

// FormatOf tells the format from the ending of a name.
func FormatOf(name string) (Format, error) {
	switch strings.ToLower(path.Ext(name)) {
	case ".ttl", ".turtle", ".nt":
		return Turtle, nil
	case ".jsonld", ".json":
		return JSONLD, nil
	}
	return "", fmt.Errorf("%s: a vocabulary is read from .ttl or .jsonld: %w", name, corpus.ErrInvalid)
}

// Limits of what is read.
const (
	MaxSize    = 32 << 20  // bytes of a file
	maxTriples = 1_000_000 // statements
	maxDepth   = 64        // of nested brackets
)

// Names of the words that are used.
const (
	nsSKOS = "http://www.w3.org/2004/02/skos/core#"
	nsDCT  = "http://purl.org/dc/terms/"
	nsRDF  = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsXSD  = "http://www.w3.org/2001/XMLSchema#"
	nsOurs = "urn:marsa:"
)

// Term is the object of a statement: an address, or a text with its language.
type Term struct {
	IRI    string // empty for a text; "_:" stands before the name of a node without one
	Text   string
	Lang   corpus.Lang
	Source string // who says a text: it is written as a node with rdf:value and dct:source
}

// Triple is a statement.
type Triple struct {
	Subject, Predicate string
	Object             Term
	Line               int // in the file; 0 when it is not known
}

// NoBase is what the addresses of concepts begin with when no server is known.
const NoBase = "urn:marsa:"

// address is the address of a concept: that of its page, or a name of ours.
func address(base string, id corpus.ConceptID) string {
	if base == "" || base == NoBase {
		return NoBase + "concept/" + string(id)
	}
	return strings.TrimRight(base, "/") + "/concept/" + string(id)
}

// ours finds the ID in an address that address made, for any base.
var ours = regexp.MustCompile(`[:/]concept/([a-z][a-z0-9-]*/[a-z0-9][a-z0-9-]*)$`)

func idOf(iri string) (corpus.ConceptID, bool) {
	if m := ours.FindStringSubmatch(iri); m != nil {
		return corpus.ConceptID(m[1]), true
	}
	return "", false
}
