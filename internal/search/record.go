package search

import (
	"context"
	"errors"
	"fmt"

	"marsa/corpus"
	"marsa/index"
)

// Record returns a document with the sentences that earned its tags, its pages
// and its other versions. It fails with corpus.ErrNotFound.
func (s *Service) Record(ctx context.Context, id corpus.ID, l corpus.Lang) (*Record, error) {
	d, err := s.library.Document(id)
	if err != nil {
		return nil, err
	}
	pages, err := s.library.PageSummaries(id)
	if err != nil {
		return nil, fmt.Errorf("record of %s: %w", id, err)
	}
	versions, err := s.library.Versions(d.Work)
	if err != nil {
		return nil, fmt.Errorf("record of %s: %w", id, err)
	}
	r := &Record{Document: d, Pages: pages, Versions: versionList(d, versions)[1:]}
	texts := map[int]*corpus.Page{}
	for _, t := range s.tags(d.Tags, l) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		sentences, err := s.evidence(id, t.Evidence, texts)
		if err != nil {
			return nil, fmt.Errorf("record of %s: %w", id, err)
		}
		r.Tags = append(r.Tags, TagRecord{Tag: t, Evidence: sentences})
	}
	return r, nil
}

// evidence cuts the sentences around spans; spans in one sentence share it.
// Pages are read once and kept in texts.
func (s *Service) evidence(id corpus.ID, spans []corpus.Span, texts map[int]*corpus.Page) ([]Sentence, error) {
	type place struct{ page, from int }
	var list []Sentence
	seen := map[place]bool{}
	for _, span := range spans {
		p := texts[span.Page]
		if p == nil {
			var err error
			p, err = s.library.Page(id, span.Page)
			if errors.Is(err, corpus.ErrNotFound) {
				continue // the document was replaced since its record was read
			}
			if err != nil {
				return nil, err
			}
			texts[span.Page] = p
		}
		if span.Start < 0 || span.Start >= span.End || span.End > len(p.Text) {
			continue // the same
		}
		text := p.Body()
		from, to := sentence(text, span.Start, span.End)
		if seen[place{span.Page, from}] {
			continue
		}
		seen[place{span.Page, from}] = true
		list = append(list, Sentence{
			Page: p.Number, Label: p.Label, Language: p.Lang,
			Parts: window(text, from, to, within(text, marks(spans, span.Page))),
		})
	}
	return list, nil
}

// marks returns the spans on a page as matches in order of their start.
func marks(spans []corpus.Span, page int) []index.Match {
	var ms []index.Match
	for _, s := range spans {
		if s.Page == page {
			ms = append(ms, index.Match{Span: s})
		}
	}
	sortMatches(ms)
	return ms
}
