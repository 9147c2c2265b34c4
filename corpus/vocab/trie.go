package vocab

import (
	"slices"
	"strings"
	"unicode"

	"marsa/corpus"
	"marsa/internal/fold"
)

// label is a label of a concept as it stands in the bank.
type label struct {
	concept   corpus.ConceptID
	lang      corpus.Lang
	text      string
	key       string // text folded
	name      bool   // of a country
	adjective bool   // of a country
	hint      bool   // no name of the concept
}

// entry is a label at the end of a path in the trie.
type entry struct {
	label
	arabic  bool
	acronym bool // only as written
	capital bool // some word must have its capital
	loose   bool // the label itself has punctuation between words
	block   bool // a fixed expression that is no mention
	needs   string
	context *Context // nil when the label is sure
}

// trie finds labels by the folded terms of their words. Terms are numbered, so
// that a step is one lookup in edges.
type trie struct {
	terms   map[string]int32
	edges   map[uint64]int32 // node<<32 | term -> node
	ends    map[int32][]entry
	nodes   int32
	longest int // words of the longest label
}

func newTrie(labels []label, rules []rule) *trie {
	t := &trie{terms: map[string]int32{}, edges: map[uint64]int32{}, ends: map[int32][]entry{}}
	index := indexRules(rules)
	taken := map[string]bool{}
	for _, b := range labels {
		taken[string(b.lang)+" "+b.key] = true
	}
	for _, b := range labels {
		e := newEntry(b)
		if r, ok := index[ruleKey{b.lang, b.key, b.concept}]; ok {
			e.needs, e.context = r.needs, r.context
		}
		t.add(b.text, e)
		for _, form := range inflected(b, e.acronym) {
			if key := fold.Text(form); key != b.key && !taken[string(b.lang)+" "+key] {
				t.add(form, e)
			}
		}
	}
	for _, r := range rules {
		if r.context == nil {
			e := newEntry(label{lang: r.lang, text: r.text})
			e.block, e.capital = true, false
			t.add(r.text, e)
		}
	}
	return t
}

type ruleKey struct {
	lang    corpus.Lang
	folded  string
	concept corpus.ConceptID
}

func indexRules(rules []rule) map[ruleKey]rule {
	index := map[ruleKey]rule{}
	for _, r := range rules {
		for _, id := range r.concepts {
			index[ruleKey{r.lang, fold.Text(r.text), id}] = r
		}
	}
	return index
}

func newEntry(b label) entry {
	e := entry{label: b, arabic: isArabic(b.text), acronym: isAcronym(b.text)}
	e.capital = (b.name || b.adjective) && strings.ContainsFunc(b.text, unicode.IsUpper)
	end := -1
	for w := range fold.Words(b.text) {
		if end >= 0 && gap(b.text[end:w.Start]) == punctuated {
			e.loose = true
		}
		end = w.End
	}
	return e
}

// add enters a label under the terms of text, which is the label or a form of
// it.
func (t *trie) add(text string, e entry) {
	node, words := int32(0), 0
	for w := range fold.Words(text) {
		raw := text[w.Start:w.End]
		key := fold.Term(raw)
		switch {
		case key == "":
			continue
		case isArabic(raw) && e.name:
			key = strict + canonical(key)
		case isArabic(raw) && strings.HasPrefix(raw, article):
			key = canonical(withoutArticle(key))
		case isArabic(raw):
			key = canonical(key)
		}
		node = t.step(node, key)
		words++
	}
	if words == 0 || slices.Contains(t.ends[node], e) {
		return
	}
	t.ends[node] = append(t.ends[node], e)
	t.longest = max(t.longest, words)
}

func (t *trie) step(node int32, key string) int32 {
	term, ok := t.terms[key]
	if !ok {
		term = int32(len(t.terms))
		t.terms[key] = term
	}
	edge := uint64(node)<<32 | uint64(term)
	next, ok := t.edges[edge]
	if !ok {
		t.nodes++
		next = t.nodes
		t.edges[edge] = next
	}
	return next
}
