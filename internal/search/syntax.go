package search

import (
	"strconv"
	"strings"

	"marsa/index"
	"marsa/internal/fold"
)

// op says what a part of a query is.
type op int

const (
	opWord op = iota
	opPhrase
	opNear
	opPrefix
	opFuzzy
	opField
	opNot
	opAnd
	opOr
)

// An expr is a part of a query: a tree whose leaves are words.
type expr struct {
	op      op
	at, end int    // bytes of the query
	text    string // of a leaf, as typed without its signs
	within  int    // of opNear
	field   queryField
	kids    []*expr
}

// maxNesting is how deep parentheses may stand in one another.
const maxNesting = 6

// A mistake is where a query cannot be read as it is written.
type mistake Note

// syntax reads tokens by the grammar
//
//	or     = and { OR and }
//	and    = unary { [AND] unary }
//	unary  = NOT unary | field ":" leaf | leaf
//	leaf   = word["*"|"~"] | phrase["~" number] | "(" or ")"
//
// and stops at the first mistake by a panic that parse catches.
type syntax struct {
	tokens []token
	depth  int
	limits
}

// limits counts what a query may have only so much of.
type limits struct {
	words, patterns int
	full            bool // a leaf was over the limit of words, and all that follow are left out
	notes           []Note
}

// parse reads a query. What cannot be read by the grammar is read as words, and
// a note says where and why; so every text is a query. It is nil when there is no
// word in it.
func parse(text string) (*expr, []Note) {
	tokens, notes := lex(text)
	s := &syntax{tokens: tokens}
	e, wrong := s.strict()
	if wrong != nil {
		loose := &syntax{tokens: tokens}
		e = loose.loose()
		s, notes = loose, append(notes, Note(*wrong))
	}
	return e, append(notes, s.notes...)
}

func (s *syntax) strict() (e *expr, wrong *mistake) {
	defer func() {
		if m, ok := recover().(mistake); ok {
			e, wrong = nil, &m
		}
	}()
	if s.peek().kind == endToken {
		return nil, nil
	}
	e = s.or()
	if t := s.peek(); t.kind == closeToken {
		s.fail(NoteParenClose, t, "")
	}
	return e, nil
}

func (s *syntax) fail(key string, t token, arg string) { panic(mistake{Key: key, At: t.at, Arg: arg}) }

func (s *syntax) peek() token { return s.tokens[0] }

func (s *syntax) take() token {
	t := s.tokens[0]
	if t.kind != endToken {
		s.tokens = s.tokens[1:]
	}
	return t
}

func (s *syntax) or() *expr {
	if t := s.peek(); t.kind == orToken || t.kind == andToken {
		s.fail(NoteOperator, t, t.text)
	}
	kids := []*expr{s.and()}
	for s.peek().kind == orToken {
		t := s.take()
		if !s.startsUnary() {
			s.fail(NoteOperator, t, t.text)
		}
		kids = append(kids, s.and())
	}
	return join(opOr, kids)
}

func (s *syntax) and() *expr {
	var kids []*expr
	for {
		if t := s.peek(); t.kind == andToken {
			s.take()
			if len(kids) == 0 || !s.startsUnary() {
				s.fail(NoteOperator, t, t.text)
			}
		}
		if !s.startsUnary() {
			return join(opAnd, kids)
		}
		kids = append(kids, s.unary())
	}
}

func (s *syntax) startsUnary() bool {
	switch s.peek().kind {
	case wordToken, phraseToken, openToken, notToken, fieldToken:
		return true
	}
	return false
}

func (s *syntax) unary() *expr {
	switch t := s.peek(); t.kind {
	case notToken:
		s.take()
		if !s.startsUnary() {
			s.fail(NoteOperator, t, t.text)
		}
		return negated(t, s.unary())
	case fieldToken:
		s.take()
		switch s.peek().kind {
		case wordToken, phraseToken, openToken:
			return fielded(t, s.leaf())
		}
		s.fail(NoteFieldValue, t, t.text)
	}
	return s.leaf()
}

func (s *syntax) leaf() *expr {
	t := s.take()
	if t.kind != openToken {
		e, wrong := leafOf(t)
		if wrong != "" {
			s.fail(wrong, t, t.text+t.suffix)
		}
		return s.counted(e)
	}
	if s.depth++; s.depth > maxNesting {
		s.fail(NoteDeep, t, strconv.Itoa(maxNesting))
	}
	if c := s.peek(); c.kind == closeToken {
		s.fail(NoteParenEmpty, t, "")
	}
	e := s.or()
	if s.take().kind != closeToken {
		s.fail(NoteParenOpen, t, "")
	}
	s.depth--
	return e
}

