// Package tagger says which countries and topics a document is about, and shows
// the sentences that prove it. It works by named rules over the mentions that
// the vocabulary finds; README.md beside this file states the rules and the
// formula of the weight. It knows nothing of records, people or storage.
package tagger

import (
	"cmp"
	"slices"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

// The rules that give a tag, as they stand in Tag.Rule.
const (
	RuleTitle     = "title"       // named in the title
	RuleHeading   = "heading"     // named in a heading, and the section speaks of it
	RuleSustained = "sustained"   // a country spoken of in much of the document
	RuleNational  = "national"    // a country that a law or a form names, and hardly another
	RuleFrequent  = "frequent"    // a topic spoken of often enough for the length
	RuleSection   = "section"     // a topic with a section of its own
	RuleNarrower  = "narrower"    // a topic whose narrower topics together are spoken of often enough
	RuleKind      = "kind"        // training, of what is material for it
	RulePassing   = "passing"     // a country named, no more
	RuleGiven     = "given"       // a topic that somebody gave the document and no rule finds
	RuleListed    = "listed-only" // a country that only stands in lists, references and addresses
)

// Version is the version of the rules; documents tagged by another are tagged
// again.
//
//	1  countries and topics
//	2  the parts of countries in movements, and countries of publishers; topics by
//	   their narrower ones, sections under a country's name, rows of sheets
//	3  topics by sections of their own, nationals abroad, the country of an official
//	   text; passports, migrants and the like only where a document insists on them
const Version = 3

// maxTopics is how many topics a document gets at most.
const maxTopics = 32

// Tagger tags documents. It may be used by several goroutines.
type Tagger struct {
	v *vocab.Vocabulary
}

// New returns a Tagger over a vocabulary.
func New(v *vocab.Vocabulary) *Tagger { return &Tagger{v} }

// Tag returns the tags that the rules give to a document, the heaviest first,
// then by concept and role: for each country what the document says of it, and
// beside it the parts that it has in movements, and whether the publisher is of
// it. Concepts that somebody has given it already come too, with RuleGiven where
// no rule finds them, for the sake of their evidence. Pages that are not
// searchable are not read.
func (t *Tagger) Tag(e *corpus.Entry, given ...corpus.ConceptID) []corpus.Tag {
	d := t.read(e)
	var countries, topics []corpus.Tag
	for _, y := range d.tallies() {
		switch y.scheme {
		case vocab.Country:
			countries = append(countries, d.country(y))
		case vocab.Topic:
			switch tag, ok := d.topic(y); {
			case slices.Contains(given, y.concept.ID):
				countries = append(countries, d.given(y, tag, ok))
			case ok:
				topics = append(topics, tag)
			}
		}
	}
	topics = ofKind(e.Kind, topics)
	slices.SortFunc(topics, heavier)
	tags := slices.Concat(countries, topics[:min(len(topics), maxTopics)], d.movement(), d.publisher(e))
	slices.SortFunc(tags, heavier)
	return tags
}

// given is the tag of a topic that somebody gave the document.
func (d *document) given(y *tally, tag corpus.Tag, found bool) corpus.Tag {
	if found {
		return tag
	}
	return d.tag(y, corpus.About, RuleGiven, 0)
}

func heavier(a, b corpus.Tag) int {
	return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Concept, b.Concept), cmp.Compare(a.Role, b.Role))
}
