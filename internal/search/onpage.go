package search

import (
	"slices"

	"marsa/index"
)

// takePages takes page: out of a query and returns the pages that it names. It
// holds beside the name of one document; elsewhere a note says so, and it falls
// away.
func takePages(e *expr) (rest *expr, pages *pageRange, notes []Note) {
	named := false
	for _, k := range parts(e) {
		named = named || k.op == opField && k.field.filter == index.FieldID && k.kids[0].op == opWord
	}
	var kids []*expr
	for _, k := range parts(e) {
		if k.op != opField || !k.field.page {
			kids = append(kids, withoutPages(k, &notes))
			continue
		}
		from, to, ok := years(k.kids[0].text)
		switch {
		case !ok || k.kids[0].op != opWord:
			notes = append(notes, Note{Key: NotePageNumber, At: k.at, Arg: k.kids[0].String()})
		case !named:
			notes = append(notes, Note{Key: NotePageAlone, At: k.at, Arg: k.kids[0].text})
		default:
			pages = &pageRange{from, to}
		}
	}
	return join(opAnd, kids), pages, notes
}

// parts are the parts of a query that must all hold.
func parts(e *expr) []*expr {
	switch {
	case e == nil:
		return nil
	case e.op == opAnd:
		return e.kids
	}
	return []*expr{e}
}

// withoutPages takes page: out of alternatives and of what is left out.
func withoutPages(e *expr, notes *[]Note) *expr {
	if e.op == opField && e.field.page {
		*notes = append(*notes, Note{Key: NotePageAlone, At: e.at, Arg: e.kids[0].text})
		return nil
	}
	if len(e.kids) == 0 {
		return e
	}
	kids := make([]*expr, len(e.kids))
	for i, k := range e.kids {
		kids[i] = withoutPages(k, notes)
	}
	if e.op == opAnd || e.op == opOr {
		return join(e.op, kids)
	}
	if kids[0] == nil {
		return nil
	}
	out := *e
	out.kids = kids
	return &out
}

// onPages says whether a query has words that stand on pages.
func onPages(e *expr) bool {
	switch {
	case e == nil || e.op == opField || e.op == opNot:
		return false
	case len(e.kids) == 0:
		return true
	}
	return slices.ContainsFunc(e.kids, onPages)
}

// A pageRange is pages of a document; To 0 is open.
type pageRange struct{ from, to int }

func (p *pageRange) has(number int) bool { return number >= p.from && (p.to == 0 || number <= p.to) }

// only keeps the pages of the range among those found in the document. Without
// words to be found, they are the pages themselves.
func (p *pageRange) only(s *Service, res *index.Result, words bool, limit int) error {
	for i := range res.Hits {
		h := &res.Hits[i]
		if !words {
			sums, err := s.library.PageSummaries(h.Documents[0])
			if err != nil {
				return err
			}
			for _, sum := range sums {
				h.Pages = append(h.Pages, index.PageHit{ID: h.Documents[0], Number: sum.Number})
			}
		}
		h.Pages = slices.DeleteFunc(h.Pages, func(o index.PageHit) bool { return !p.has(o.Number) })
		h.MatchingPages = len(h.Pages)
		h.Pages = h.Pages[:min(limit, len(h.Pages))]
	}
	res.Hits = slices.DeleteFunc(res.Hits, func(h index.Hit) bool { return h.MatchingPages == 0 })
	if len(res.Hits) == 0 {
		res.Total, res.Partial, res.Documents = 0, 0, 0
	}
	return nil
}
