package bleve

import "math"

// fit says, for each language's fields, which share of a query's words the
// field knows, counting its stop words as known. It stands in for detecting the
// language of a query, which three words are too few for.
type fit struct {
	share [numAnalyzers]float64
	best  float64
}

func (r *run) fit(words []token) (*fit, error) {
	f := &fit{}
	if len(words) == 0 {
		return f, nil
	}
	for a := range common {
		if r.view.stats[textField(a)].docs+r.view.stats[titleField(a)].docs+r.view.stats[abstractField(a)].docs == 0 {
			continue
		}
		known := 0
		for _, w := range words {
			ok, err := r.knows(a, w.text)
			if err != nil {
				return nil, err
			}
			if ok {
				known++
			}
		}
		f.share[a] = float64(known) / float64(len(words))
		f.best = max(f.best, f.share[a])
	}
	return f, nil
}

func (r *run) knows(analyzer int, word string) (bool, error) {
	term := r.a.term(analyzer, word)
	if term == "" {
		return true, nil
	}
	for _, f := range everywhere.fields(analyzer) {
		n, err := r.df(f, term)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}

// likely says whether the query may be in a language: none fits much better.
// Stray words of other languages are in every field, so a word or two may be
// missing from the right one.
func (f *fit) likely(analyzer int) bool {
	return f.share[analyzer] > 0 && f.share[analyzer] >= 0.6*f.best
}

// leaf plans a word or phrase; nil when it has no words.
func (p *planner) leaf(text string, words []token, quoted bool, f *fit, shown bool) (node, error) {
	if len(words) == 0 {
		return nil, nil
	}
	l := &leaf{text: text, stop: !quoted}
	for _, w := range words {
		l.stop = l.stop && p.run.optional(w.text, f)
	}
	var err error
	if quoted || len(words) > 1 {
		err = p.phrase(l, words, shown)
	} else {
		err = p.word(l, words[0], f, shown)
	}
	if err != nil {
		return nil, err
	}
	if shown {
		p.plan.leaves = append(p.plan.leaves, l)
	}
	return l, nil
}

// optional says whether a word is a stop word of a language that the query may
// be in.
func (r *run) optional(word string, f *fit) bool {
	for a := range numLanguages {
		if f.likely(a) && r.a.stopWord(a, word) {
			return true
		}
	}
	return false
}

func (p *planner) word(l *leaf, w token, f *fit, shown bool) error {
	for a := range common {
		if f.share[a] > 0 {
			worth, rarity, err := p.wordIn(l, a, w, f.share[a])
			if err != nil {
				return err
			}
			l.weight, l.rarity = max(l.weight, worth), max(l.rarity, rarity) // a page is in one language
		}
	}
	worth, rarity, err := p.wordIn(l, common, w, commonWeight)
	if err != nil {
		return err
	}
	l.weight += worth
	l.rarity += rarity
	if len(l.terms) == 0 && shown {
		p.miss(w.text)
	}
	return nil
}

// wordIn adds the word's terms in an analyzer's fields, and returns what it is
// worth in a text, and on a page.
func (p *planner) wordIn(l *leaf, analyzer int, w token, weight float64) (worth, rarity float64, err error) {
	r := p.run
	term := r.a.term(analyzer, w.text)
	for _, f := range p.in.fields(analyzer) {
		df, err := r.df(f, term)
		if err != nil {
			return 0, 0, err
		}
		if df == 0 {
			continue
		}
		own := weight * idf(df, r.view.stats[f].docs)
		if f.is(textPart) || f.is(abstractPart) { // the text comes after the abstract
			worth = own
			if rarity, err = r.rarity(f, term, df); err != nil {
				return 0, 0, err
			}
			rarity *= weight
		}
		l.terms = append(l.terms, fieldTerm{field: f, term: term, df: df, weight: own * f.weight()})
	}
	return worth, rarity, nil
}

func (p *planner) phrase(l *leaf, words []token, shown bool) error {
	l.in = p.in.fields(common)
	n := p.documents()
	for i, w := range words {
		most := 0
		for _, f := range l.in {
			df, err := p.run.df(f, w.folded)
			if err != nil {
				return err
			}
			most = max(most, df)
		}
		if most == 0 && shown {
			p.miss(w.text)
		}
		l.phrase = append(l.phrase, phraseTerm{w.folded, i})
		l.weight += (1 + commonWeight) * idf(min(most, n), n)
	}
	return nil
}

// documents returns how many documents have words in the fields that are
// searched.
func (p *planner) documents() int {
	n := 0
	for _, f := range p.in.fields(common) {
		n = max(n, p.run.view.stats[f].docs)
	}
	return n
}

// literal makes a stop word match as it is typed.
func (l *leaf) literal() {
	var ts []fieldTerm
	for _, t := range l.terms {
		if t.field.analyzer() == common {
			ts = append(ts, t)
		}
	}
	l.terms = ts
	l.stop = false
	l.weight = math.Max(l.weight, 0.01)
}

func (p *planner) miss(word string) {
	if !p.seen[word] {
		p.seen[word] = true
		p.plan.missing = append(p.plan.missing, word)
	}
}
