package bleve

import "math/bits"

// matches are documents in rising order with their scores.
type matches struct {
	docs   []uint32
	scores []float64
}

func (m *matches) add(doc uint32, score float64) {
	m.docs = append(m.docs, doc)
	m.scores = append(m.scores, score)
}

// An accumulator adds up scores by document.
type accumulator struct {
	scores []float64
	seen   []uint64 // a bit for each document
}

func newAccumulator(docs int) *accumulator {
	return &accumulator{make([]float64, docs), make([]uint64, (docs+63)/64)}
}

func (a *accumulator) add(doc uint32, score float64) {
	a.scores[doc] += score
	a.seen[doc/64] |= 1 << (doc % 64)
}

func (a *accumulator) matches() matches {
	var m matches
	for i, word := range a.seen {
		for ; word != 0; word &= word - 1 {
			doc := uint32(i*64 + bits.TrailingZeros64(word))
			m.add(doc, a.scores[doc])
		}
	}
	return m
}

func (l *leaf) eval(r *run) (matches, error) {
	if l.labels != nil {
		return anyOf(r, l.labels)
	}
	if l.phrase != nil {
		return r.row(l)
	}
	acc := newAccumulator(len(r.view.rows))
	var of better
	for _, t := range l.terms {
		average := r.view.stats[t.field].average()
		err := r.each(t.field, t.term, r.only, false, func(p posting) error {
			acc.add(p.doc, of.gain(t.field, p.doc, t.weight*saturation(float64(p.tf), float64(p.length), average)))
			return nil
		})
		if err != nil {
			return matches{}, err
		}
	}
	return acc.matches(), nil
}

// A better makes a word that a document has in its text and in the abstract in the
// same language count by the one that is worth more: a document with an abstract has no
// more than one without for saying everything twice. Fields of an analyzer come
// together, that of the abstracts first.
type better struct {
	analyzer int
	abstract map[uint32]float64 // what it counts for in the abstract, by document
}

// gain is what a document's score gains by a word in a field.
func (b *better) gain(f field, doc uint32, score float64) float64 {
	if a := f.analyzer(); a != b.analyzer {
		b.analyzer, b.abstract = a, nil
	}
	switch {
	case f.is(abstractPart):
		if b.abstract == nil {
			b.abstract = map[uint32]float64{}
		}
		b.abstract[doc] += score
	case f.is(textPart) && b.abstract != nil:
		twice := min(score, b.abstract[doc])
		b.abstract[doc] -= twice
		return score - twice
	}
	return score
}

// eval of alternatives gives each document its best score.
func (n anyNode) eval(r *run) (matches, error) { return anyOf(r, n) }

func anyOf[N node](r *run, n []N) (matches, error) {
	acc := newAccumulator(len(r.view.rows))
	for _, c := range n {
		m, err := c.eval(r)
		if err != nil {
			return matches{}, err
		}
		for i, doc := range m.docs {
			acc.add(doc, max(0, m.scores[i]-acc.scores[doc]))
		}
	}
	return acc.matches(), nil
}

func (n *allNode) eval(r *run) (matches, error) {
	t, err := r.tally(n)
	if err != nil {
		return matches{}, err
	}
	var m matches
	all := n.size()
	for doc, count := range t.counts {
		if int(count) == all && r.mayMatch(uint32(doc), all) {
			if !t.gone(uint32(doc)) {
				m.add(uint32(doc), t.scores.scores[doc])
			}
		}
	}
	return m, nil
}

// mayMatch says whether a document that no required clause spoke of exists.
func (r *run) mayMatch(doc uint32, required int) bool {
	return required > 0 || r.view.rows[doc] != nil && r.allowed(doc)
}

func (r *run) allowed(doc uint32) bool {
	if r.only == nil {
		return true
	}
	for _, d := range r.only {
		if d == doc {
			return true
		}
	}
	return false
}

