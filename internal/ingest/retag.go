package ingest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"

	"marsa/corpus"
)

// Retag finds the kinds and tags of all documents again, from the text in the
// catalog, as they would be found now: after the vocabulary changed. What a record
// or a person said is kept. It returns how many documents have other tags now.
func (p *Pipeline) Retag(ctx context.Context) (int, error) {
	end, err := p.begin(ctx)
	if err != nil {
		return 0, fmt.Errorf("tag again: %w", err)
	}
	defer end()
	ids, err := p.Catalog.IDs()
	if err != nil {
		return 0, fmt.Errorf("tag again: %w", err)
	}
	changed := 0
	for _, id := range ids {
		if ctx.Err() != nil {
			return changed, context.Cause(ctx)
		}
		did, err := p.retag(id)
		if err != nil {
			return changed, fmt.Errorf("tag again: %w", err)
		}
		if did {
			changed++
		}
	}
	if changed > 0 {
		if _, err := p.align(ctx, p.Engine); err != nil {
			return changed, fmt.Errorf("tag again: %w", err)
		}
	}
	return changed, nil
}

// retag finds the kind and the tags of a document again and says whether they are
// others.
func (p *Pipeline) retag(id corpus.ID) (bool, error) {
	e, err := p.Catalog.Entry(id)
	if errors.Is(err, corpus.ErrNotFound) { // taken out meanwhile
		return false, nil
	}
	if err != nil || p.Tagger == nil {
		return false, err
	}
	former := e.Document
	e.Source = maps.Clone(e.Source)
	e.Tags = nil
	if e.Source["kind"] != corpus.FromRecord {
		e.Kind = ""
		delete(e.Source, "kind")
		if kind, ok := p.Tagger.Kind(e); ok {
			e.Kind, e.Source["kind"] = kind, corpus.FromGuess
		}
	}
	given := fromRecord(&former)
	e.Tags = mergeTags(append(personal(&former, e.Original.Hash), given...), p.Tagger.Tag(e, concepts(given)...))
	if e.Kind == former.Kind && sameTags(e.Tags, former.Tags) {
		return false, nil
	}
	return p.Catalog.Retag(e)
}

// fromRecord returns the tags that the record gave, without the evidence that was
// found for them.
func fromRecord(d *corpus.Document) []corpus.Tag {
	var given []corpus.Tag
	for _, t := range d.Tags {
		if t.By == corpus.ByRecord {
			t.Evidence = nil
			given = append(given, t)
		}
	}
	return given
}

func sameTags(a, b []corpus.Tag) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		x, y := a[i], b[i]
		if len(x.Evidence) == 0 && len(y.Evidence) == 0 { // nil and empty are the same
			x.Evidence, y.Evidence = nil, nil
		}
		if !reflect.DeepEqual(x, y) {
			return false
		}
	}
	return true
}
