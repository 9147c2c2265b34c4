package tagger

import (
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/fold"
)

// RulePublisher gives the country that the name of the publisher names.
const RulePublisher = "publisher"

// Weights of a country that the name of a publisher names.
const (
	publisherNamed   = 0.9 // by its name
	publisherOf      = 0.7 // by an adjective
	publisherGuessed = 0.5 // of these, where nobody gave the publisher
)

// mostPublishers is how many countries a publisher may be of; one that names more
// is a body of many.
const mostPublishers = 2

// publisher gives the countries of the publisher, with the places on the first and
// last pages where its name stands.
func (d *document) publisher(e *corpus.Entry) []corpus.Tag {
	var tags []corpus.Tag
	for m := range d.t.v.Mentions(e.Publisher, e.Lang) {
		id, adjective := d.countryOf(e, m)
		if id == "" || elsewhere(e.Publisher[:m.Start]) || slices.ContainsFunc(tags, func(t corpus.Tag) bool { return t.Concept == id }) {
			continue
		}
		weight := publisherNamed
		if adjective {
			weight = publisherOf
		}
		if e.Source["publisher"] == corpus.FromGuess {
			weight *= publisherGuessed
		}
		tags = append(tags, corpus.Tag{
			Concept: id, Role: corpus.PublishedBy, Weight: rounded(weight), Rule: RulePublisher,
			By: corpus.ByRule, State: corpus.Proposed, Evidence: d.imprint(e.Publisher),
		})
	}
	if len(tags) > mostPublishers {
		return nil
	}
	return tags
}

// countryOf returns the country that a mention in the name of a publisher is of; a
// body in the vocabulary may have its adjective in its name, as the Office des
// Tunisiens à l’étranger does.
func (d *document) countryOf(e *corpus.Entry, m vocab.Mention) (id corpus.ConceptID, adjective bool) {
	c, ok := d.t.v.Concept(m.Concept)
	switch {
	case !ok:
		return "", false
	case scheme(c) == vocab.Country:
		if m.Context != nil && !slices.Contains([]vocab.Use{vocab.Place, vocab.Name, vocab.Weak}, m.Context.Use) {
			return "", false
		}
		return c.ID, m.Adjective
	}
	name := e.Publisher[m.Start:m.End]
	for w := range fold.Words(name) {
		for x := range d.t.v.Mentions(name[w.Start:w.End], e.Lang) {
			if strings.HasPrefix(string(x.Concept), vocab.Country+"/") && x.Adjective {
				return x.Concept, true
			}
		}
	}
	return "", false
}

// elsewhere says whether the words before a country say that a body is there or
// speaks to it, and is of another: the delegation of the Union to Egypt.
func elsewhere(before string) bool {
	words := " " + fold.Text(before) + " "
	for _, w := range []string{
		"delegation", "embassy", "consulate", "ambassade", "consulat", "mission",
		"سفاره", "قنصليه", "بعثه", "وفد", "مفوضيه",
	} {
		if i := strings.Index(words, " "+w+" "); i >= 0 {
			for _, p := range []string{" in ", " to ", " en ", " au ", " aux ", " aupres ", " في ", " لدي "} {
				if strings.Contains(words[i:], p) {
					return true
				}
			}
		}
	}
	return false
}

// imprintPages is how many pages at the beginning and the end may say who
// published a document.
const imprintPages = 3

// imprint finds where the name of the publisher stands.
func (d *document) imprint(publisher string) []corpus.Span {
	name := strings.TrimSpace(publisher)
	for i, p := range d.pages {
		if i >= imprintPages && i < len(d.pages)-imprintPages {
			continue
		}
		if at := strings.Index(p.text, name); at >= 0 && name != "" {
			return []corpus.Span{{Page: p.number, Start: at, End: at + len(name)}}
		}
	}
	return nil
}
