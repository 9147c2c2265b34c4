package skos

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/fold"
)

// Read reads a vocabulary and returns its concepts as entries. What is no concept
// of SKOS is passed over.
func Read(f Format, data []byte) ([]vocab.Entry, error) {
	read := ReadTurtle
	if f == JSONLD {
		read = ReadJSONLD
	}
	triples, err := read(data)
	if err != nil {
		return nil, err
	}
	return Entries(triples)
}

// Entries makes entries of the concepts in a graph, in the order in which they
// are spoken of first. A concept with an address of ours keeps its ID; another one
// becomes a topic named by its label, and its address a link.
func Entries(triples []Triple) ([]vocab.Entry, error) {
	g := newGraph(triples)
	g.name()
	var entries []vocab.Entry
	var errs []error
	for _, s := range g.concepts {
		e := g.entry(s)
		if err := e.Tidy(); err != nil {
			errs = append(errs, fmt.Errorf("line %d, %s: %w", e.Line, s, err))
			continue
		}
		entries = append(entries, e)
	}
	if len(entries) == 0 && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("there is no skos:Concept in the file: %w", corpus.ErrInvalid))
	}
	if len(entries) > vocab.MaxEntries {
		errs = append(errs, fmt.Errorf("%d concepts, the limit is %d: %w", len(entries), vocab.MaxEntries, corpus.ErrTooLarge))
	}
	return entries, errors.Join(errs...)
}

// graph is statements by subject.
type graph struct {
	about    map[string][]Triple
	concepts []string // subjects that are concepts, in order
	isOne    map[string]bool
	parents  map[string][]string // by what a broader concept says to be narrower
	ids      map[string]corpus.ConceptID
}

func newGraph(triples []Triple) *graph {
	g := &graph{about: map[string][]Triple{}, isOne: map[string]bool{}, parents: map[string][]string{}, ids: map[string]corpus.ConceptID{}}
	for _, t := range triples {
		g.about[t.Subject] = append(g.about[t.Subject], t)
		if t.Predicate == nsSKOS+"narrower" {
			g.parents[t.Object.IRI] = append(g.parents[t.Object.IRI], t.Subject)
		}
		concept := t.Predicate == nsRDF+"type" && t.Object.IRI == nsSKOS+"Concept" || t.Predicate == nsSKOS+"prefLabel"
		if concept && !g.isOne[t.Subject] && !g.isScheme(t) {
			g.isOne[t.Subject] = true
			g.concepts = append(g.concepts, t.Subject)
		}
	}
	g.concepts = slices.DeleteFunc(g.concepts, func(s string) bool { return slices.ContainsFunc(g.about[s], g.isScheme) })
	return g
}

// isScheme says whether a statement makes its subject something that may have
// labels and is no concept.
func (g *graph) isScheme(t Triple) bool {
	return t.Predicate == nsRDF+"type" && (t.Object.IRI == nsSKOS+"ConceptScheme" || t.Object.IRI == nsSKOS+"Collection" || t.Object.IRI == nsSKOS+"OrderedCollection")
}

// name gives every concept its ID: first those that say it themselves, so that
// none of the others takes it.
func (g *graph) name() {
	taken := map[corpus.ConceptID]bool{}
	for _, s := range g.concepts {
		id, ok := idOf(s)
		for _, t := range g.about[s] {
			if !ok && t.Predicate == nsSKOS+"exactMatch" {
				id, ok = idOf(t.Object.IRI)
			}
		}
		if ok && !taken[id] {
			g.ids[s], taken[id] = id, true
		}
	}
	for _, s := range g.concepts {
		if g.ids[s] != "" {
			continue
		}
		base := slug(g.title(s))
		if base == "" {
			base = cmp.Or(slug(path.Base(s)), "concept")
		}
		id := corpus.ConceptID(vocab.Topic + "/" + base)
		for n := 2; taken[id]; n++ {
			id = corpus.ConceptID(vocab.Topic + "/" + base + "-" + strconv.Itoa(n))
		}
		g.ids[s], taken[id] = id, true
	}
}

