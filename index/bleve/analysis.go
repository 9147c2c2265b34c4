package bleve

import (
	"fmt"
	"strings"
	"unicode"

	bleveanalysis "github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/unicodenorm"
	"github.com/blevesearch/bleve/v2/registry"

	"marsa/internal/fold"
)

// analysis turns the words that internal/fold cuts into the terms of each
// field. It works word by word, so the place of a term is the place of its word
// and nothing can shift it: there are no char filters. Safe for concurrent use.
type analysis struct {
	chains [numLanguages]chain
	stops  stopTable
}

// A chain makes the terms of one language.
type chain struct {
	stops    map[string]bool // lower case; for unmarked languages folded too
	plain    []bleveanalysis.TokenFilter
	stems    []bleveanalysis.TokenFilter
	unmarked bool
}

func newAnalysis() *analysis {
	cache := registry.NewCache()
	a := &analysis{}
	for i, l := range languages {
		c, err := newChain(cache, l)
		if err != nil { // Bleve does not know one of our names: a programmer's mistake
			panic(fmt.Sprintf("analyzer of %s: %v", l.lang, err))
		}
		a.chains[i] = c
	}
	a.stops = newStopTable(&a.chains)
	return a
}

func newChain(cache *registry.Cache, l language) (chain, error) {
	c := chain{
		stops:    map[string]bool{},
		unmarked: l.unmarked,
		plain: []bleveanalysis.TokenFilter{
			lowercase.NewLowerCaseFilter(),
			unicodenorm.MustNewUnicodeNormalizeFilter(unicodenorm.NFKC),
		},
	}
	for _, name := range l.stops {
		// A list and the filter that uses it have one name.
		words, err := cache.TokenMapNamed(name)
		if err != nil {
			return c, err
		}
		for w := range words {
			c.stop(w)
		}
	}
	for w := range strings.FieldsSeq(l.elided) {
		c.stop(w)
	}
	for _, name := range l.filters {
		switch name {
		case arabicStems:
			c.stems = append(c.stems, arabicStemmer{ar.NewArabicStemmerFilter()})
			continue
		case turkishStems:
			c.stems = append(c.stems, turkishStemmer{})
			continue
		}
		f, err := cache.TokenFilterNamed(name)
		if err != nil {
			return c, err
		}
		c.stems = append(c.stems, f)
	}
	return c, nil
}

func (c *chain) stop(word string) {
	word = strings.ToLower(word)
	c.stops[word] = true
	if c.unmarked {
		c.stops[fold.Term(word)] = true
	}
}

// term returns the term of a word in the fields of an analyzer; it is empty for
// stop words and for words of which nothing is left.
func (a *analysis) term(analyzer int, word string) string {
	folded := fold.Term(word)
	if analyzer >= numLanguages || hasDigit(folded) {
		return folded // numbers are alike in all languages, whatever the digits
	}
	return a.chains[analyzer].term(word, folded)
}

// stopWord says whether a language leaves a word out of its fields.
func (a *analysis) stopWord(analyzer int, word string) bool {
	if analyzer >= numLanguages {
		return false
	}
	c := &a.chains[analyzer]
	return c.isStop(c.lower(word), fold.Term(word))
}

func (c *chain) term(word, folded string) string {
	lower := c.lower(word)
	if c.isStop(lower, folded) {
		return ""
	}
	return through(c.stems, lower)
}

func (c *chain) isStop(lower, folded string) bool {
	return c.stops[lower] || c.unmarked && c.stops[folded]
}

// lower returns the word in lower case, without characters that are not seen.
func (c *chain) lower(word string) string {
	return through(c.plain, strings.Map(func(r rune) rune {
		if fold.Invisible(r) || c.unmarked && (r == 'ـ' || unicode.Is(unicode.Mn, r)) {
			return -1
		}
		return r
	}, word))
}

func through(filters []bleveanalysis.TokenFilter, word string) string {
	tokens := bleveanalysis.TokenStream{{Term: []byte(word), Start: 0, End: len(word), Position: 1}}
	for _, f := range filters {
		tokens = f.Filter(tokens)
	}
	if len(tokens) == 0 {
		return ""
	}
	return string(tokens[0].Term)
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
