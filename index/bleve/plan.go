package bleve

import (
	"cmp"
	"strings"

	"marsa/index"
	"marsa/internal/fold"
)

// A plan is a query made ready: what must match, what may, what must not.
type plan struct {
	everything bool // no clause says anything: all documents match
	allNode
	leaves  []*leaf // words and phrases whose places are shown
	missing []string
	cut     []string // patterns that stand for more words than are looked for
}

// A node gives the documents that a clause matches, with their scores.
type node interface {
	eval(r *run) (matches, error)
}

type (
	anyNode []node
	allNode struct{ required, optional, must, not []node }
)

// size is the number of words and other clauses that a document must have.
func (n *allNode) size() int {
	size := 0
	for _, r := range n.required {
		if c, ok := r.(*conceptNode); ok {
			size += len(c.words) - 1
		}
		size++
	}
	return size
}

// question says whether a query has so many words that few documents have all of
// them, and those often because they are long.
func (p *plan) question() bool { return p.size() >= index.QuestionWords }

// A leaf is a word or phrase.
type leaf struct {
	text   string // as typed
	terms  []fieldTerm
	phrase []phraseTerm // of the fields in; a word has none
	in     []field
	labels []*leaf // any of them; then there are no terms and no phrase
	// concept is the number of the concept that the leaf is a word or the labels
	// of; 0 is none.
	concept int
	akin    bool // the labels are words that mean the same
	near    bool // the words of phrase may stand in any order,
	within  int  // with so many others among them
	stop    bool
	weight  float64 // what one place of it is worth at most
	rarity  float64 // what it is on a page, where that differs; see onPage
}

// onPage is what one place of a leaf is worth at most where pages are compared: a word
// that most long documents have somewhere may still be on few of their pages.
func (l *leaf) onPage() float64 { return cmp.Or(l.rarity, l.weight) }

// fieldTerm is a word's term in one field.
type fieldTerm struct {
	field  field
	term   string
	df     int
	weight float64
}

// phraseTerm is a word of a phrase, offset words after its first.
type phraseTerm struct {
	term   string
	offset int
}

// token is a word of the query, cut out of what was typed.
type token struct {
	text   string // as typed
	folded string
}

func tokensOf(text string) []token {
	var ts []token
	for w := range fold.Words(text) {
		t := text[w.Start:w.End]
		if f := fold.Term(t); f != "" {
			ts = append(ts, token{t, f})
		}
	}
	return ts
}

// wordTokens cuts a word as typed. An article elided before it and a possessive
// after it fall away, so that "l'immigration" finds "immigration".
func wordTokens(text string) []token {
	ts := tokensOf(text)
	if len(ts) != 2 || !strings.ContainsAny(text, "'’ʼ＇") {
		return ts
	}
	switch {
	case elided[ts[0].folded]:
		return ts[1:]
	case ts[1].folded == "s":
		return ts[:1]
	}
	return ts
}

// elided are the words that French, Italian and Catalan write with an
// apostrophe before the next word.
var elided = map[string]bool{
	"l": true, "d": true, "m": true, "t": true, "n": true, "s": true, "j": true, "c": true,
	"qu": true, "jusqu": true, "lorsqu": true, "puisqu": true, "quoiqu": true, "presqu": true,
	"un": true, "dell": true, "all": true, "nell": true, "dall": true, "sull": true, "quest": true,
}

// planner makes a plan of a query's clauses.
type planner struct {
	run  *run
	plan *plan
	in   scope
	seen map[string]bool // words that are in plan.missing

	concepts int // so far
}

func (r *run) plan(match index.Clause) (*plan, error) {
	p := &planner{run: r, plan: &plan{}, seen: map[string]bool{}}
	if match == nil {
		p.plan.everything = true
		return p.plan, nil
	}
	all, ok := match.(index.All)
	if !ok {
		all = index.All{match}
	}
	fit, err := r.fit(typed(match))
	if err != nil {
		return nil, err
	}
	n, err := p.all(all, fit, true)
	if err != nil {
		return nil, err
	}
	p.plan.allNode = *n
	p.plan.everything = len(n.required) == 0 && (len(all) == len(n.not)+len(n.must))
	return p.plan, nil
}

