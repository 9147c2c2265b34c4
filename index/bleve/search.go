package bleve

import (
	"context"
	"fmt"
	"slices"

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
	result, err := (&run{ctx: ctx, query: q, view: v, a: e.analysis, dfs: map[termKey]int{}}).search(q)
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
		ps = slices.DeleteFunc(ps, func(p page) bool { return row.isAbstract(p.element) })
		hits[i].MatchingPages = len(ps)
		hits[i].Pages = pageHits(row, ps, p.leaves, pages)
	}
	return hits, nil
}

func pageHits(r *row, ps []page, leaves []*leaf, limit int) []index.PageHit {
	var out []index.PageHit
	for _, p := range ps[:min(limit, len(ps))] {
		number := r.pageNumber(p.element)
		out = append(out, index.PageHit{ID: r.id, Number: number, Score: p.score, Spans: matchesOf(p, number, leaves)})
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
