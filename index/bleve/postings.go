package bleve

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"

	api "github.com/blevesearch/bleve_index_api"

	"marsa/index"
)

// A run is one search: its view and what it has looked up so far.
type run struct {
	ctx   context.Context
	query *index.Query
	view  *view
	a     *analysis
	only  []uint32 // document numbers, rising, to which the search is restricted; nil for all
	dfs   map[termKey]int
	pfs   map[termKey]int       // of onPages
	skip  func(doc uint32) bool // documents in which no phrase is looked for; nil: none
}

type termKey struct {
	field field
	term  string
}

// df returns how many documents have a term in a field.
func (r *run) df(f field, term string) (int, error) {
	if term == "" || r.view.stats[f].docs == 0 {
		return 0, nil
	}
	key := termKey{f, term}
	if n, ok := r.dfs[key]; ok {
		return n, nil
	}
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	reader, err := r.view.snapshot.TermFieldReader(r.ctx, []byte(term), f.String(), false, false, false)
	if err != nil {
		return 0, fmt.Errorf("look up term: %w", err)
	}
	defer reader.Close()
	n := int(reader.Count())
	r.dfs[key] = n
	return n, nil
}

// onPages returns about how many pages have a term in a field: no more in a document
// than the term stands there, nor than it has pages. Where documents have one page it is
// their number.
func (r *run) onPages(f field, term string) (int, error) {
	key := termKey{f, term}
	if n, ok := r.pfs[key]; ok {
		return n, nil
	}
	n := 0
	err := r.each(f, term, nil, false, func(p posting) error {
		if d := r.view.rows[p.doc]; d != nil {
			n += min(p.tf, max(len(d.words), 1))
		}
		return nil
	})
	r.pfs[key] = n
	return n, err
}

// rarity is the weight of a term where pages are compared: the mean of that by
// documents, of which df have it, and that by pages, of which the documents that have
// the field have their share.
func (r *run) rarity(f field, term string, df int) (float64, error) {
	pages, err := r.onPages(f, term)
	docs := r.view.stats[f].docs
	all := max(pages, docs*r.view.pages.docs/max(r.view.live, 1))
	return (idf(df, docs) + idf(pages, all)) / 2, err
}

// A posting is a document that has a term: how often, and in how long a field.
type posting struct {
	doc    uint32
	tf     int
	length int
	places []*api.TermFieldVector // only when asked for; valid until the next posting
}

// each calls visit for the postings of a term in rising order: of all
// documents, or of those in docs.
func (r *run) each(f field, term string, docs []uint32, places bool, visit func(posting) error) error {
	reader, err := r.view.snapshot.TermFieldReader(r.ctx, []byte(term), f.String(), true, true, places)
	if err != nil {
		return fmt.Errorf("read postings: %w", err)
	}
	defer reader.Close()
	if docs == nil {
		return r.scan(reader, visit)
	}
	return r.pick(reader, docs, visit)
}

func (r *run) scan(reader api.TermFieldReader, visit func(posting) error) error {
	d := &api.TermFieldDoc{}
	for n := 0; ; n++ {
		if n%1024 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		next, err := reader.Next(d)
		if err != nil {
			return fmt.Errorf("read postings: %w", err)
		}
		if next == nil {
			return nil
		}
		if err := visit(postingOf(next)); err != nil {
			return err
		}
	}
}

func (r *run) pick(reader api.TermFieldReader, docs []uint32, visit func(posting) error) error {
	d := &api.TermFieldDoc{}
	var next *api.TermFieldDoc
	var target [8]byte
	for _, doc := range docs {
		if r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		if next == nil || uint32(next.ID.Value()) < doc {
			binary.BigEndian.PutUint64(target[:], uint64(doc))
			var err error
			if next, err = reader.Advance(target[:], d); err != nil {
				return fmt.Errorf("read postings: %w", err)
			}
			if next == nil {
				return nil
			}
		}
		if uint32(next.ID.Value()) == doc {
			if err := visit(postingOf(next)); err != nil {
				return err
			}
		}
	}
	return nil
}

// postingOf reads the length of the field out of its norm, one over the root of
// the length.
func postingOf(d *api.TermFieldDoc) posting {
	return posting{
		doc:    uint32(d.ID.Value()),
		tf:     int(d.Freq),
		length: int(math.Round(1 / (d.Norm * d.Norm))),
		places: d.Vectors,
	}
}
