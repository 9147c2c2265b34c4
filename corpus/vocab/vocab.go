// Package vocab is the controlled vocabulary: countries, topics and kinds of
// documents with their labels in several languages, and where these labels
// stand in a text. It knows how labels are written and inflected; what a
// mention is worth, and whether an ambiguous one is meant, is for the tagger.
package vocab

import (
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/internal/fold"
)

// Schemes: the part of a ConceptID before the slash.
const (
	Country = "country"
	Topic   = "topic"
	Kind    = "kind"
)

// Concept is an entry of the vocabulary. Concepts are shared: do not change one.
type Concept struct {
	ID       corpus.ConceptID
	Pref     map[corpus.Lang]string
	Alt      map[corpus.Lang][]string
	Broader  []corpus.ConceptID // direct parents
	Narrower []corpus.ConceptID // direct children, in file order
	Marked   map[corpus.Lang]bool
	Source   string // where the labels come from
	Group    string // of a country: "MEDA", "EU27-2011", "candidate-2011" or "other"
	Evidence Evidence
	ISO3     string // of a country

	Hidden      map[corpus.Lang][]string // found in texts and queries, not names of the concept: the adjectives of a country
	Notation    string                   // a code: MA
	Related     []corpus.ConceptID       // each names the other
	Definitions []Note
	Scope       []Note   // what is meant here and what is not
	Notes       []Note   // how others use the word
	Exact       []string // addresses of the same concept elsewhere, such as in EuroVoc
	Close       []string // addresses of nearly the same
}

// Evidence says how much the labels of a topic prove by themselves.
type Evidence string

// Kinds of evidence.
const (
	Plain           Evidence = ""
	Migration       Evidence = "migration"        // the labels speak of migration by themselves
	BesideMigration Evidence = "beside-migration" // counts only beside a label that does
	Institution     Evidence = "institution"      // a body named in many documents that are not about it
)

// Vocabulary is a set of concepts. It does not change after Load and may be
// used by several goroutines.
type Vocabulary struct {
	byID    map[corpus.ConceptID]*Concept
	schemes map[string][]*Concept
	byLabel map[string][]*Concept
	trie    *trie
	print   corpus.Hash
}

// Concept returns the concept with that ID.
func (v *Vocabulary) Concept(id corpus.ConceptID) (*Concept, bool) {
	c, ok := v.byID[id]
	return c, ok
}

// Concepts returns the concepts of a scheme in the order in which they are
// shown.
func (v *Vocabulary) Concepts(scheme string) []*Concept {
	return slices.Clone(v.schemes[scheme])
}

// Label returns the preferred label of a concept in language l, or else in
// English, or else in another language, or else the name in the ID, and the
// language it is in ("" for the last).
func (v *Vocabulary) Label(id corpus.ConceptID, l corpus.Lang) (label string, in corpus.Lang) {
	if c, ok := v.byID[id]; ok {
		for _, l := range []corpus.Lang{l, "en"} {
			if s := c.Pref[l]; s != "" {
				return s, l
			}
		}
		for _, l := range c.Languages() { // a concept of the library's own may have no more
			if s := c.Pref[l]; s != "" {
				return s, l
			}
		}
	}
	_, name, _ := strings.Cut(string(id), "/")
	return name, ""
}

// Lookup returns the concepts that have the label, in any language and however
// its letters are accented or capitalised.
func (v *Vocabulary) Lookup(label string) []*Concept {
	return slices.Clone(v.byLabel[fold.Text(label)])
}

// Ancestors returns the concepts above id, the nearest first, each once.
func (v *Vocabulary) Ancestors(id corpus.ConceptID) []corpus.ConceptID {
	var up []corpus.ConceptID
	for next := v.broader(id); len(next) > 0; {
		var above []corpus.ConceptID
		for _, b := range next {
			if !slices.Contains(up, b) {
				up = append(up, b)
				above = append(above, v.broader(b)...)
			}
		}
		next = above
	}
	return up
}

func (v *Vocabulary) broader(id corpus.ConceptID) []corpus.ConceptID {
	if c, ok := v.byID[id]; ok {
		return c.Broader
	}
	return nil
}
