package ingest

import (
	"fmt"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/harvest"
)

func warn(e *corpus.Entry, sentence string) { e.Warnings = append(e.Warnings, sentence) }

// classify gives a document its kind and its tags: those of the record, those
// of the rules, and those that people gave its former self.
func (p *Pipeline) classify(e *corpus.Entry, m *harvest.Meta, former *corpus.Document) {
	ids := m.Tags
	if m.Kind != "" {
		ids = append([]corpus.ConceptID{"kind/" + corpus.ConceptID(m.Kind)}, ids...)
	}
	var given, found []corpus.Tag
	for _, id := range append(p.known(e, ids), p.meant(e, m.Labels)...) {
		if kind, ok := strings.CutPrefix(string(id), "kind/"); ok {
			e.Kind, e.Source["kind"] = corpus.Kind(kind), corpus.FromRecord
		} else {
			given = append(given, corpus.Tag{Concept: id, Role: corpus.About, Weight: 1, Rule: "record", By: corpus.ByRecord, State: corpus.Proposed})
		}
	}
	if p.Tagger != nil {
		if kind, ok := p.Tagger.Kind(e); ok && e.Kind == "" {
			e.Kind, e.Source["kind"] = kind, corpus.FromGuess
		}
		found = p.Tagger.Tag(e, concepts(given)...)
	}
	e.Tags = mergeTags(append(personal(former, e.Original.Hash), given...), found)
}

func concepts(tags []corpus.Tag) []corpus.ConceptID {
	ids := make([]corpus.ConceptID, len(tags))
	for i, t := range tags {
		ids[i] = t.Concept
	}
	return ids
}

// known returns those of the concepts of a record that the vocabulary has; what
// it does not have can be neither shown nor ticked, so it is left out and said.
// A name that is no ID may be a label: "topics: [women]".
func (p *Pipeline) known(e *corpus.Entry, ids []corpus.ConceptID) []corpus.ConceptID {
	if p.Vocabulary == nil {
		return ids
	}
	var all []corpus.ConceptID
	for _, id := range ids {
		if _, ok := p.Vocabulary.Concept(id); ok {
			all = append(all, id)
			continue
		}
		scheme, name, _ := strings.Cut(string(id), "/")
		all = append(all, p.meant(e, []harvest.Label{{Scheme: scheme, Text: strings.ReplaceAll(name, "-", " ")}})...)
	}
	return all
}

// meant returns the concepts that a record means by labels.
func (p *Pipeline) meant(e *corpus.Entry, labels []harvest.Label) []corpus.ConceptID {
	var ids []corpus.ConceptID
	for _, l := range labels {
		id, ok := p.lookUp(l)
		if !ok {
			warn(e, fmt.Sprintf("the record names %q, which the vocabulary does not have: it is left out; mend the record", l.Text))
			continue
		}
		ids = append(ids, id)
	}
	return ids
}

// lookUp finds the concept of a label or of an ID without its scheme, the first
// of several.
func (p *Pipeline) lookUp(l harvest.Label) (corpus.ConceptID, bool) {
	if p.Vocabulary == nil {
		return "", false
	}
	for _, scheme := range []string{vocab.Country, vocab.Topic} {
		if c, ok := p.Vocabulary.Concept(corpus.ConceptID(scheme + "/" + strings.ToLower(l.Text))); ok && l.Scheme == "" {
			return c.ID, true
		}
	}
	for _, c := range p.Vocabulary.Lookup(l.Text) {
		if l.Scheme == "" || strings.HasPrefix(string(c.ID), l.Scheme+"/") {
			return c.ID, true
		}
	}
	return "", false
}

// personal returns the tags that people gave a document. Their evidence points
// into its former text and is dropped with it.
func personal(former *corpus.Document, now corpus.Hash) []corpus.Tag {
	if former == nil {
		return nil
	}
	var tags []corpus.Tag
	for _, t := range former.Tags {
		if t.By == corpus.ByRule || t.By == corpus.ByRecord {
			continue
		}
		if former.Original.Hash != now {
			t.Evidence = nil
		}
		tags = append(tags, t)
	}
	return tags
}

// mergeTags joins tags that somebody gave with those that rules found. A claim
// that was given is not given again; it takes over the evidence that was found.
func mergeTags(given, found []corpus.Tag) []corpus.Tag {
	var all []corpus.Tag
	at := map[corpus.Claim]int{}
	for _, t := range given {
		if _, twice := at[t.Claim()]; twice {
			continue
		}
		at[t.Claim()] = len(all)
		all = append(all, t)
	}
	for _, t := range found {
		if i, ok := at[t.Claim()]; ok {
			for _, s := range t.Evidence {
				if !slices.Contains(all[i].Evidence, s) {
					all[i].Evidence = append(all[i].Evidence, s)
				}
			}
			continue
		}
		all = append(all, t)
	}
	slices.SortStableFunc(all, heavier)
	return all
}
