package bleve

import (
	"cmp"
	"math"
	"slices"

	"marsa/index"
)

// A conceptNode is words that name a concept, and a leaf of its other labels.
// It counts as many clauses as it has words.
type conceptNode struct {
	words   []node
	labels  *leaf // nil where the index has none of them
	akin    bool  // the labels are no names of the concept
	about   *about
	missing []string
	plan    *plan
}

// about is the value of a column that a document has when the concept is what it
// is about.
type about struct {
	column int
	value  uint32
	weight float64
}

// concept plans the words of a concept and its labels. Its stop words, which
// are no part of the node, are returned beside it; it is nil where all are.
func (p *planner) concept(c index.Concept, f *fit, shown bool) (n *conceptNode, stops []*leaf, err error) {
	p.concepts++
	n = &conceptNode{plan: p.plan, akin: c.Akin}
	before := len(p.plan.missing)
	for _, w := range c.Words {
		word, err := p.node(w, f, shown)
		if err != nil {
			return nil, nil, err
		}
		switch l, ok := word.(*leaf); {
		case !ok: // of which nothing is left
		case l.stop:
			stops = append(stops, l)
		default:
			l.concept = p.concepts
			n.words = append(n.words, l)
		}
	}
	if len(n.words) == 0 {
		return nil, stops, nil
	}
	if n.labels, err = p.labels(c, shown); err != nil {
		return nil, nil, err
	}
	n.about = p.about(c, n.words)
	if n.labels != nil { // whether anything has the words is seen when the labels are
		n.missing = append(n.missing, p.plan.missing[before:]...)
		p.plan.missing = p.plan.missing[:before]
	}
	return n, stops, nil
}

// about is nil for a concept that no document is about.
func (p *planner) about(c index.Concept, words []node) *about {
	at := column(c.Field)
	if at < 0 {
		return nil
	}
	value, ok := p.run.view.names.values[at].number(c.Value)
	if !ok {
		return nil
	}
	a := &about{column: at, value: value}
	for _, w := range words {
		a.weight += aboutWeight * w.(*leaf).weight
	}
	return a
}

// worth is what a document gains by being about the concept: less where it is
// about many things.
func (a *about) worth(d *row) float64 {
	if a == nil || !slices.Contains(d.values[a.column], a.value) {
		return 0
	}
	return a.weight / math.Sqrt(float64(len(d.values[a.column])))
}

// labels plans the labels of a concept as one leaf.
func (p *planner) labels(c index.Concept, shown bool) (*leaf, error) {
	all := &leaf{concept: p.concepts, akin: c.Akin}
	for _, label := range c.Labels {
		l, err := p.label(label, c.Words)
		if err != nil {
			return nil, err
		}
		if l != nil && !slices.ContainsFunc(all.labels, l.same) {
			all.labels = append(all.labels, l)
			all.weight, all.rarity = max(all.weight, l.weight), max(all.rarity, l.onPage())
		}
	}
	if len(all.labels) == 0 {
		return nil, nil
	}
	for i, w := range c.Words {
		if i > 0 {
			all.text += " "
		}
		all.text += w.Text
	}
	if shown {
		p.plan.leaves = append(p.plan.leaves, all)
	}
	return all, nil
}

