package search

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"marsa/index"
	"marsa/internal/fold"
)

// A compiler makes clauses of a query. Value turns a value as typed into that of
// the index, and says whether there can be such a one.
type compiler struct {
	value func(f index.Field, v string) (value string, possible bool)
	notes []Note
}

// Clause returns what a text asks of an engine, as Service.Search reads it but
// with the values of fields as they are typed; nil, for everything, when there
// is no word in it.
func Clause(text string) index.Clause {
	e, _ := parse(text)
	c := compiler{value: func(_ index.Field, v string) (string, bool) { return v, true }}
	return c.top(e)
}

// top makes the outermost clause, whose parts are tiers.
func (c *compiler) top(e *expr) index.Clause {
	if e == nil {
		return nil
	}
	m := c.clause(e, index.Field(""))
	switch m := m.(type) {
	case nil:
		return nil
	case index.All:
		return m
	}
	return index.All{m}
}

// clause makes the clause of a part; inside a field that is a filter, words are
// values.
func (c *compiler) clause(e *expr, filter index.Field) index.Clause {
	switch e.op {
	case opField:
		k := e.kids[0]
		if e.field.filter != "" {
			return c.clause(k, e.field.filter)
		}
		return index.In{Field: e.field.words, Clause: alone(c.clause(k, ""))}
	case opNot:
		return index.Not{Clause: alone(c.clause(e.kids[0], filter))}
	case opAnd:
		var all index.All
		for _, k := range e.kids {
			part := c.clause(k, filter)
			if words, ok := part.(index.All); ok && k.op == opWord {
				all = append(all, words...)
				continue
			}
			all = append(all, part)
		}
		return all
	case opOr:
		var or index.Any
		for _, k := range e.kids {
			or = append(or, alone(c.clause(k, filter)))
		}
		return or
	}
	if filter != "" {
		return c.only(e, filter)
	}
	switch e.op {
	case opPhrase:
		return index.Phrase{Text: e.text}
	case opNear:
		return index.Near{Text: e.text, Within: e.within}
	case opPrefix:
		return index.Prefix{Text: e.text}
	case opFuzzy:
		return index.Fuzzy{Text: e.text}
	}
	return words(e.text)
}

// words makes a clause of a word as typed. The parts of "labour-intensive" and
// "and/or" are words that documents need not have side by side; those that do
// gain by it on their best page. Numbers such as 08-11 and 2003/86 stay whole.
func words(text string) index.Clause {
	if strings.ContainsFunc(text, unicode.IsDigit) {
		return index.Word{Text: text}
	}
	var all index.All
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '/' || unicode.Is(unicode.Pd, r) }) {
		if _, terms := countWords(part); terms > 0 {
			all = append(all, index.Word{Text: part})
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return all
}

// alone makes a Not stand where only All may have one.
func alone(c index.Clause) index.Clause {
	if n, ok := c.(index.Not); ok {
		return index.All{n}
	}
	return c
}

// only makes a filter of a value.
func (c *compiler) only(e *expr, f index.Field) index.Clause {
	if f == index.FieldYear {
		if from, to, ok := years(e.text); ok {
			return index.Only{Filter: index.Filter{Field: f, From: from, To: to}}
		}
		c.notes = append(c.notes, Note{Key: NoteYear, At: e.at, Arg: e.text})
		return index.Word{Text: e.text}
	}
	v, possible := c.value(f, e.text)
	if !possible {
		c.notes = append(c.notes, Note{Key: NoteUnknownValue, At: e.at, Arg: string(f) + "=" + e.text})
	}
	return index.Only{Filter: index.Filter{Field: f, Values: []string{v}}}
}

// years reads 2010, 2008..2011, 2008.., ..2011 and 2008-2011, in the digits of any
// script.
func years(text string) (from, to int, ok bool) {
	var numbers []int
	for w := range fold.Words(text) {
		n, err := strconv.Atoi(fold.Term(text[w.Start:w.End]))
		if err != nil || n < 1 || n > 9999 {
			return 0, 0, false
		}
		numbers = append(numbers, n)
	}
	ranged := strings.ContainsAny(text, ".-–")
	switch {
	case len(numbers) == 2 && ranged:
		return min(numbers[0], numbers[1]), max(numbers[0], numbers[1]), true
	case len(numbers) != 1:
		return 0, 0, false
	case strings.HasSuffix(text, ".."):
		return numbers[0], 0, true
	case strings.HasPrefix(text, ".."):
		return 1, numbers[0], true
	}
	return numbers[0], numbers[0], !ranged
}

// read turns what a reader typed into a clause with notes, values by the
// vocabulary.
func (s *Service) read(text string) (index.Clause, []Note) {
	e, notes := parse(text)
	c := compiler{value: func(f index.Field, v string) (string, bool) {
		if code, ok := languageNames[fold.Text(v)]; ok && f == index.FieldLanguage {
			return code, true
		}
		v = s.value(f, v)
		return v, s.possible(f, v)
	}}
	match := c.top(e)
	if e == nil && strings.TrimSpace(text) != "" {
		notes = append(notes, Note{Key: NoteNoWords})
	}
	return match, slices.Concat(notes, c.notes)
}
