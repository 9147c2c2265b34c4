package skos

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/piprate/json-gold/ld"

	"marsa/corpus"
)

// ReadJSONLD reads JSON-LD 1.1. Contexts elsewhere are not fetched: a file must
// carry its own. Errors wrap corpus.ErrInvalid or corpus.ErrTooLarge.
func ReadJSONLD(data []byte) (triples []Triple, err error) {
	if len(data) > MaxSize {
		return nil, fmt.Errorf("%d bytes, the limit is %d: %w", len(data), MaxSize, corpus.ErrTooLarge)
	}
	if err := bounded(data); err != nil {
		return nil, err
	}
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%w: %w", corpus.ErrInvalid, err)
	}
	defer func() { // the library panics on some documents that are no JSON-LD
		if r := recover(); r != nil {
			triples, err = nil, fmt.Errorf("the file is no JSON-LD (%v): %w", r, corpus.ErrInvalid)
		}
	}()
	opts := ld.NewJsonLdOptions("")
	opts.DocumentLoader = noFetching{}
	out, err := ld.NewJsonLdProcessor().ToRDF(doc, opts)
	if err != nil {
		return nil, fmt.Errorf("the file is no JSON-LD: %w: %w", corpus.ErrInvalid, err)
	}
	set, ok := out.(*ld.RDFDataset)
	if !ok {
		return nil, fmt.Errorf("the file is no JSON-LD: %w", corpus.ErrInvalid)
	}
	return fromQuads(set)
}

// noFetching refuses contexts that are elsewhere.
type noFetching struct{}

func (noFetching) LoadDocument(u string) (*ld.RemoteDocument, error) {
	return nil, fmt.Errorf("the context %q is elsewhere and is not fetched: write it into the file", u)
}

// bounded reads through a document and refuses what is too deep or too large, so
// that the library, which calls itself for each level, gets no such thing.
func bounded(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	depth, tokens := 0, 0
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", corpus.ErrInvalid, err)
		}
		if tokens++; tokens > 4*maxTriples {
			return fmt.Errorf("more than %d values: %w", 4*maxTriples, corpus.ErrTooLarge)
		}
		switch tok {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxDepth {
				return fmt.Errorf("more than %d brackets inside one another: %w", maxDepth, corpus.ErrInvalid)
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
}

func fromQuads(set *ld.RDFDataset) ([]Triple, error) {
	var triples []Triple
	var names []string
	for name := range set.Graphs {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, q := range set.Graphs[name] {
			if len(triples) == maxTriples {
				return nil, fmt.Errorf("more than %d statements: %w", maxTriples, corpus.ErrTooLarge)
			}
			t := Triple{Subject: q.Subject.GetValue(), Predicate: q.Predicate.GetValue(), Object: Term{IRI: q.Object.GetValue()}}
			if text, ok := q.Object.(ld.Literal); ok {
				t.Object = Term{Text: text.Value, Lang: language(text.Language)}
			}
			triples = append(triples, t)
		}
	}
	slices.SortStableFunc(triples, func(a, b Triple) int { // the library goes through maps
		return cmp.Or(strings.Compare(a.Subject, b.Subject), strings.Compare(a.Predicate, b.Predicate))
	})
	return triples, nil
}
