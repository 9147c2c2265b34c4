package vocab

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/internal/fold"
)

// Doubt is something in a vocabulary that works but may not be meant.
type Doubt struct {
	Concept corpus.ConceptID
	Own     bool   // it is in the library's own vocabulary
	Text    string // with the file and the line before it
}

// Check loads the vocabulary that is built in with a library's own beside it. Its
// error is as that of With; without one it says what is doubtful: missing
// languages, labels that mean several concepts and that no rule tells apart, and
// labels that cannot be found.
func Check(own ...Own) ([]Doubt, error) {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		return nil, fmt.Errorf("open built-in vocabulary: %w", err)
	}
	l, rules, err := prepare(sub, own)
	if err != nil {
		return nil, err
	}
	c := checker{loader: l, own: map[corpus.ConceptID]bool{}}
	for _, o := range own {
		for _, e := range o.Entries {
			c.own[e.ID] = true
		}
	}
	c.languages()
	c.ambiguous(indexRules(rules))
	c.unfound()
	slices.SortStableFunc(c.doubts, func(a, b Doubt) int {
		return cmp.Or(strings.Compare(string(a.Concept), string(b.Concept)), strings.Compare(a.Text, b.Text))
	})
	return c.doubts, nil
}

type checker struct {
	*loader
	own    map[corpus.ConceptID]bool
	doubts []Doubt
}

func (c *checker) doubt(id corpus.ConceptID, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if where := c.where[id]; where != nil {
		text = strings.TrimSuffix(where("%s", text).Error(), ": "+corpus.ErrInvalid.Error())
	}
	c.doubts = append(c.doubts, Doubt{id, c.own[id], text})
}

func (c *checker) languages() {
	for id, concept := range c.v.byID {
		for _, l := range languages[:required] {
			if concept.Pref[l] == "" {
				c.doubt(id, "%s has no label in %q: readers of that language see %q", id, l, first(c.v.Label(id, l)))
			}
		}
	}
}

func first(label string, _ corpus.Lang) string { return label }

// ambiguous looks for labels that several concepts have. A rule of ambiguous.tsv
// for each of them tells them apart.
func (c *checker) ambiguous(index map[ruleKey]rule) {
	type spelled struct {
		lang corpus.Lang
		key  string
	}
	bank := map[spelled][]label{}
	for _, b := range c.labels {
		s := spelled{b.lang, b.key}
		if !b.hint && !slices.ContainsFunc(bank[s], func(o label) bool { return o.concept == b.concept }) {
			bank[s] = append(bank[s], b)
		}
	}
	for _, same := range bank {
		for _, b := range same[min(1, len(same)):] {
			_, ruled := index[ruleKey{b.lang, b.key, b.concept}]
			if !ruled {
				c.doubt(b.concept, "%s has the label %q (%s) as %s has: a text with it gets both", b.concept, b.text, b.lang, same[0].concept)
			}
		}
	}
}

// unfound looks for labels that the program would not find in a text that is
// nothing else, and for those that it would find too often.
func (c *checker) unfound() {
	for _, b := range c.labels {
		if !c.own[b.concept] {
			continue // a test does it for what is built in
		}
		if n := utf8.RuneCountInString(b.key); n < 3 && b.key == strings.ToLower(b.text) {
			c.doubt(b.concept, "%s has the label %q (%s), which is so short that it may be found where it is not meant", b.concept, b.text, b.lang)
		}
		if !c.v.has(b) {
			c.doubt(b.concept, "%s has the label %q (%s), which is never found: a longer label or a rule stands before it", b.concept, b.text, b.lang)
		}
	}
}

func (v *Vocabulary) has(b label) bool {
	for m := range v.Mentions(b.text, b.lang) {
		if m.Concept == b.concept && fold.Text(b.text[m.Start:m.End]) == b.key {
			return true
		}
	}
	return false
}
