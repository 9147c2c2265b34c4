package vocab

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/internal/fold"
)

// Mention is a place in a text where a label of a concept stands.
type Mention struct {
	Concept    corpus.ConceptID
	Start, End int    // byte offsets of whole words, End exclusive; Arabic clitics are part of their word
	Label      string // as in the bank
	Lang       corpus.Lang
	Adjective  bool     // of a country: "Moroccan"
	Ambiguous  bool     // the label means this concept only in some contexts
	Needs      string   // for people: which contexts
	Context    *Context // for the program: which contexts; nil unless Ambiguous
}

// Mentions yields where labels stand in text, from left to right, at each place
// the longest. A place yields several mentions when several concepts have the
// label. Labels in language l are found, with Arabic labels, acronyms and the
// English and French names of countries in a text of any language; l == "" finds
// all labels. Ambiguous labels of another language than l are not found.
func (v *Vocabulary) Mentions(text string, l corpus.Lang) iter.Seq[Mention] {
	return func(yield func(Mention) bool) {
		m := matcher{trie: v.trie, text: text, lang: l, caseless: caseless(text)}
		for w := range fold.Words(text) {
			m.window = append(m.window, m.word(w))
			if len(m.window) > v.trie.longest && !m.advance(yield) {
				return
			}
		}
		for len(m.window) > 0 {
			if !m.advance(yield) {
				return
			}
		}
	}
}

// queryLength is up to how many bytes a text without capitals is taken as typed
// without them.
const queryLength = 512

func caseless(text string) bool {
	return len(text) <= queryLength && !strings.ContainsFunc(text, unicode.IsUpper)
}

// word is a word of the text with the numbers of the terms it may be.
type word struct {
	fold.Token
	terms terms
}

// terms has room for every way to read an Arabic word: few of them are in the
// vocabulary at once.
type terms struct {
	n  uint8
	id [7]int32
}

// cached is how many different words a matcher remembers.
const cached = 1 << 13

type matcher struct {
	trie     *trie
	text     string
	lang     corpus.Lang
	caseless bool
	window   []word
	known    map[string]terms // of words that are not plain ASCII, which are costly to fold
	buf      [64]byte

	best  int // words of the longest match at the head of the window
	found []entry
}

func (m *matcher) word(w fold.Token) word {
	raw := m.text[w.Start:w.End]
	if key, ok := folded(raw, m.buf[:]); ok {
		t := terms{}
		if id, ok := m.trie.terms[string(key)]; ok {
			t.n, t.id[0] = 1, id
		}
		return word{w, t}
	}
	t, ok := m.known[raw]
	if !ok {
		t = m.read(raw)
		if m.known == nil {
			m.known = map[string]terms{}
		}
		if len(m.known) < cached {
			m.known[raw] = t
		}
	}
	return word{w, t}
}

func (m *matcher) read(raw string) terms {
	var t terms
	add := func(key string) {
		id, ok := m.trie.terms[key]
		if !ok || int(t.n) == len(t.id) {
			return
		}
		for _, have := range t.id[:t.n] {
			if have == id {
				return
			}
		}
		t.id[t.n] = id
		t.n++
	}
	if key := fold.Term(raw); isArabic(key) {
		stems(key, add)
	} else {
		add(key)
	}
	return t
}

// advance yields what stands at the head of the window and moves past it.
func (m *matcher) advance(yield func(Mention) bool) bool {
	m.best, m.found = 0, m.found[:0]
	m.walk(0, 0, joined)
	n := max(m.best, 1)
	goOn := m.best == 0 || m.emit(m.window[0].Start, m.window[n-1].End, yield)
	m.window = m.window[:copy(m.window, m.window[n:])]
	return goOn
}

// walk follows the words of the window from the i-th on and keeps the labels of
// the longest path. worst is the widest gap so far.
func (m *matcher) walk(node int32, i int, worst spacing) {
	if i == len(m.window) {
		return
	}
	if i > 0 {
		worst = max(worst, gap(m.text[m.window[i-1].End:m.window[i].Start]))
		if worst == parted {
			return
		}
	}
	w := &m.window[i]
	for _, term := range w.terms.id[:w.terms.n] {
		next, ok := m.trie.edges[uint64(node)<<32|uint64(term)]
		if !ok {
			continue
		}
		for _, e := range m.trie.ends[next] {
			if i+1 >= m.best && m.admits(e, i, worst) {
				if i+1 > m.best {
					m.best, m.found = i+1, m.found[:0]
				}
				m.found = append(m.found, e)
			}
		}
		m.walk(next, i+1, worst)
	}
}

// admits says whether label e may be meant by the words up to the i-th.
func (m *matcher) admits(e entry, i int, worst spacing) bool {
	if !m.speaks(e) || worst == punctuated && !e.loose {
		return false
	}
	if m.caseless {
		return true
	}
	if e.acronym {
		return m.text[m.window[0].Start:m.window[i].End] == e.text
	}
	return !e.capital || m.capital(i)
}

func (m *matcher) speaks(e entry) bool {
	switch {
	case m.lang == "" || e.lang == m.lang || e.arabic:
		return true
	case e.context != nil:
		return false
	}
	return e.acronym || e.name && (e.lang == "en" || e.lang == "fr")
}

// capital says whether one of the words up to the i-th starts with a capital.
func (m *matcher) capital(i int) bool {
	for _, w := range m.window[:i+1] {
		if r, _ := utf8.DecodeRuneInString(m.text[w.Start:]); unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// emit yields one mention for each concept found, unless the words are a fixed
// expression. Of several labels of a concept it takes one in the language of
// the text, and a name rather than an adjective.
func (m *matcher) emit(start, end int, yield func(Mention) bool) bool {
	for _, e := range m.found {
		if e.block {
			return true
		}
	}
	for i, e := range m.found {
		if m.preferred(i) {
			if !yield(Mention{
				Concept: e.concept, Start: start, End: end, Label: e.text, Lang: e.lang,
				Adjective: e.adjective, Ambiguous: e.context != nil, Needs: e.needs, Context: e.context,
			}) {
				return false
			}
		}
	}
	return true
}

func (m *matcher) preferred(i int) bool {
	e := m.found[i]
	for j, other := range m.found {
		if other.concept != e.concept || j == i {
			continue
		}
		if a, b := m.rank(other), m.rank(e); a > b || a == b && j < i {
			return false
		}
	}
	return true
}

func (m *matcher) rank(e entry) int {
	rank := 0
	if e.lang == m.lang {
		rank += 2
	}
	if !e.adjective {
		rank++
	}
	return rank
}
