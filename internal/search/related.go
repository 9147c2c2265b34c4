package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/fold"
)

// Limits of what makes the profile of a document.
const (
	profileWords = 300 // the most frequent
	profilePages = 20  // of which words are read
	profileWord  = 4   // letters of the shortest word that tells something
	titleTimes   = 3   // a word of the title counts so often

	MaxRelated = 20 // works that are given at most
)

// Related is a work that shares much with a document.
type Related struct {
	Document *corpus.Document
	Score    float64 // 0 to 1
	Shared   []Tag   // the weightiest first
	Words    []string
}

// Related returns the works that are most like a document, by what both are
// about, in any language, and by rare words. Its own work is left out. It fails
// with corpus.ErrNotFound.
func (s *Service) Related(ctx context.Context, id corpus.ID, l corpus.Lang, limit int) ([]Related, error) {
	d, err := s.library.Document(id)
	if err != nil {
		return nil, err
	}
	p := &index.Profile{Work: cmp.Or(d.Work, d.ID), Prefer: []corpus.Lang{l, "en"}, Limit: min(limit, MaxRelated), Values: profileValues(d)}
	if p.Words, err = s.profileWords(ctx, d); err != nil {
		return nil, fmt.Errorf("works related to %s: %w", id, err)
	}
	found, err := s.engine.Related(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("works related to %s: %w", id, err)
	}
	var out []Related
	for _, f := range found {
		other, err := s.library.Document(f.Document)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // it left the library since the engine answered
		}
		if err != nil {
			return nil, fmt.Errorf("works related to %s: %w", id, err)
		}
		out = append(out, Related{Document: other, Score: f.Score, Shared: s.shared(other, f.Values, l), Words: f.Words})
	}
	return out, nil
}

// profileValues are the countries and topics that a document is about.
func profileValues(d *corpus.Document) map[index.Field][]index.Weighted {
	m := map[index.Field][]index.Weighted{}
	for _, f := range []index.Field{index.FieldCountry, index.FieldTopic} {
		for _, v := range index.Values(d, f) {
			id := corpus.ConceptID(schemes[f] + "/" + v)
			i := slices.IndexFunc(d.Tags, func(t corpus.Tag) bool { return t.Concept == id && t.Role == corpus.About })
			if weight := d.Tags[i].Weight; weight > 0 && len(m[f]) < index.MaxProfile/4 {
				m[f] = append(m[f], index.Weighted{Value: v, Weight: weight})
			}
		}
	}
	return m
}

// profileWords are the words that stand most often in the title and the first
// pages. The engine knows which are rare.
func (s *Service) profileWords(ctx context.Context, d *corpus.Document) ([]index.Weighted, error) {
	counts := map[string]int{}
	written := map[string]string{} // as it stands first
	count := func(text string, times int) {
		for w := range fold.Words(text) {
			word := text[w.Start:w.End]
			term := fold.Term(word)
			if utf8.RuneCountInString(term) < profileWord || len(term) > maxProfileWord || !letters(term) {
				continue
			}
			if counts[term] == 0 {
				written[term] = word
			}
			counts[term] += times
		}
	}
	count(d.Title, titleTimes)
	for n := 1; n <= min(d.NumPages, profilePages); n++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p, err := s.library.Page(d.ID, n)
		if errors.Is(err, corpus.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if p.Quality.State.Searchable() {
			count(p.Body(), 1)
		}
	}
	words := make([]index.Weighted, 0, len(counts))
	for term, n := range counts {
		words = append(words, index.Weighted{Value: written[term], Weight: 1 + math.Log(float64(n))})
	}
	slices.SortFunc(words, func(a, b index.Weighted) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Value, b.Value))
	})
	return words[:min(len(words), profileWords)], nil
}

// maxProfileWord is the length in bytes of the longest word of a profile.
const maxProfileWord = 60

// letters says whether a word is no number.
func letters(term string) bool {
	first, _ := utf8.DecodeRuneInString(term)
	return first < '0' || first > '9'
}

// shared are the tags of a document that have the values.
func (s *Service) shared(d *corpus.Document, values []index.Value, l corpus.Lang) []Tag {
	var ts []Tag
	for _, v := range values {
		id := corpus.ConceptID(schemes[v.Field] + "/" + v.ID)
		i := slices.IndexFunc(d.Tags, func(t corpus.Tag) bool { return t.Concept == id && t.Role == corpus.About })
		if i < 0 {
			continue // it was tagged anew since the engine answered
		}
		label, _ := s.vocab.Label(id, l)
		ts = append(ts, Tag{Tag: d.Tags[i], Label: label})
	}
	return ts
}
