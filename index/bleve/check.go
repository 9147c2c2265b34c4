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
	words := 0
	return checkClause(q.Match, 1, false, &words)
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

func checkClause(c index.Clause, depth int, inAll bool, words *int) error {
	if depth > index.MaxDepth {
		return invalid("query is more than %d clauses deep", index.MaxDepth)
	}
	switch c := c.(type) {
	case index.Word:
		return checkText(c.Text, words)
	case index.Phrase:
		return checkText(c.Text, words)
	case index.All:
		return checkClauses(c, depth, true, words)
	case index.Any:
		return checkClauses(c, depth, false, words)
	case index.Not:
		if !inAll {
			return invalid("Not stands outside All")
		}
		return checkClause(c.Clause, depth+1, false, words)
	}
	return invalid("clause %T", c)
}

func checkClauses(cs []index.Clause, depth int, inAll bool, words *int) error {
	if len(cs) > index.MaxWords {
		return invalid("query has more than %d words", index.MaxWords)
	}
	for _, c := range cs {
		if err := checkClause(c, depth+1, inAll, words); err != nil {
			return err
		}
	}
	return nil
}

func checkText(text string, words *int) error {
	if len(text) > maxWordText {
		return invalid("a word is longer than %d bytes", maxWordText)
	}
	*words++ // a word of no letters counts too
	first := true
	for range fold.Words(text) {
		if !first {
			*words++
		}
		first = false
	}
	if *words > index.MaxWords {
		return invalid("query has more than %d words", index.MaxWords)
	}
	return nil
}

func invalid(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, corpus.ErrInvalid)...)
}
