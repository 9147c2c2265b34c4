package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/corpus/words"
	"marsa/index"
	"marsa/internal/fold"
)

// Limits of what the vocabulary adds to a query.
const (
	maxConcepts   = 8   // that are searched by their other labels too
	maxLabels     = 30  // of one of them
	maxOfConcepts = 100 // labels of all of them
	keptLabels    = 5   // of the labels of a query, for each concept that may follow
	MaxNo         = 100
)

// An expander finds concepts in the words of a query, and the other labels to
// search for, from the vocabulary; for words that name no concept it finds those
// that mean the same, from the list of words.
type expander struct {
	vocab *vocab.Vocabulary
	text  string          // the whole query
	no    map[string]bool // folded labels that the reader does not want
	plain bool            // no concepts are looked for
	found []Expansion
	given int // labels of found

	list    *words.List
	langs   []corpus.Lang // of the list, that the query may be in
	content bool          // there are words that do not only join others
	listed  int           // words for which the list has others

	joined int // words that are searched by their other way of writing
}

// A meaning is a concept that the kids from to to of a part name.
type meaning struct {
	from, to int
	concept  *vocab.Concept
}

// clauses makes clauses of words that stand side by side, concepts as one clause
// each.
func (x *expander) clauses(kids []*expr) []index.Clause {
	var out []index.Clause
	at := 0
	upTo := func(end int) {
		if at < end {
			out = append(out, x.everyday(kids[at:end])...)
			at = end
		}
	}
	for _, m := range x.meanings(kids) {
		if m.from < at {
			continue
		}
		upTo(m.from)
		out = append(out, x.clause(kids[m.from:m.to+1], m.concept))
		at = m.to + 1
	}
	upTo(len(kids))
	return out
}

func plainWords(kids []*expr) []index.Clause {
	var out []index.Clause
	for _, k := range kids {
		if all, ok := typedWord(k.text).(index.All); ok {
			out = append(out, all...)
			continue
		}
		out = append(out, typedWord(k.text))
	}
	return out
}

// clause is a concept, or its words where there is nothing to add.
func (x *expander) clause(kids []*expr, concept *vocab.Concept) index.Clause {
	typed := x.text[kids[0].at:kids[len(kids)-1].end]
	e := Expansion{Concept: concept.ID, Typed: typed}
	for _, l := range x.labels(concept, typed) {
		if x.no[fold.Text(l.Text)] {
			e.Removed = append(e.Removed, l)
		} else {
			e.Labels = append(e.Labels, l)
		}
	}
	c := about(concept)
	for _, w := range plainWords(kids) {
		c.Words = append(c.Words, w.(index.Word))
	}
	for _, l := range e.Labels {
		c.Labels = append(c.Labels, index.Label{Text: l.Text, Lang: l.Lang})
	}
	if len(e.Labels)+len(e.Removed) > 0 {
		x.found = append(x.found, e)
		x.given += len(e.Labels)
	}
	return c
}

// about is a concept without words: what documents about it have. Kinds are not
// searched for.
func about(c *vocab.Concept) index.Concept {
	scheme, name, _ := strings.Cut(string(c.ID), "/")
	return index.Concept{Field: index.Field(scheme), Value: name}
}

// meanings finds the concepts that words name, the longest label at each place.
// A label that several concepts have, or that means its concept in some contexts
// only, counts where the query itself says that it is meant.
func (x *expander) meanings(kids []*expr) []meaning {
	if x.plain {
		return nil
	}
	start := kids[0].at
	text := x.text[start:kids[len(kids)-1].end]
	var all [][]vocab.Mention // by place
	for m := range x.vocab.Mentions(text, "") {
		if last := len(all) - 1; last >= 0 && all[last][0].Start == m.Start {
			all[last] = append(all[last], m)
		} else {
			all = append(all, []vocab.Mention{m})
		}
	}
	alone := onlyMentions(text, all)
	var out []meaning
	for i, here := range all {
		one, ok := x.meant(here, func(m vocab.Mention) bool {
			return alone && (len(all) == 1 || scheme(m.Concept) != vocab.Country) || supported(x.text, m.Context) || besideSure(all, i, m.Concept)
		})
		from, to, whole := kidsOf(kids, start+here[0].Start, start+here[0].End)
		if ok && whole && len(out)+len(x.found)-x.listed < maxConcepts {
			out = append(out, meaning{from, to, one})
		}
	}
	return out
}

// meant is the concept that is meant by the labels at one place, if it is one.
func (x *expander) meant(here []vocab.Mention, said func(vocab.Mention) bool) (*vocab.Concept, bool) {
	var ids []corpus.ConceptID
	for _, m := range here {
		if strings.HasPrefix(string(m.Concept), vocab.Kind+"/") {
			continue // "study" says what kind of document is wanted, and is no subject
		}
		if sure(m.Context) || named(m.Context) || unclear(m.Context) && said(m) {
			ids = append(ids, m.Concept)
		}
	}
	if len(ids) != 1 {
		return nil, false
	}
	return x.vocab.Concept(ids[0])
}

// sure says whether a label means its concept wherever it stands, though it may
// be no evidence that a document is about it.
func sure(c *vocab.Context) bool {
	if c == nil {
		return true
	}
	switch c.Use {
	case vocab.Beside, vocab.Imprint, vocab.Named:
		return true
	}
	return false
}

// named says whether a label is the name of a country that is also that of a person
// or of a city: whoever asks a library on migration for Jordan means the country.
func named(c *vocab.Context) bool { return c.Use == vocab.Name || c.Use == vocab.Place }

