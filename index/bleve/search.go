package bleve

import (
	"context"
	"fmt"

	"marsa/corpus"
	"marsa/index"
)

// Search implements index.Engine.
func (e *Engine) Search(ctx context.Context, q *index.Query) (*index.Result, error) {
	if err := e.enter(); err != nil {
		return nil, err
	}
	defer e.leave()
	if err := check(q); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	v := e.take()
	defer e.release(v)
	result, err := (&run{ctx: ctx, query: q, view: v, a: e.analysis, dfs: map[termKey]int{}, pfs: map[termKey]int{}}).search(q)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return result, nil
}

func (r *run) search(q *index.Query) (*index.Result, error) {
	p, err := r.plan(q.Match)
	if err != nil {
		return nil, err
	}
	if r.only, err = r.view.restrict(q); err != nil {
		return nil, err
	}
	fs, err := r.evaluate(p)
	if err != nil {
		return nil, err
	}
	filters := newFilterSet(q, r.view.names)
	cs := r.view.candidates(fs, filters)
	ws := works(cs, q.Prefer)
	mixed := p.question() && q.Sort == index.ByRelevance
	sortWorks(ws, q.Sort, mixed)
	result := &index.Result{Size: r.view.live, Facets: r.view.facets(cs, q.Facets, filters), Missing: p.missing, Cut: p.cut, Mixed: mixed}
	for _, w := range ws {
		if w.full {
			result.Total++
			result.Documents += len(w.versions)
		} else {
			result.Partial++
		}
	}
	if q.Sort == index.ByRelevance && q.Limit > 0 && q.Offset < rerankWorks {
		if err := r.rerank(ws, p); err != nil {
			return nil, err
		}
	}
	result.Hits, err = r.hits(window(ws, q.Offset, q.Limit), p, q.Pages)
	return result, err
}

func window(ws []work, offset, limit int) []work {
	ws = ws[min(offset, len(ws)):]
	return ws[:min(limit, len(ws))]
}

func (r *run) hits(ws []work, p *plan, pages int) ([]index.Hit, error) {
	hits := make([]index.Hit, len(ws))
	docs := make([]uint32, len(ws))
	for i, w := range ws {
		hits[i] = index.Hit{Work: w.id, Score: w.score, Partial: !w.full}
		for _, v := range w.versions {
			hits[i].Documents = append(hits[i].Documents, v.row.id)
		}
		docs[i] = w.versions[0].doc
	}
	if err := r.lacks(ws, hits, p.required); err != nil {
		return nil, err
	}
	if r.query.Explain {
		whys, err := r.explain(docs, p.leaves)
		if err != nil {
			return nil, err
		}
		for i, doc := range docs {
			hits[i].Why = whys[doc]
		}
	}
	if pages == 0 || len(p.leaves) == 0 {
		return hits, nil
	}
	places, err := r.locate(docs, p.leaves)
	if err != nil {
		return nil, err
	}
	for i := range hits {
		row := r.view.rows[docs[i]]
		ps := r.pages(row, places[docs[i]], p.leaves)
		if a := bestAbstract(row, ps, r.query.Prefer); a != nil {
			hits[i].Abstract = abstractHit(row, *a, p.leaves)
		}
		ms := eachPage(row, ps, r.query.Prefer)
		hits[i].MatchingPages = len(ms)
		hits[i].Pages = pageHits(row, ms, p.leaves, pages)
	}
	return hits, nil
}

// A pageMatch is a page with what answers on it.
type pageMatch struct {
	score      float64
	text, note *page // nil where the words are not there; the note only where it is to be shown
}

// noteShare is what a note in the reader's language must be worth, as a share of the
// page, to be shown in its place.
const noteShare = 0.5

// eachPage joins pages and the notes to them, of ps, which stand best first. A note is
// kept where nothing on the page answers better, or where the reader prefers its language.
func eachPage(r *row, ps []page, prefer []corpus.Lang) []*pageMatch {
	var all []*pageMatch
	by := map[int]*pageMatch{}
	for i, p := range ps {
		if r.isAbstract(p.element) {
			continue
		}
		at := r.page(p.element)
		m := by[at]
		first := m == nil
		if first {
			m = &pageMatch{score: p.score}
			by[at], all = m, append(all, m)
		}
		switch {
		case !r.isNote(p.element):
			m.text = &ps[i]
		case first, len(prefer) > 0 && r.note(p.element).Lang == prefer[0] && p.score >= noteShare*m.score:
			m.note = &ps[i]
		}
	}
	return all
}

func pageHits(r *row, ms []*pageMatch, leaves []*leaf, limit int) []index.PageHit {
	var out []index.PageHit
	for _, m := range ms[:min(limit, len(ms))] {
		h := index.PageHit{ID: r.id, Score: m.score}
		if m.text != nil {
			h.Number = r.pageNumber(m.text.element)
			h.Spans = matchesOf(*m.text, h.Number, leaves)
		}
		if m.note != nil {
			n := r.note(m.note.element)
			h.Number = r.pageNumber(n.Page)
			h.Note = &index.NoteHit{Lang: n.Lang, Spans: matchesOf(*m.note, 0, leaves)}
		}
		out = append(out, h)
	}
	return out
}

// bestAbstract returns the abstract to show where one is the best of ps, the best
// first: in the language that the reader prefers, if that one answers at all.
func bestAbstract(r *row, ps []page, prefer []corpus.Lang) *page {
	if len(ps) == 0 || !r.isAbstract(ps[0].element) {
		return nil
	}
	for _, l := range prefer {
		for i, p := range ps {
			if r.isAbstract(p.element) && r.abstract(p.element).Lang == l {
				return &ps[i]
			}
		}
	}
	return &ps[0]
}

func abstractHit(r *row, p page, leaves []*leaf) *index.AbstractHit {
	return &index.AbstractHit{ID: r.id, Lang: r.abstract(p.element).Lang, Score: p.score, Spans: matchesOf(p, 0, leaves)}
}

// matchesOf returns the places of a page that are shown.
func matchesOf(p page, number int, leaves []*leaf) []index.Match {
	var out []index.Match
	for _, at := range p.marks[:min(len(p.marks), index.MaxSpans)] {
		out = append(out, index.Match{
			Span: corpus.Span{Page: number, Start: at.start, End: at.end},
			Word: leaves[at.leaf].text,
		})
	}
	return out
}