// label plans one label in the fields of its language; nil when one of its words
// is not there, all are stop words, or the words that were typed are among them:
// then it finds nothing more.
func (p *planner) label(label index.Label, typed []index.Word) (*leaf, error) {
	a := common
	if label.Lang != "" {
		a = analyzerOf(label.Lang)
	}
	if p.run.has(a, label.Text, typed) {
		return nil, nil
	}
	l := &leaf{text: label.Text, in: p.in.fields(a)}
	skipped := 0 // stop words that it begins with
	for i, w := range tokensOf(label.Text) {
		term := p.run.a.term(a, w.text)
		if term == "" {
			if len(l.phrase) == 0 {
				skipped = i + 1
			}
			continue
		}
		found, rarity := 0, 0.0
		for _, f := range l.in {
			df, err := p.run.df(f, term)
			if err != nil {
				return nil, err
			}
			if df > found {
				found = df
				if rarity, err = p.run.rarity(f, term, df); err != nil {
					return nil, err
				}
			}
		}
		if found == 0 {
			return nil, nil
		}
		l.phrase = append(l.phrase, phraseTerm{term, i - skipped})
		n := 0
		for _, f := range l.in {
			n = max(n, p.run.view.stats[f].docs)
		}
		l.weight += cmp.Or(label.Weight, labelWeight) * idf(min(found, n), n)
		l.rarity += cmp.Or(label.Weight, labelWeight) * rarity
	}
	switch len(l.phrase) {
	case 0:
		return nil, nil
	case 1:
		l.single()
	}
	return l, nil
}

// has says whether all words are among those of a text, up to their endings.
func (r *run) has(analyzer int, text string, words []index.Word) bool {
	var terms []string
	for _, w := range tokensOf(text) {
		terms = append(terms, r.a.term(analyzer, w.text))
	}
	return !slices.ContainsFunc(words, func(w index.Word) bool {
		return slices.ContainsFunc(wordTokens(w.Text), func(t token) bool { return !slices.Contains(terms, r.a.term(analyzer, t.text)) })
	})
}

func (l *leaf) same(o *leaf) bool {
	return slices.Equal(l.in, o.in) && slices.Equal(l.phrase, o.phrase) && slices.Equal(l.terms, o.terms)
}

// single makes a phrase of one word a word, whose places need not be read.
func (l *leaf) single() {
	for _, f := range l.in {
		l.terms = append(l.terms, fieldTerm{field: f, term: l.phrase[0].term, weight: l.weight * f.weight()})
	}
	l.phrase = nil
}

func (n *conceptNode) eval(r *run) (matches, error) {
	return (&allNode{required: []node{n}}).eval(r)
}

// addConcept counts the words of a concept that a document has; where it has a
// label, all of them. The better of the two makes the score, to which comes what
// it is worth to be about the concept.
func (r *run) addConcept(t *tally, n *conceptNode) error {
	own, err := r.tally(&allNode{required: n.words})
	if err != nil {
		return err
	}
	if n.labels != nil {
		// What has all the words needs no label, and has at most as much by it.
		r.skip = func(doc uint32) bool { return int(own.counts[doc]) == len(n.words) }
		m, err := n.labels.eval(r)
		r.skip = nil
		if err != nil {
			return err
		}
		if len(m.docs) == 0 {
			n.plan.missing = append(n.plan.missing, n.missing...)
		}
		if t.lent == nil {
			t.lent = make([]uint64, len(t.scores.seen))
		}
		for i, doc := range m.docs {
			if lacks := len(n.words) - int(own.counts[doc]); lacks > 0 {
				if n.akin {
					t.lend(doc, lacks)
				}
				own.counts[doc] = uint16(len(n.words))
				t.lent[doc/64] |= 1 << (doc % 64)
			}
			own.scores.add(doc, max(0, m.scores[i]-own.scores.scores[doc]))
		}
	}
	m := own.scores.matches()
	for i, doc := range m.docs {
		t.counts[doc] += own.counts[doc]
		t.scores.add(doc, m.scores[i]+n.about.worth(r.view.rows[doc]))
	}
	return nil
}

// once takes from a page's counts either the words or the labels of each concept,
// those that are worth less.
func once(counts []int, leaves []*leaf, words, average float64) {
	for i, l := range leaves {
		if l.labels == nil || counts[i] == 0 {
			continue
		}
		typed := 0.0
		for j, w := range leaves {
			if w.concept == l.concept && j != i {
				typed += w.onPage() * saturation(float64(counts[j]), words, average)
			}
		}
		labels := l.onPage() * saturation(float64(counts[i]), words, average)
		for j, w := range leaves {
			if w.concept == l.concept && (j == i) == (labels <= typed) {
				counts[j] = 0
			}
		}
	}
}