// title is the label by which a concept is named: in English, or else the first
// that can be written in Latin letters.
func (g *graph) title(s string) string {
	found := ""
	for _, t := range g.about[s] {
		if t.Predicate != nsSKOS+"prefLabel" || slug(t.Object.Text) == "" {
			continue
		}
		if t.Object.Lang == "en" || t.Object.Lang == "" {
			return t.Object.Text
		}
		if found == "" {
			found = t.Object.Text
		}
	}
	return found
}

// slug is a label as the part of an ID.
func slug(label string) string {
	var words []string
	for w := range fold.Words(label) {
		word := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, fold.Term(label[w.Start:w.End]))
		if word != "" {
			words = append(words, word)
		}
	}
	s := strings.Join(words, "-")
	return strings.Trim(s[:min(len(s), 80)], "-")
}

func (g *graph) entry(s string) vocab.Entry {
	e := vocab.Entry{
		ID: g.ids[s], Line: g.about[s][0].Line, Labels: map[corpus.Lang]string{}, Other: map[corpus.Lang][]string{}, Hidden: map[corpus.Lang][]string{},
	}
	if _, known := idOf(s); !known && isWeb(s) {
		e.Exact = append(e.Exact, s)
	}
	for _, t := range g.about[s] {
		g.take(&e, t)
	}
	for _, parent := range g.parents[s] {
		e.Broader = g.link(e.Broader, parent)
	}
	return e
}

// take puts a statement into an entry.
func (g *graph) take(e *vocab.Entry, t Triple) {
	o := t.Object
	l := cmp.Or(o.Lang, "en")
	switch t.Predicate {
	case nsSKOS + "prefLabel":
		if former, twice := e.Labels[l]; twice && former != o.Text {
			e.Other[l] = append(e.Other[l], o.Text) // en-GB and en-US, say
		} else if o.Text != "" {
			e.Labels[l] = o.Text
		}
	case nsSKOS + "altLabel":
		e.Other[l] = append(e.Other[l], o.Text)
	case nsSKOS + "hiddenLabel":
		e.Hidden[l] = append(e.Hidden[l], o.Text)
	case nsSKOS + "notation":
		e.Notation = o.Text
	case nsSKOS + "definition":
		e.Definitions = g.note(e.Definitions, o)
	case nsSKOS + "scopeNote":
		e.Scope = g.note(e.Scope, o)
	case nsSKOS + "note":
		e.Notes = g.note(e.Notes, o)
	case nsSKOS + "broader":
		e.Broader = g.link(e.Broader, o.IRI)
	case nsSKOS + "related":
		e.Related = g.link(e.Related, o.IRI)
	case nsSKOS + "exactMatch":
		if _, known := idOf(o.IRI); !known && isWeb(o.IRI) {
			e.Exact = append(e.Exact, o.IRI)
		}
	case nsSKOS + "closeMatch":
		if isWeb(o.IRI) {
			e.Close = append(e.Close, o.IRI)
		}
	case nsDCT + "source":
		e.Source = cmp.Or(o.Text, o.IRI)
	case nsOurs + "unverified":
		e.Unverified = append(e.Unverified, corpus.Lang(o.Text))
	case nsOurs + "evidence":
		e.Evidence = vocab.Evidence(o.Text)
	}
}

func (g *graph) link(ids []corpus.ConceptID, iri string) []corpus.ConceptID {
	id, ok := g.ids[iri]
	if !ok {
		if id, ok = idOf(iri); !ok { // of another vocabulary
			return ids
		}
	}
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

// note reads a text, or a node that has it as its value with its source.
func (g *graph) note(notes []vocab.Note, o Term) []vocab.Note {
	if o.IRI == "" {
		return append(notes, vocab.Note{Lang: cmp.Or(o.Lang, "en"), Text: o.Text})
	}
	var n vocab.Note
	for _, t := range g.about[o.IRI] {
		switch t.Predicate {
		case nsRDF + "value":
			n.Lang, n.Text = cmp.Or(t.Object.Lang, "en"), t.Object.Text
		case nsDCT + "source":
			n.Source = cmp.Or(t.Object.Text, t.Object.IRI)
		}
	}
	if n.Text == "" {
		return notes
	}
	return append(notes, n)
}

func isWeb(iri string) bool {
	return strings.HasPrefix(iri, "http://") || strings.HasPrefix(iri, "https://")
}
