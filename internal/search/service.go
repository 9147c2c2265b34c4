package search

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/corpus/words"
	"marsa/index"
)

// Library gives what engines do not keep: titles, tags and texts.
type Library interface {
	Document(id corpus.ID) (*corpus.Document, error)
	Page(id corpus.ID, number int) (*corpus.Page, error)
	PageSummaries(id corpus.ID) ([]corpus.PageSummary, error)
	Versions(work corpus.ID) ([]*corpus.Document, error)
}

// Service answers readers. It is safe for concurrent use.
type Service struct {
	engine  index.Engine
	library Library
	vocab   *vocab.Vocabulary
	words   *words.List
	facets  []index.FacetRequest
	names   []known
}

// New returns a Service over an engine and the library it was filled from. Queries
// are understood by a vocabulary and by a list of words that mean the same.
func New(engine index.Engine, library Library, v *vocab.Vocabulary, list *words.List) *Service {
	return &Service{engine: engine, library: library, vocab: v, words: list, facets: facetRequests(v), names: names(v)}
}

// Search answers a request. It fails with corpus.ErrInvalid or
// corpus.ErrTooLarge when the request is over a limit.
func (s *Service) Search(ctx context.Context, r Request) (*Response, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	read := s.read(&r)
	r.Values, r.Without = s.named(r.Values), s.named(r.Without)
	q := &index.Query{
		Match:   read.match,
		Filters: filters(&r),
		Sort:    r.Sort,
		Prefer:  []corpus.Lang{r.Lang, "en"},
		Offset:  r.Offset,
		Limit:   r.Limit,
		Pages:   r.Pages,
		Explain: r.Explain,
		Facets:  withSelected(withRole(s.facets, r.Role), r.Values),
	}
	if read.pages != nil {
		q.Pages = index.MaxPages
	}
	res, err := s.engine.Search(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("search %q: %w", r.Text, err)
	}
	if read.pages != nil {
		if err := read.pages.only(s, res, read.words, r.Pages); err != nil {
			return nil, fmt.Errorf("pages of %q: %w", r.Text, err)
		}
	}
	resp := &Response{
		Total: res.Total, Partial: res.Partial, Mixed: res.Mixed, Documents: res.Documents, Size: res.Size,
		Offset: r.Offset, Limit: r.Limit,
		Query:  Echo{Typed: r.Text, Expansions: read.expansions, Missing: res.Missing, Rest: withoutMissing(r.Text, res.Missing), Notes: slices.Concat(read.notes, wide(r.Text, res.Cut), s.unknownValues(&r))},
		Facets: s.labelled(q.Facets, res.Facets, &r),
	}
	resp.Query.Offers = s.offers(&r, resp)
	if resp.Query.DidYouMean, err = s.didYouMean(ctx, &r, q, res); err != nil {
		return nil, fmt.Errorf("spellings of %q: %w", r.Text, err)
	}
	for i := range res.Hits {
		h, err := s.hit(&res.Hits[i], r.Lang)
		if err != nil {
			return nil, fmt.Errorf("search %q: %w", r.Text, err)
		}
		if h != nil {
			if r.Explain {
				h.Why = s.why(&res.Hits[i], h, read.expansions)
			}
			resp.Hits = append(resp.Hits, *h)
		}
	}
	return resp, nil
}

// wide notes the patterns that stand for too many words, by their places.
func wide(text string, cut []string) []Note {
	var notes []Note
	for _, c := range cut {
		notes = append(notes, Note{Key: NotePatternWide, At: max(0, strings.Index(text, c)), Arg: c})
	}
	return notes
}

// check refuses what is over a limit and sets defaults.
func (r *Request) check() error {
	n := 0
	for _, vs := range r.Values {
		n += len(vs)
	}
	for _, vs := range r.Without {
		n += len(vs)
	}
	switch {
	case len(r.Text) > MaxText:
		return fmt.Errorf("query of %d bytes, at most %d: %w", len(r.Text), MaxText, corpus.ErrTooLarge)
	case n > MaxValues:
		return fmt.Errorf("%d ticked values, at most %d: %w", n, MaxValues, corpus.ErrTooLarge)
	case len(r.No) > MaxNo:
		return fmt.Errorf("%d labels to leave out, at most %d: %w", len(r.No), MaxNo, corpus.ErrTooLarge)
	case r.Offset < 0 || r.Offset > index.MaxOffset:
		return fmt.Errorf("offset %d is not in 0 to %d: %w", r.Offset, index.MaxOffset, corpus.ErrInvalid)
	case r.To != 0 && r.From > r.To:
		return fmt.Errorf("the years %d to %d are the wrong way round: %w", r.From, r.To, corpus.ErrInvalid)
	case r.Limit < 0 || r.Limit > index.MaxLimit:
		return fmt.Errorf("limit %d is not in 1 to %d: %w", r.Limit, index.MaxLimit, corpus.ErrInvalid)
	}
	switch r.Sort {
	case index.ByRelevance, index.ByNewest, index.ByTitle:
	default:
		return fmt.Errorf("sort %q is not relevance, date or title: %w", r.Sort, corpus.ErrInvalid)
	}
	if r.Limit == 0 {
		r.Limit = DefaultLimit
	}
	if r.Pages == 0 {
		r.Pages = DefaultPages
	}
	return nil
}
