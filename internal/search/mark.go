package search

import (
	"context"
	"fmt"
	"slices"

	"marsa/corpus"
	"marsa/index"
)

// MarkPage returns a page with the words of a request's query marked in its whole text,
// and the nearest other pages of the document that have one. It fails with
// corpus.ErrNotFound when there is no such page.
func (s *Service) MarkPage(ctx context.Context, id corpus.ID, number int, r Request) (*Marked, error) {
	page, err := s.library.Page(id, number)
	if err != nil {
		return nil, err
	}
	m := &Marked{Page: page}
	hits, err := s.matchingPages(ctx, id, r)
	if err != nil {
		return nil, fmt.Errorf("mark %q on page %d of %s: %w", r.Text, number, id, err)
	}
	var spans []index.Match
	for _, h := range hits {
		switch {
		case h.Number < number:
			m.Previous = h.Number
		case h.Number > number && m.Next == 0:
			m.Next = h.Number
		case h.Number == number:
			spans = within(page.Text, h.Spans)
		}
	}
	m.MatchingPages = len(hits)
	each(page.Text, 0, len(page.Text), spans, func(s string, hit bool) {
		m.Parts = append(m.Parts, Part{Text: s, Hit: hit})
	})
	return m, nil
}

// matchingPages returns the pages of one document that have a word of the
// query, by number.
func (s *Service) matchingPages(ctx context.Context, id corpus.ID, r Request) ([]index.PageHit, error) {
	match, err := s.Clause(r)
	if err != nil || match == nil {
		return nil, err
	}
	res, err := s.engine.Search(ctx, &index.Query{
		Match:   match,
		Filters: []index.Filter{{Field: index.FieldID, Values: []string{string(id)}}},
		Limit:   1,
		Pages:   index.MaxPages,
	})
	if err != nil || len(res.Hits) == 0 {
		return nil, err
	}
	pages := res.Hits[0].Pages
	slices.SortFunc(pages, func(a, b index.PageHit) int { return a.Number - b.Number })
	return pages, nil
}
