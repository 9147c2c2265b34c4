package ingest

import (
	"fmt"
	"slices"

	"marsa/corpus"
	"marsa/internal/harvest"
)

func warn(e *corpus.Entry, sentence string) { e.Warnings = append(e.Warnings, sentence) }

// classify gives a document its kind and its tags: those of the record, those
// of the rules, and those that people gave its former self.
func (p *Pipeline) classify(e *corpus.Entry, m *harvest.Meta, former *corpus.Document) {
	if m.Kind != "" && p.known(e, "kind/"+corpus.ConceptID(m.Kind)) {
		e.Kind, e.Source["kind"] = m.Kind, corpus.FromRecord
	}
	var given, found []corpus.Tag
	for _, id := range m.Tags {
		if p.known(e, id) {
			given = append(given, corpus.Tag{Concept: id, Role: corpus.About, Weight: 1, Rule: "record", By: corpus.ByRecord, State: corpus.Proposed})
		}
	}
	if p.Tagger != nil {
		if kind, ok := p.Tagger.Kind(e); ok && e.Kind == "" {
			e.Kind, e.Source["kind"] = kind, corpus.FromGuess
		}
		found = p.Tagger.Tag(e)
	}
	e.Tags = mergeTags(append(personal(former, e.Original.Hash), given...), found)
}

// known says whether the vocabulary has a concept that the record names; what
// it does not have can be neither shown nor ticked, so it is left out and said.
func (p *Pipeline) known(e *corpus.Entry, id corpus.ConceptID) bool {
	if p.Vocabulary == nil {
		return true
	}
	_, ok := p.Vocabulary.Concept(id)
	if !ok {
		warn(e, fmt.Sprintf("the record names %s, which the vocabulary does not have: it is left out; mend the record", id))
	}
	return ok
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

// mergeTags joins tags that somebody gave with those that rules found. A concept
// that was given is not given again; it takes over the evidence that was found.
func mergeTags(given, found []corpus.Tag) []corpus.Tag {
	var all []corpus.Tag
	at := map[corpus.ConceptID]int{}
	for _, t := range given {
		if _, twice := at[t.Concept]; twice {
			continue
		}
		at[t.Concept] = len(all)
		all = append(all, t)
	}
	for _, t := range found {
		if i, ok := at[t.Concept]; ok {
			for _, s := range t.Evidence {
				if !slices.Contains(all[i].Evidence, s) {
					all[i].Evidence = append(all[i].Evidence, s)
				}
			}
			continue
		}
		all = append(all, t)
	}
	slices.SortStableFunc(all, func(a, b corpus.Tag) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return 0
	})
	return all
}
