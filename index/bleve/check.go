package bleve

import (
	"fmt"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/fold"
)

// maxWordText is the longest text of one word or phrase, in bytes.
const maxWordText = 1000

// check refuses what is over a limit or has no meaning.
func check(q *index.Query) error {
	if err := checkNumbers(q); err != nil {
		return err
	}
	for _, f := range q.Filters {
		if err := checkFilter(f); err != nil {
			return err
		}
	}
	for _, f := range q.Facets {
		if column(f.Field) < 0 {
			return invalid("field %q cannot be counted", f.Field)
		}
	}
	if q.Match == nil {
		return nil
	}
	return (&checker{}).clause(q.Match, 1, false)
}

func checkNumbers(q *index.Query) error {
	for _, n := range []struct {
		name       string
		value, max int
	}{
		{"offset", q.Offset, index.MaxOffset},
		{"limit", q.Limit, index.MaxLimit},
		{"pages", q.Pages, index.MaxPages},
	} {
		if n.value < 0 || n.value > n.max {
			return invalid("%s %d is not in 0 to %d", n.name, n.value, n.max)
		}
	}
	switch q.Sort {
	case index.ByRelevance, index.ByNewest, index.ByTitle:
		return nil
	}
	return invalid("order %q is not known", q.Sort)
}

func checkFilter(f index.Filter) error {
	ranged := f.From != 0 || f.To != 0
	switch {
	case f.Field != index.FieldID && f.Field != index.FieldWork && column(f.Field) < 0:
		return invalid("field %q cannot be filtered", f.Field)
	case ranged && f.Field != index.FieldYear:
		return invalid("field %q has no range", f.Field)
	case !ranged && len(f.Values) == 0:
		return invalid("filter on %q without values", f.Field)
	}
	return nil
}

// A checker counts what a query has.
type checker struct{ words, patterns, labels int }

func (k *checker) clause(c index.Clause, depth int, inAll bool) error {
	if depth > index.MaxDepth {
		return invalid("query is more than %d clauses deep", index.MaxDepth)
	}
	switch c := c.(type) {
	case index.Word:
		return k.text(c.Text)
	case index.Phrase:
		return k.text(c.Text)
	case index.Near:
		if c.Within < 0 || c.Within > index.MaxWithin {
			return invalid("near %d is not in 0 to %d", c.Within, index.MaxWithin)
		}
		return k.text(c.Text)
	case index.Prefix:
		return k.pattern(c.Text)
	case index.Fuzzy:
		return k.pattern(c.Text)
	case index.Concept:
		return k.concept(c)
	case index.In:
		if _, ok := scopes[c.Field]; !ok {
			return invalid("words of field %q cannot be searched", c.Field)
		}
		return k.clause(c.Clause, depth+1, false)
	case index.Only:
		return checkFilter(c.Filter)
	case index.All:
		return k.clauses(c, depth, true)
	case index.Any:
		return k.clauses(c, depth, false)
	case index.Not:
		if !inAll {
			return invalid("Not stands outside All")
		}
		return k.clause(c.Clause, depth+1, false)
	}
	return invalid("clause %T", c)
}

func (k *checker) clauses(cs []index.Clause, depth int, inAll bool) error {
	if len(cs) > index.MaxWords {
		return invalid("query has more than %d words", index.MaxWords)
	}
	for _, c := range cs {
		if err := k.clause(c, depth+1, inAll); err != nil {
			return err
		}
	}
	return nil
}

func (k *checker) concept(c index.Concept) error {
	for _, w := range c.Words {
		if err := k.text(w.Text); err != nil {
			return err
		}
	}
	if k.labels += len(c.Labels); k.labels > index.MaxLabels {
		return invalid("query has more than %d labels", index.MaxLabels)
	}
	for _, l := range c.Labels {
		own := checker{words: index.MaxWords - index.MaxLabelWords}
		if err := own.text(l.Text); err != nil {
			return invalid("label %.50q is longer than %d words", l.Text, index.MaxLabelWords)
		}
	}
	return nil
}

// pattern checks the text of a Prefix or Fuzzy, which the dictionaries are read
// for.
func (k *checker) pattern(text string) error {
	k.patterns++
	switch {
	case k.patterns > index.MaxPatterns:
		return invalid("query has more than %d words with * or ~", index.MaxPatterns)
	case len(tokensOf(text)) != 1:
		return invalid("%.50q is not one word", text)
	}
	return k.text(text)
}

func (k *checker) text(text string) error {
	if len(text) > maxWordText {
		return invalid("a word is longer than %d bytes", maxWordText)
	}
	k.words++ // a word of no letters counts too
	first := true
	for range fold.Words(text) {
		if !first {
			k.words++
		}
		first = false
	}
	if k.words > index.MaxWords {
		return invalid("query has more than %d words", index.MaxWords)
	}
	return nil
}

func invalid(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, corpus.ErrInvalid)...)
}
