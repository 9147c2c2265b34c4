package bleve

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"marsa/index"
	"marsa/internal/fold"
)

// What works share counts by its rarity. Values are compared as vectors, so that
// a work with every tag is not like all others; words by the share that a work
// has of those that were chosen.
const (
	relatedValues = 0.7  // of the score: values, the rest words
	relatedWords  = 25   // words that are looked for
	fewWords      = 5    // words that make likeness when all are shared
	relatedLeast  = 0.15 // score of a work that is given
	rareShare     = 5    // a word is rare when one of so many documents has it
	rareDocuments = 3    // and always when no more documents than this have it
)

// Related implements index.Engine.
func (e *Engine) Related(ctx context.Context, p *index.Profile) ([]index.Relative, error) {
	if err := e.enter(); err != nil {
		return nil, err
	}
	defer e.leave()
	if err := checkProfile(p); err != nil {
		return nil, fmt.Errorf("related works: %w", err)
	}
	v := e.take()
	defer e.release(v)
	r := &run{ctx: ctx, query: &index.Query{}, view: v, a: e.analysis, dfs: map[termKey]int{}, pfs: map[termKey]int{}}
	found, err := r.related(p)
	if err != nil {
		return nil, fmt.Errorf("related works: %w", err)
	}
	return found, nil
}

func checkProfile(p *index.Profile) error {
	n := 0
	for f, vs := range p.Values {
		if column(f) < 0 {
			return invalid("field %q has no values to share", f)
		}
		n += len(vs)
	}
	switch {
	case n > index.MaxProfile || len(p.Words) > index.MaxProfile:
		return invalid("a profile has more than %d values or words", index.MaxProfile)
	case p.Limit < 0 || p.Limit > index.MaxLimit:
		return invalid("limit %d is not in 0 to %d", p.Limit, index.MaxLimit)
	}
	return nil
}

// relation is what a document shares with a profile.
type relation struct {
	row    *row
	values []shared
	words  []string
	score  float64
}

type shared struct {
	index.Value
	worth float64
}

func (r *run) related(p *index.Profile) ([]index.Relative, error) {
	relations := make([]relation, len(r.view.rows))
	for doc, row := range r.view.rows {
		if row != nil && row.work != p.Work {
			relations[doc].row = row
		}
	}
	r.shareValues(p, relations)
	if err := r.shareWords(p, relations); err != nil {
		return nil, err
	}
	relations = slices.DeleteFunc(relations, func(o relation) bool { return o.row == nil || o.score < relatedLeast })
	return relatives(relations, p), nil
}

// shareValues adds the cosine of the profile's values and those of each document.
func (r *run) shareValues(p *index.Profile, relations []relation) {
	for f, vs := range p.Values {
		i := column(f)
		worth := r.worths(i)
		weights := map[uint32]float64{}
		norm := 0.0
		for _, v := range vs {
			n, ok := r.view.names.values[i].number(v.Value)
			if !ok || worth[n] == 0 {
				continue
			}
			weights[n] = v.Weight * worth[n]
			norm += weights[n] * weights[n]
		}
		if norm == 0 {
			continue
		}
		for doc := range relations {
			if relations[doc].row != nil {
				relations[doc].share(f, i, weights, worth, norm, float64(len(p.Values)), r.view.names)
			}
		}
	}
}

func (o *relation) share(f index.Field, column int, weights, worth map[uint32]float64, norm, fields float64, names *dictionaries) {
	dot, own := 0.0, 0.0
	all := names.values[column].all()
	for _, n := range o.row.values[column] {
		own += worth[n] * worth[n]
		if w := weights[n]; w > 0 {
			dot += w * worth[n]
			o.values = append(o.values, shared{index.Value{Field: f, ID: all[n]}, w})
		}
	}
	if dot > 0 {
		o.score += relatedValues / fields * dot / math.Sqrt(norm*own)
	}
}

// worths are the rarities of a column's values.
func (r *run) worths(column int) map[uint32]float64 {
	counts := map[uint32]int{}
	for _, row := range r.view.rows {
		if row != nil {
			for _, n := range row.values[column] {
				counts[n]++
			}
		}
	}
	worth := make(map[uint32]float64, len(counts))
	for n, df := range counts {
		worth[n] = idf(df, r.view.live)
	}
	return worth
}

// shareWords adds the share that each document has of the profile's rare words.
func (r *run) shareWords(p *index.Profile, relations []relation) error {
	type telling struct {
		word, term string
		worth      float64
	}
	var ts []telling
	f := textField(common)
	n := r.view.stats[f].docs
	for _, w := range p.Words {
		term := fold.Term(w.Value)
		df, err := r.df(f, term)
		if err != nil {
			return err
		}
		if df > 1 && (df <= rareDocuments || df*rareShare <= n) {
			ts = append(ts, telling{w.Value, term, w.Weight * idf(df, n)})
		}
	}
	slices.SortStableFunc(ts, func(a, b telling) int { return cmp.Compare(b.worth, a.worth) })
	ts = ts[:min(len(ts), relatedWords)]
	total := 0.0
	for _, t := range ts {
		total += t.worth
	}
	if len(ts) > 0 { // a word alone is chance
		total = max(total, fewWords*ts[0].worth)
	}
	for _, t := range ts {
		err := r.each(f, t.term, nil, false, func(d posting) error {
			if o := &relations[d.doc]; o.row != nil {
				o.words = append(o.words, t.word)
				o.score += (1 - relatedValues) * t.worth / total
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// relatives groups documents into works, the best first. Of a work the version in
// the language that is preferred is shown.
func relatives(relations []relation, p *index.Profile) []index.Relative {
	slices.SortFunc(relations, func(a, b relation) int {
		return cmp.Or(cmp.Compare(a.row.work, b.row.work), cmp.Compare(preferred(a.row, p.Prefer), preferred(b.row, p.Prefer)),
			cmp.Compare(b.score, a.score), cmp.Compare(a.row.id, b.row.id))
	})
	var out []index.Relative
	for i, o := range relations {
		if i > 0 && relations[i-1].row.work == o.row.work {
			last := &out[len(out)-1]
			last.Score = max(last.Score, o.score)
			continue
		}
		slices.SortStableFunc(o.values, func(a, b shared) int {
			return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.Field, b.Field), cmp.Compare(a.ID, b.ID))
		})
		rel := index.Relative{Work: o.row.work, Document: o.row.id, Score: o.score, Words: o.words}
		for _, v := range o.values {
			rel.Values = append(rel.Values, v.Value)
		}
		out = append(out, rel)
	}
	slices.SortFunc(out, func(a, b index.Relative) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Work, b.Work))
	})
	return out[:min(len(out), p.Limit)]
}