// all sorts the clauses of an All. Stop words are optional unless there is
// nothing else; then they are wanted as they are typed.
func (p *planner) all(cs []index.Clause, fit *fit, shown bool) (*allNode, error) {
	out := &allNode{}
	var stops []*leaf
	repeated := map[index.Clause]bool{}
	for _, c := range cs {
		switch c := c.(type) {
		case index.Not:
			n, err := p.node(c.Clause, fit, false)
			if err != nil {
				return nil, err
			}
			if n != nil {
				out.not = append(out.not, n)
			}
			continue
		case index.Word, index.Phrase:
			if repeated[c] {
				continue
			}
			repeated[c] = true
		case index.Concept:
			n, of, err := p.concept(c, fit, shown)
			if err != nil {
				return nil, err
			}
			if stops = append(stops, of...); n != nil {
				out.required = append(out.required, n)
			}
			continue
		}
		n, err := p.node(c, fit, shown)
		if err != nil {
			return nil, err
		}
		if n != nil && strict(c) {
			out.must = append(out.must, n)
		} else if l, ok := n.(*leaf); ok && l.stop {
			stops = append(stops, l)
		} else if n != nil {
			out.required = append(out.required, n)
		}
	}
	for _, l := range stops {
		if len(out.required)+len(out.must) > 0 {
			out.optional = append(out.optional, l)
		}
	}
	if len(out.required)+len(out.must) == 0 {
		for _, l := range stops {
			l.literal()
			out.required = append(out.required, l)
		}
		stops = nil
	}
	if shown {
		p.hide(stops)
	}
	return out, nil
}

// hide takes optional words out of the leaves that are shown on pages.
func (p *planner) hide(stops []*leaf) {
	var kept []*leaf
	for _, l := range p.plan.leaves {
		hidden := false
		for _, s := range stops {
			hidden = hidden || s == l
		}
		if !hidden {
			kept = append(kept, l)
		}
	}
	p.plan.leaves = kept
}

// node plans one clause; nil when it has no words.
func (p *planner) node(c index.Clause, fit *fit, shown bool) (node, error) {
	switch c := c.(type) {
	case index.Word:
		n, err := p.leaf(c.Text, wordTokens(c.Text), false, fit, shown && !c.Optional)
		if l, ok := n.(*leaf); ok {
			l.stop = l.stop || c.Optional
		}
		return n, err
	case index.Phrase:
		return p.leaf(c.Text, tokensOf(c.Text), true, fit, shown)
	case index.Near:
		return p.near(c, shown)
	case index.Prefix:
		return p.pattern(c.Text, c.Text+"*", p.run.begins, shown)
	case index.Fuzzy:
		return p.pattern(c.Text, c.Text+"~", p.run.resembles, shown)
	case index.Concept: // one that does not stand in All
		return p.node(index.All{c}, fit, shown)
	case index.In:
		outer := p.in
		defer func() { p.in = outer }()
		p.in = scopes[c.Field]
		return p.node(c.Clause, fit, false)
	case index.Only:
		return onlyNode(testOf(c.Filter, broader(p.run.query, c.Filter.Field), p.run.view.names)), nil
	case index.Any:
		return p.any(c, fit, shown)
	case index.All:
		n, err := p.all(c, fit, shown)
		if err != nil || len(n.required)+len(n.must)+len(n.not) == 0 {
			return nil, err
		}
		return n, nil
	}
	return nil, invalid("clause %T", c) // check has refused it
}

// any plans alternatives. The first is what was typed; the others may be in
// other languages and are judged by their own words.
func (p *planner) any(cs index.Any, first *fit, shown bool) (node, error) {
	var out anyNode
	for i, c := range cs {
		own := first
		if i > 0 {
			var err error
			if own, err = p.run.fit(typed(c)); err != nil {
				return nil, err
			}
		}
		n, err := p.node(c, own, shown)
		if err != nil {
			return nil, err
		}
		if n != nil {
			out = append(out, n)
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

// typed returns the words from which the language of a clause is seen.
func typed(c index.Clause) []token {
	switch c := c.(type) {
	case index.Word:
		return wordTokens(c.Text)
	case index.Phrase:
		return tokensOf(c.Text)
	case index.Near:
		return tokensOf(c.Text)
	case index.Concept:
		var ts []token
		for _, w := range c.Words {
			ts = append(ts, wordTokens(w.Text)...)
		}
		return ts
	case index.In:
		if c.Field == index.InTitle {
			return typed(c.Clause)
		}
	case index.Any:
		if len(c) > 0 {
			return typed(c[0])
		}
	case index.All:
		var ts []token
		for _, c := range c {
			ts = append(ts, typed(c)...)
		}
		return ts
	}
	return nil
}
