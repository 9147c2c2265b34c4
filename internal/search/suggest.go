package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/index"
	"marsa/internal/fold"
)

// Limits of suggestions.
const (
	maxCompletions  = 6 // concepts
	maxTitles       = 4
	maxTail         = 4   // last words of a query that are completed
	maxScannedNames = 400 // names that begin as was typed, of which the best are taken
	minTitlePrefix  = 3   // letters of a title's word
)

// Completion is a way to go on from what is being typed.
type Completion struct {
	Kind     string           // vocab.Country, vocab.Topic or KindTitle
	Text     string           // the whole query; of a title, the title
	Label    string           // what is suggested, in Language
	Language corpus.Lang      //
	Meaning  string           // of a label in another language than the reader's: that in the reader's; else empty
	Concept  corpus.ConceptID // of a country or topic
	Document corpus.ID        // of a title
}

// KindTitle is the kind of a completion that is a publication.
const KindTitle = "title"

// known is a label by one of its words, folded from there on.
type known struct {
	key       string
	label     string
	lang      corpus.Lang
	concept   *vocab.Concept
	inside    bool // the key begins after the first word
	preferred bool
}

// names lists the labels of countries and topics by each of their words, in order.
func names(v *vocab.Vocabulary) []known {
	var out []known
	add := func(c *vocab.Concept, l corpus.Lang, label string, preferred bool) {
		words := strings.Fields(fold.Text(label))
		for i := range words {
			n := known{strings.Join(words[i:], " "), label, l, c, i > 0, preferred}
			out = append(out, n)
			if rest, ok := strings.CutPrefix(n.key, "ال"); ok { // who types leaves the article out
				n.key = rest
				out = append(out, n)
			}
		}
	}
	for _, scheme := range []string{vocab.Country, vocab.Topic} {
		for _, c := range v.Concepts(scheme) {
			for l, label := range c.Pref {
				add(c, l, label, true)
			}
			for l, labels := range c.Alt {
				for _, label := range labels {
					add(c, l, label, false)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b known) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.concept.ID, b.concept.ID), cmp.Compare(a.lang, b.lang), cmp.Compare(a.label, b.label))
	})
	return out
}

// Suggest completes what is being typed: the last words by countries and topics,
// in any language, all of it by titles. It fails like Search.
func (s *Service) Suggest(ctx context.Context, typed string, l corpus.Lang) ([]Completion, error) {
	if len(typed) > MaxText {
		return nil, fmt.Errorf("query of %d bytes, at most %d: %w", len(typed), MaxText, corpus.ErrTooLarge)
	}
	typed = validUTF8(strings.TrimLeftFunc(typed, unicode.IsSpace))
	titles, err := s.titles(ctx, typed, l)
	if err != nil {
		return nil, fmt.Errorf("titles for %q: %w", typed, err)
	}
	return append(s.completed(typed, l), titles...), nil
}

// completed are the concepts whose labels go on from the last words typed; of
// many words before few.
func (s *Service) completed(typed string, l corpus.Lang) []Completion {
	var begun, inside []Completion
	for _, at := range tails(typed) {
		for _, n := range s.beginning(fold.Text(typed[at:]), l) {
			c := Completion{Text: typed[:at] + n.label, Label: n.label, Language: n.lang, Concept: n.concept.ID}
			c.Kind, _, _ = strings.Cut(string(n.concept.ID), "/")
			if meaning, _ := s.vocab.Label(n.concept.ID, l); n.lang != l && fold.Text(meaning) != fold.Text(n.label) {
				c.Meaning = meaning
			}
			if n.inside {
				inside = append(inside, c)
			} else {
				begun = append(begun, c)
			}
		}
		if len(begun) > 0 {
			break // what goes on from more words says more
		}
	}
	var out []Completion
	for _, c := range append(begun, inside...) {
		same := func(o Completion) bool { return o.Concept == c.Concept }
		if len(out) < maxCompletions && !slices.ContainsFunc(out, same) {
			out = append(out, c)
		}
	}
	return out
}

// tails are the places from which a query may be completed, the first of up to
// maxTail words first. What stands in an open quote or behind a sign is typed
// as it is meant.
func tails(typed string) []int {
	var at []int
	for w := range fold.Words(typed) {
		at = append(at, w.Start)
	}
	at = at[max(0, len(at)-maxTail):]
	return slices.DeleteFunc(at, func(from int) bool {
		before, _ := utf8.DecodeLastRuneInString(typed[:from])
		return strings.ContainsFunc(typed[from:], func(r rune) bool { return isQuote(r) || strings.ContainsRune("():*~|", r) }) ||
			from > 0 && !unicode.IsSpace(before) && !strings.ContainsRune("'’(", before) || strings.Count(typed[:from], `"`)%2 == 1
	})
}

// beginning are the best names that begin so, one for each concept: those that
// begin with it as a whole, in the reader's language, preferred, short.
func (s *Service) beginning(prefix string, l corpus.Lang) []known {
	if utf8.RuneCountInString(prefix) < 2 {
		return nil
	}
	from, _ := slices.BinarySearchFunc(s.names, prefix, func(n known, p string) int { return cmp.Compare(n.key, p) })
	var found []known
	for _, n := range s.names[from:] {
		if !strings.HasPrefix(n.key, prefix) || len(found) == maxScannedNames {
			break
		}
		found = append(found, n)
	}
	slices.SortStableFunc(found, func(a, b known) int {
		return cmp.Or(
			falseFirst(a.inside, b.inside),
			falseFirst(a.lang != l, b.lang != l),
			falseFirst(!a.preferred, !b.preferred),
			cmp.Compare(len(a.label), len(b.label)),
		)
	})
	seen := map[corpus.ConceptID]bool{}
	return slices.DeleteFunc(found, func(n known) bool {
		again := seen[n.concept.ID]
		seen[n.concept.ID] = true
		return again
	})
}

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// titles are publications whose title has all words, the last of them begun.
func (s *Service) titles(ctx context.Context, typed string, l corpus.Lang) ([]Completion, error) {
	var all index.All
	n, last := 0, ""
	for w := range fold.Words(typed) {
		if last != "" {
			all = append(all, index.Word{Text: last})
		}
		if n++; n > maxTail*2 {
			return nil, nil
		}
		if last = typed[w.Start:w.End]; fold.Term(last) == "" {
			last = ""
		}
	}
	if utf8.RuneCountInString(fold.Term(last)) < minTitlePrefix {
		return nil, nil
	}
	all = append(all, index.Prefix{Text: last})
	res, err := s.engine.Search(ctx, &index.Query{
		Match: index.All{index.In{Field: index.InTitle, Clause: all}}, Prefer: []corpus.Lang{l, "en"}, Limit: maxTitles,
	})
	if err != nil {
		return nil, err
	}
	var out []Completion
	for _, h := range res.Hits {
		d, err := s.library.Document(h.Documents[0])
		if errors.Is(err, corpus.ErrNotFound) {
			continue // it was taken away since
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Completion{Kind: KindTitle, Text: d.Title, Label: d.Title, Language: d.Lang, Document: d.ID})
	}
	return out, nil
}
