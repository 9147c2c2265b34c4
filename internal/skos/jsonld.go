package skos

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
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
	nodes, err := ld.NewJsonLdProcessor().Expand(doc, opts)
	if err != nil {
		return nil, fmt.Errorf("the file is no JSON-LD: %w: %w", corpus.ErrInvalid, err)
	}
	w := walker{}
	for _, n := range nodes {
		w.node(n)
	}
	if w.full {
		return nil, fmt.Errorf("more than %d statements: %w", maxTriples, corpus.ErrTooLarge)
	}
	return w.triples, nil
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

// walker makes statements of an expanded document, in which all names are whole
// and all values stand in lists. The library could do that too, but compares each
// statement with all others.
type walker struct {
	triples []Triple
	blanks  int
	full    bool
}

func (w *walker) say(subject, predicate string, o Term) {
	if w.full = w.full || len(w.triples) == maxTriples; !w.full {
		w.triples = append(w.triples, Triple{Subject: subject, Predicate: predicate, Object: o})
	}
}

// node reads a node and returns its address; "" is none.
func (w *walker) node(v any) string {
	m, ok := v.(map[string]any)
	if !ok {
		return ""
	}
	id, ok := m["@id"].(string)
	if !ok {
		w.blanks++
		id = "_:." + strconv.Itoa(w.blanks) // no name in a file begins with a dot
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		values, _ := m[key].([]any)
		for _, value := range values {
			switch {
			case key == "@type":
				if t, ok := value.(string); ok {
					w.say(id, nsRDF+"type", Term{IRI: t})
				}
			case key == "@graph" || key == "@included":
				w.node(value)
			case !strings.HasPrefix(key, "@"):
				w.value(id, key, value)
			}
		}
	}
	if reverse, ok := m["@reverse"].(map[string]any); ok {
		for _, key := range slices.Sorted(maps.Keys(reverse)) {
			values, _ := reverse[key].([]any)
			for _, value := range values {
				if from := w.node(value); from != "" {
					w.say(from, key, Term{IRI: id})
				}
			}
		}
	}
	return id
}

// value reads what is said of a subject: a text, a node, or a list of such.
func (w *walker) value(subject, predicate string, v any) {
	m, ok := v.(map[string]any)
	if !ok {
		return
	}
	for _, key := range []string{"@list", "@set"} {
		if values, ok := m[key].([]any); ok {
			for _, v := range values {
				w.value(subject, predicate, v)
			}
			return
		}
	}
	raw, ok := m["@value"]
	if !ok {
		if id := w.node(m); id != "" {
			w.say(subject, predicate, Term{IRI: id})
		}
		return
	}
	lang, _ := m["@language"].(string)
	text, ok := raw.(string)
	if !ok {
		text = fmt.Sprint(raw)
	}
	w.say(subject, predicate, Term{Text: text, Lang: language(lang)})
}