// tally counts for each document how many clauses match it.
type tally struct {
	scores *accumulator
	counts []uint16
	away   []uint64 // a bit for each document that is taken away; nil where nothing may be
	lent   []uint64 // a bit for each document that has words by a label of their concept only
	akin   []uint16 // how many of counts are words that others stand for; nil where none may
}

// lend notes that a document has words that mean the same as some of the query.
func (t *tally) lend(doc uint32, words int) {
	if t.akin == nil {
		t.akin = make([]uint16, len(t.counts))
	}
	t.akin[doc] += uint16(words)
}

// full says whether a document has all words, itself or by names of their concepts.
func (t *tally) full(doc uint32, all int) bool {
	n := int(t.counts[doc])
	if t.akin != nil {
		n -= int(t.akin[doc])
	}
	return n == all
}

func (t *tally) gone(doc uint32) bool {
	return t.away != nil && t.away[doc/64]&(1<<(doc%64)) != 0
}

func (r *run) tally(all *allNode) (*tally, error) {
	t := &tally{scores: newAccumulator(len(r.view.rows)), counts: make([]uint16, len(r.view.rows))}
	for _, n := range all.required {
		if c, ok := n.(*conceptNode); ok {
			if err := r.addConcept(t, c); err != nil {
				return nil, err
			}
			continue
		}
		m, err := n.eval(r)
		if err != nil {
			return nil, err
		}
		for i, doc := range m.docs {
			t.counts[doc]++
			t.scores.add(doc, m.scores[i])
		}
	}
	for _, n := range all.optional {
		m, err := n.eval(r)
		if err != nil {
			return nil, err
		}
		for i, doc := range m.docs {
			t.scores.add(doc, stopWeight*m.scores[i])
		}
	}
	if len(all.must)+len(all.not) > 0 {
		t.away = make([]uint64, len(t.scores.seen))
	}
	for _, n := range all.must {
		m, err := n.eval(r)
		if err != nil {
			return nil, err
		}
		keep := make([]uint64, len(t.away))
		for i, doc := range m.docs {
			t.scores.add(doc, m.scores[i])
			keep[doc/64] |= 1 << (doc % 64)
		}
		for i := range keep {
			t.away[i] |= ^keep[i]
		}
	}
	for _, n := range all.not {
		m, err := n.eval(r)
		if err != nil {
			return nil, err
		}
		for _, doc := range m.docs {
			t.away[doc/64] |= 1 << (doc % 64)
		}
	}
	return t, nil
}

// found is a document that matches, wholly or partly; lent says that it does so
// by a label of a concept, and not by the words themselves.
type found struct {
	doc   uint32
	full  bool
	lent  bool
	score float64
}

// Half of the words make a partial match, and enoughWords are always enough:
// a question of ten words finds few documents with five of them. Where fewer
// than enoughDocuments come together, those with fewer words follow too.
const (
	enoughWords     = 2
	enoughDocuments = 10
)

// evaluate returns the documents that a plan matches, in rising order.
func (r *run) evaluate(p *plan) ([]found, error) {
	if len(p.required) == 0 && !p.everything {
		return nil, nil // nothing but signs was typed
	}
	t, err := r.tally(&p.allNode)
	if err != nil {
		return nil, err
	}
	all := p.size()
	need := t.need(all)
	var out []found
	for doc, count := range t.counts {
		n := int(count)
		if n < need || t.gone(uint32(doc)) || !r.mayMatch(uint32(doc), all) {
			continue
		}
		out = append(out, found{uint32(doc), t.full(uint32(doc), all), t.lent != nil && t.lent[doc/64]&(1<<(doc%64)) != 0, t.scores.scores[doc]})
	}
	return out, nil
}

// need returns how many of all required clauses a document must match.
func (t *tally) need(all int) int {
	need := min((all+1)/2, enoughWords)
	if need < enoughWords {
		return need
	}
	documents := 0
	for doc, n := range t.counts {
		if int(n) >= need && !t.gone(uint32(doc)) {
			documents++
		}
	}
	if documents < enoughDocuments {
		return 1
	}
	return need
}
