package bleve

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	api "github.com/blevesearch/bleve_index_api"

	"marsa/index"
)

// Words of the dictionaries that are looked at for one pattern, and the longest
// word, in letters, that is compared letter by letter.
const (
	maxScanned = 100_000
	maxCompare = 50
)

// pattern plans a word that stands for others of the common field: those that
// dictionary lists in each of the fields that are searched.
func (p *planner) pattern(text, shownAs string, dictionary func(f field, word string) (api.FieldDict, error), shown bool) (node, error) {
	l := &leaf{text: shownAs}
	word := tokensOf(text)[0].folded // check lets only one word through
	words, cut, err := p.expand(word, dictionary)
	if err != nil {
		return nil, err
	}
	sum := 0
	for _, w := range words {
		for _, f := range p.in.fields(common) {
			df, err := p.run.df(f, w)
			if err != nil {
				return nil, err
			}
			if df > 0 {
				l.terms = append(l.terms, fieldTerm{field: f, term: w, df: df})
				sum += df
			}
		}
	}
	n := p.documents()
	l.weight = (1 + commonWeight) * idf(min(sum, n), n)
	for i, t := range l.terms {
		l.terms[i].weight = l.weight * t.field.weight()
	}
	if cut {
		p.plan.cut = append(p.plan.cut, shownAs)
	}
	if !shown {
		return l, nil
	}
	if len(l.terms) == 0 {
		p.miss(shownAs)
	}
	p.plan.leaves = append(p.plan.leaves, l)
	return l, nil
}

// expand returns the commonest words of the dictionaries, and whether there are
// more.
func (p *planner) expand(word string, dictionary func(field, string) (api.FieldDict, error)) (words []string, cut bool, err error) {
	counts := map[string]uint64{}
	for _, f := range p.in.fields(common) {
		d, err := dictionary(f, word)
		if err != nil {
			return nil, false, fmt.Errorf("read dictionary: %w", err)
		}
		more, err := p.run.count(d, counts)
		if err != nil {
			return nil, false, err
		}
		cut = cut || more
	}
	for w := range counts {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	if len(words) > index.MaxTerms {
		words, cut = words[:index.MaxTerms], true
	}
	return words, cut, nil
}

// count adds up how many documents have the words of a dictionary, which it
// closes. It looks at maxScanned of them at most.
func (r *run) count(d api.FieldDict, counts map[string]uint64) (more bool, err error) {
	defer func() { err = cmp.Or(err, d.Close()) }()
	for n := 0; ; n++ {
		if n%1024 == 0 && r.ctx.Err() != nil {
			return false, r.ctx.Err()
		}
		e, err := d.Next()
		if err != nil {
			return false, fmt.Errorf("read dictionary: %w", err)
		}
		if e == nil {
			return false, nil
		}
		if n == maxScanned {
			return true, nil
		}
		counts[e.Term] += e.Count
	}
}

// begins lists the words of a field that begin with word.
func (r *run) begins(f field, word string) (api.FieldDict, error) {
	return r.view.snapshot.FieldDictPrefix(f.String(), []byte(word))
}

// resembles lists the words of a field that differ from word in a letter or two.
func (r *run) resembles(f field, word string) (api.FieldDict, error) {
	edits := 2
	switch n := utf8.RuneCountInString(word); {
	case n > maxCompare:
		return r.view.snapshot.FieldDictRange(f.String(), []byte(word), []byte(word))
	case n <= index.MaxOneEdit:
		edits = 1
	}
	return r.view.snapshot.FieldDictFuzzy(f.String(), word, edits, "")
}