// unclear says whether a label means its concept where its context says so.
func unclear(c *vocab.Context) bool {
	return c.Use == vocab.Near
}

// supported says whether a word stands in the query that makes a label clear.
func supported(text string, c *vocab.Context) bool {
	words := " " + fold.Text(text) + " "
	return c != nil && slices.ContainsFunc(c.Support, func(s string) bool {
		if utf8.RuneCountInString(s) >= 4 {
			return strings.Contains(words, " "+s)
		}
		return strings.Contains(words, " "+s+" ")
	})
}

// besideSure says whether a sure label of another concept stands elsewhere; beside a
// word that may be a country, that of another country.
func besideSure(all [][]vocab.Mention, here int, id corpus.ConceptID) bool {
	for i, place := range all {
		if i != here && slices.ContainsFunc(place, func(m vocab.Mention) bool {
			return m.Concept != id && (sure(m.Context) || named(m.Context)) && (scheme(id) != vocab.Country || scheme(m.Concept) == vocab.Country)
		}) {
			return true
		}
	}
	return false
}

func scheme(id corpus.ConceptID) string {
	name, _, _ := strings.Cut(string(id), "/")
	return name
}

// shortWord is how many letters articles and prepositions have at most.
const shortWord = 3

// onlyMentions says whether a query is labels and short words only: then their
// context is the library, and the concepts of its vocabulary are meant.
func onlyMentions(text string, all [][]vocab.Mention) bool {
	for w := range fold.Words(text) {
		in := slices.ContainsFunc(all, func(here []vocab.Mention) bool { return here[0].Start <= w.Start && w.End <= here[0].End })
		if !in && utf8.RuneCountInString(fold.Term(text[w.Start:w.End])) > shortWord {
			return false
		}
	}
	return true
}

// kidsOf finds the words that stand between two places of the query; whole says
// that none of them is cut. An article elided before the first is not missed,
// nor an s after the last.
func kidsOf(kids []*expr, start, end int) (from, to int, whole bool) {
	from = slices.IndexFunc(kids, func(k *expr) bool { return start < k.end })
	to = from
	for to+1 < len(kids) && kids[to+1].at < end {
		to++
	}
	if from < 0 || kids[to].at >= end {
		return 0, 0, false
	}
	first, last := kids[from], kids[to]
	return from, to, elision(first.text, start-first.at) && possessive(last.text, last.end-end)
}

func elision(word string, cut int) bool {
	return cut <= 0 || cut < len(word) && strings.ContainsAny(word[:cut], "'’ʼ＇")
}

func possessive(word string, cut int) bool {
	return cut <= 0 || cut < len(word) && fold.Text(word[len(word)-cut:]) == "s"
}

// labels lists what a concept is called otherwise than it was typed: its
// preferred labels, then the others in turn of their languages. Of forms that
// differ in the plural only one is given; what is written alike in two languages
// is searched in both, with the endings of each.
func (x *expander) labels(c *vocab.Concept, typed string) []Label {
	most := min(maxLabels, maxOfConcepts-x.given-keptLabels*(maxConcepts-1-len(x.found)+x.listed))
	langs := languagesOf(c)
	own := form(typed)
	seen := map[Label]bool{}
	var out []Label
	add := func(l corpus.Lang, text string, preferred bool) {
		f := Label{form(text), l}
		if f.Text == "" || f.Text == own || seen[f] || len(out) == most || !preferred && !sure(x.context(c, l, text)) {
			return
		}
		seen[f] = true
		out = append(out, Label{Text: text, Lang: l})
	}
	for _, l := range langs {
		add(l, c.Pref[l], true)
	}
	for i, more := 0, true; more; i++ {
		more = false
		for _, l := range langs {
			if i < len(c.Alt[l]) {
				add(l, c.Alt[l][i], false)
				more = true
			}
		}
	}
	return out
}

func languagesOf(c *vocab.Concept) []corpus.Lang {
	langs := []corpus.Lang{"en", "fr", "ar"}
	var others []corpus.Lang
	for l := range c.Pref {
		if !slices.Contains(langs, l) {
			others = append(others, l)
		}
	}
	slices.Sort(others)
	return append(langs, others...)
}

// context is what the vocabulary says that a label needs around it; another
// concept with the same label makes it unsure.
func (x *expander) context(c *vocab.Concept, l corpus.Lang, text string) *vocab.Context {
	context := &vocab.Context{Use: vocab.Never} // of a fixed expression there is no mention
	for m := range x.vocab.Mentions(text, l) {
		switch {
		case m.Start != 0 || m.End != len(text), m.Concept != c.ID && hint(m.Context):
		case m.Concept != c.ID:
			return &vocab.Context{Use: vocab.Never}
		default:
			context = m.Context
		}
	}
	return context
}

// hint says whether a label is no name of the concept that a text with it speaks of.
func hint(c *vocab.Context) bool {
	return c != nil && (c.Use == vocab.Also || c.Use == vocab.Heading)
}

// form is a label without the endings of its plural, to tell labels apart.
func form(label string) string {
	words := strings.Fields(fold.Text(label))
	for i, w := range words {
		w = strings.TrimPrefix(w, "ال")
		if stem, ok := strings.CutSuffix(w, "ين"); ok {
			w = stem + "ون"
		}
		if utf8.RuneCountInString(w) > shortWord {
			w = strings.TrimRight(w, "sx")
		}
		words[i] = w
	}
	return strings.Join(words, " ")
}
