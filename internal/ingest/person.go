package ingest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"marsa/corpus"
)

// Word is what a person says of a tag of a document.
type Word struct {
	Concept corpus.ConceptID
	Role    corpus.Role     // of a country: what it is in the document; empty is corpus.About
	State   corpus.TagState // Confirmed, Rejected, or Proposed to take back what was said
	By      string          // the person's name
}

// Judge stores what a person says of the tags of a document. A tag that nobody
// had given is added by confirming it. It is kept when the document is read or
// tagged again. Judge fails with corpus.ErrInvalid for a concept that the
// vocabulary does not have and a role that it cannot have, and with corpus.ErrNotFound.
func (p *Pipeline) Judge(ctx context.Context, id corpus.ID, words []Word) error {
	if err := p.checkWords(words); err != nil {
		return fmt.Errorf("tag %s: %w", id, err)
	}
	end, err := p.begin(ctx)
	if err != nil {
		return fmt.Errorf("tag %s: %w", id, err)
	}
	defer end()
	for range 3 { // the document may be stored anew meanwhile
		stored, err := p.judge(id, words)
		if err != nil {
			return err
		}
		if stored {
			if _, err := p.align(ctx, p.Engine); err != nil {
				return fmt.Errorf("tag %s: %w", id, err)
			}
			return nil
		}
	}
	return fmt.Errorf("tag %s: it is being taken in again; try once more: %w", id, corpus.ErrUnavailable)
}

func (p *Pipeline) checkWords(words []Word) error {
	for _, w := range words {
		if name := strings.TrimSpace(w.By); name == "" || name != w.By || len(name) > maxName || w.By == corpus.ByRule || w.By == corpus.ByRecord {
			return fmt.Errorf("name %q: write the name of who says it, at most %d bytes: %w", w.By, maxName, corpus.ErrInvalid)
		}
		if w.Role != "" && !slices.Contains(corpus.Roles(), w.Role) {
			return fmt.Errorf("role %q is not known; write one of %v: %w", w.Role, corpus.Roles(), corpus.ErrInvalid)
		}
		scheme, _, _ := strings.Cut(string(w.Concept), "/")
		if scheme != "country" && corpus.ClaimOf("", w.Role).Role != corpus.About {
			return fmt.Errorf("%q cannot be %q: only a country has this part in a document: %w", w.Concept, w.Role, corpus.ErrInvalid)
		}
		if p.Vocabulary == nil {
			continue
		}
		if _, ok := p.Vocabulary.Concept(w.Concept); !ok || scheme == "kind" {
			return fmt.Errorf("%q is no country or topic of the vocabulary; write it as country/ma or topic/asylum: %w", w.Concept, corpus.ErrInvalid)
		}
	}
	return nil
}

// maxName is the length of a person's name, in bytes.
const maxName = 100

func (p *Pipeline) judge(id corpus.ID, words []Word) (stored bool, err error) {
	e, err := p.Catalog.Entry(id)
	if err != nil {
		return false, err
	}
	var back bool
	for _, w := range words {
		back = back || w.State == corpus.Proposed
		e.Tags = say(e.Tags, w)
	}
	if back && p.Tagger != nil { // what the rules find stands again
		former := e.Document
		given := fromRecord(&former)
		e.Tags = mergeTags(append(personal(&former, e.Original.Hash), given...), p.Tagger.Tag(e, concepts(given)...))
	}
	slices.SortStableFunc(e.Tags, heavier)
	return p.Catalog.Retag(e)
}

// say puts a word of a person into the tags.
func say(tags []corpus.Tag, w Word) []corpus.Tag {
	claim := corpus.ClaimOf(w.Concept, w.Role)
	i := slices.IndexFunc(tags, func(t corpus.Tag) bool { return t.Claim() == claim })
	if w.State == corpus.Proposed {
		return slices.DeleteFunc(tags, func(t corpus.Tag) bool {
			return t.Claim() == claim && t.By != corpus.ByRule && t.By != corpus.ByRecord
		})
	}
	said := corpus.Tag{Concept: w.Concept, Role: cmp.Or(w.Role, corpus.About), Weight: 1, Rule: "person", By: w.By, State: w.State}
	if i < 0 {
		return append(tags, said)
	}
	said.Evidence = tags[i].Evidence
	if w.State == corpus.Rejected {
		said.Role, said.Weight = tags[i].Role, tags[i].Weight
	}
	tags = slices.DeleteFunc(tags, func(t corpus.Tag) bool { return t.Claim() == claim })
	return append(tags, said)
}

// heavier orders tags by falling weight.
func heavier(a, b corpus.Tag) int {
	switch {
	case a.Weight > b.Weight:
		return -1
	case a.Weight < b.Weight:
		return 1
	}
	return 0
}
