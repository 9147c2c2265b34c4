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
	value  func(f index.Field, v string) (value string, possible bool)
	expand *expander // nil: no concepts are looked for
	notes  []Note
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
		return index.In{Field: e.field.words, Clause: alone(c.asTyped(k, ""))}
	case opNot:
		return index.Not{Clause: alone(c.asTyped(e.kids[0], filter))}
	case opAnd:
		return c.and(e.kids, filter)
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
	if cs := c.words([]*expr{e}); len(cs) == 1 {
		return cs[0]
	} else {
		return index.All(cs)
	}
}

// asTyped makes the clause of a part in which no concepts are looked for.
func (c *compiler) asTyped(e *expr, filter index.Field) index.Clause {
	outer := c.expand
	defer func() { c.expand = outer }()
	c.expand = nil
	return c.clause(e, filter)
}

// and joins parts; words that stand side by side may name a concept together.
func (c *compiler) and(kids []*expr, filter index.Field) index.All {
	var all index.All
	for i := 0; i < len(kids); {
		j := i
		for j < len(kids) && kids[j].op == opWord && filter == "" {
			j++
		}
		if j > i {
			all = append(all, c.words(kids[i:j])...)
			i = j
			continue
		}
		all = append(all, c.clause(kids[i], filter))
		i++
	}
	return all
}

func (c *compiler) words(kids []*expr) []index.Clause {
	if c.expand == nil {
		return plainWords(kids)
	}
	return c.expand.clauses(kids)
}

// typedWord makes a clause of a word as typed. The parts of "labour-intensive" and
// "and/or" are words that documents need not have side by side; those that do
// gain by it on their best page. Numbers such as 08-11 and 2003/86 stay whole.
func typedWord(text string) index.Clause {
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

// A reading is a query as it was understood.
type reading struct {
	match      index.Clause
	notes      []Note
	expansions []Expansion
	pages      *pageRange // nil: all
	words      bool       // there are words to be found on pages
}

// read turns what a reader typed into a clause, values and concepts by the
// vocabulary.
func (s *Service) read(r *Request) reading {
	e, notes := parse(r.Text)
	e, pages, of := takePages(e)
	notes = append(notes, of...)
	c := compiler{value: func(f index.Field, v string) (string, bool) {
		if code, ok := languageNames[fold.Text(v)]; ok && f == index.FieldLanguage {
			return code, true
		}
		if state, ok := qualityNames[fold.Text(v)]; ok && f == index.FieldQuality {
			return string(state), true
		}
		v = s.value(f, v)
		return v, s.possible(f, v)
	}}
	x := &expander{vocab: s.vocab, list: s.words, text: validUTF8(r.Text), plain: r.Plain, no: map[string]bool{}}
	x.langs = x.languagesOf(x.text)
	x.content = x.hasContent(x.text)
	for _, label := range r.No {
		x.no[fold.Text(label)] = true
	}
	c.expand = x
	match := c.top(e)
	if e == nil && len(of) == 0 && strings.TrimSpace(r.Text) != "" {
		notes = append(notes, Note{Key: NoteNoWords})
	}
	return reading{match, slices.Concat(notes, c.notes), x.found, pages, onPages(e)}
}

// Clause returns what a request asks of an engine by its text. It fails like
// Search.
func (s *Service) Clause(r Request) (index.Clause, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	return s.read(&r).match, nil
}