// leafOf reads the signs behind a word or phrase; wrong is the key of the note
// when they cannot stand there.
func leafOf(t token) (e *expr, wrong string) {
	e = &expr{op: opWord, at: t.at, end: t.end, text: t.text}
	if t.kind == phraseToken {
		e.op = opPhrase
	}
	number, tilde := strings.CutPrefix(t.suffix, "~")
	switch {
	case t.kind == wordToken && strings.Contains(t.text, "*"):
		return e, NoteStar
	case t.suffix == "":
		return e, ""
	case t.kind == wordToken && t.suffix == "*":
		e.op = opPrefix
	case t.kind == wordToken && t.suffix == "~":
		e.op = opFuzzy
	case t.kind == phraseToken && tilde:
		n, err := strconv.Atoi(number)
		if err != nil || n > index.MaxWithin {
			return e, NoteNear
		}
		e.op, e.within = opNear, n
		return e, ""
	case tilde:
		return e, NoteNear
	default:
		return e, NoteStar
	}
	if _, terms := countWords(t.text); terms != 1 { // "labour-migr*": only one word can be completed
		return e, NoteStar
	}
	return e, ""
}

// counted returns a leaf if it has a word in it and there is room for it.
func (l *limits) counted(e *expr) *expr {
	n, terms := countWords(e.text)
	if terms == 0 || l.full {
		return nil
	}
	if l.words+n > index.MaxWords {
		l.full = true
		l.notes = append(l.notes, Note{Key: NoteWordsCut, At: e.at, Arg: strconv.Itoa(index.MaxWords)})
		return nil
	}
	l.words += n
	if e.op == opPrefix || e.op == opFuzzy {
		if l.patterns++; l.patterns > index.MaxPatterns {
			e.op = opWord
			if l.patterns == index.MaxPatterns+1 {
				l.notes = append(l.notes, Note{Key: NotePatternsCut, At: e.at, Arg: strconv.Itoa(index.MaxPatterns)})
			}
		}
	}
	return e
}

// countWords counts the words of a text, and those of which something is left
// when they are folded.
func countWords(text string) (words, terms int) {
	for w := range fold.Words(text) {
		words++
		if fold.Term(text[w.Start:w.End]) != "" {
			terms++
		}
	}
	return words, terms
}

// loose reads all that are words, with hyphens and fields before them; brackets
// and operators fall away.
func (s *syntax) loose() *expr {
	var kids []*expr
	var before []token
	for s.peek().kind != endToken {
		t := s.take()
		switch t.kind {
		case notToken, fieldToken:
			before = append(before, t)
			continue
		case wordToken, phraseToken:
		default:
			continue
		}
		for _, e := range s.looseLeaf(t) {
			kids = append(kids, looseUnary(before, e))
		}
		before = nil
	}
	return join(opAnd, kids)
}

// looseUnary applies the last field and then the hyphen that stood before a leaf.
func looseUnary(before []token, e *expr) *expr {
	not := false
	for i := len(before) - 1; i >= 0; i-- {
		switch t := before[i]; {
		case t.kind == notToken:
			not = true
		case e != nil && e.op != opField:
			e = fielded(t, e)
		}
	}
	if not {
		return negated(before[0], e)
	}
	return e
}

func (s *syntax) looseLeaf(t token) []*expr {
	e, wrong := leafOf(t)
	if wrong == "" {
		return []*expr{s.counted(e)}
	}
	var out []*expr
	e.op = opWord
	if t.kind == phraseToken {
		e.op = opPhrase
	}
	at := t.at
	for part := range strings.SplitSeq(t.text, "*") {
		out = append(out, s.counted(&expr{op: e.op, at: at, end: at + len(part), text: part}))
		at += len(part) + 1
	}
	return out
}

func negated(t token, e *expr) *expr {
	switch {
	case e == nil:
		return nil
	case e.op == opNot:
		return e.kids[0]
	}
	return &expr{op: opNot, at: t.at, end: e.end, kids: []*expr{e}}
}

func fielded(t token, e *expr) *expr {
	if e == nil {
		return nil
	}
	return &expr{op: opField, at: t.at, end: e.end, field: fieldNames[fold.Text(t.text)], kids: []*expr{e}}
}

// join makes one part of several; parts without words fall away.
func join(o op, kids []*expr) *expr {
	var out []*expr
	for _, k := range kids {
		switch {
		case k == nil:
		case k.op == o:
			out = append(out, k.kids...)
		default:
			out = append(out, k)
		}
	}
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	return &expr{op: o, at: out[0].at, end: out[len(out)-1].end, kids: out}
}

// String writes a part so that it would be read as the same.
func (e *expr) String() string {
	if e == nil {
		return ""
	}
	switch e.op {
	case opPhrase:
		return `"` + e.text + `"`
	case opNear:
		return `"` + e.text + `"~` + strconv.Itoa(e.within)
	case opPrefix:
		return e.text + "*"
	case opFuzzy:
		return e.text + "~"
	case opField:
		return e.field.name + ":" + e.kids[0].grouped(opField)
	case opNot:
		return "NOT " + e.kids[0].grouped(opAnd)
	case opAnd, opOr:
		between := " "
		if e.op == opOr {
			between = " OR "
		}
		var parts []string
		for _, k := range e.kids {
			parts = append(parts, k.grouped(e.op+1))
		}
		return strings.Join(parts, between)
	}
	return e.text
}

// grouped puts brackets round what binds no closer than o.
func (e *expr) grouped(o op) string {
	if e.op >= o {
		return "(" + e.String() + ")"
	}
	return e.String()
}
