package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/fold"
)

// Limits of the search for another spelling.
const (
	maxRespelled = 3 // different words of a query that are spelled otherwise
	maxTries     = 3 // queries that are tried
)

// Suggestion is a query spelled otherwise, with what it finds.
type Suggestion struct {
	Text    string
	Total   int // works with all words
	Partial int // works with most of them
	Words   []Respelled
}

// Respelled is a word of the query, and the word of the library instead.
type Respelled struct {
	Typed, Word string
	Documents   int         // that have the word
	Lang        corpus.Lang // of most of those in the language of the query; empty where none is
}

// didYouMean spells the words that nothing in the library has as words that are
// there, nil where that finds no more than was found.
func (s *Service) didYouMean(ctx context.Context, r *Request, q *index.Query, res *index.Result) (*Suggestion, error) {
	text := validUTF8(r.Text)
	places := missingWords(text, res.Missing)
	if len(places) == 0 {
		return nil, nil
	}
	similar := make([][]index.Spelling, len(places))
	most, known := 0, map[string][]index.Spelling{}
	for i, at := range places {
		typed := text[at.Start:at.End]
		if again, ok := known[typed]; ok {
			similar[i] = again
			continue
		}
		if len(known) == maxRespelled {
			continue
		}
		var err error
		beside := text[:at.Start] + " " + text[at.End:]
		if similar[i], err = s.engine.Similar(ctx, typed, beside, r.Lang); err != nil {
			return nil, err
		}
		known[typed] = similar[i]
		most = max(most, len(similar[i]))
	}
	for try := range min(most, maxTries) {
		d, err := s.respelled(text, places, similar, try)
		if err != nil {
			return nil, err
		}
		asked := *r
		asked.Text = d.Text
		found, err := s.engine.Search(ctx, &index.Query{Match: s.read(&asked).match, Filters: q.Filters})
		if err != nil {
			return nil, fmt.Errorf("search %q: %w", d.Text, err)
		}
		d.Total, d.Partial = found.Total, found.Partial
		if d.Total > res.Total || res.Total == 0 && d.Partial > res.Partial {
			return d, nil
		}
	}
	return nil, nil
}

// missingWords finds where words stand in a query that nothing in the library
// has. Words with signs are no words to be spelled.
func missingWords(text string, missing []string) []fold.Token {
	if len(missing) == 0 {
		return nil
	}
	e, _ := parse(text)
	var out []fold.Token
	var find func(e *expr)
	find = func(e *expr) {
		switch {
		case e.op == opNot || e.op == opField && e.field.filter != "":
		case len(e.kids) > 0:
			for _, k := range e.kids {
				find(k)
			}
		case e.op == opWord || e.op == opPhrase || e.op == opNear:
			for w := range fold.Words(text[e.at:e.end]) {
				w.Start, w.End = w.Start+e.at, w.End+e.at
				if slices.Contains(missing, text[w.Start:w.End]) {
					out = append(out, w)
				}
			}
		}
	}
	if e != nil {
		find(e)
	}
	return out
}

// withoutMissing is a query without the words that nothing has; empty where none
// would be left, or where it is not words alone.
func withoutMissing(text string, missing []string) string {
	text = validUTF8(text)
	e, _ := parse(text)
	if len(missing) == 0 || e == nil || e.op != opAnd {
		return ""
	}
	var rest []string
	for _, k := range e.kids {
		if k.op != opWord {
			return ""
		}
		gone := false
		for w := range fold.Words(k.text) {
			gone = gone || slices.Contains(missing, k.text[w.Start:w.End])
		}
		if !gone {
			rest = append(rest, k.text)
		}
	}
	if len(rest) == len(e.kids) {
		return ""
	}
	return strings.Join(rest, " ")
}

// respelled puts the nth similar word, or the last that there is, in each place.
func (s *Service) respelled(text string, places []fold.Token, similar [][]index.Spelling, nth int) (*Suggestion, error) {
	d := &Suggestion{}
	at := 0
	for i, p := range places {
		if len(similar[i]) == 0 {
			continue
		}
		spelling := similar[i][min(nth, len(similar[i])-1)]
		typed := text[p.Start:p.End]
		word, err := s.written(spelling, typed)
		if err != nil {
			return nil, err
		}
		d.Text += text[at:p.Start] + word
		at = p.End
		d.Words = append(d.Words, Respelled{typed, word, spelling.Documents, spelling.Lang})
	}
	d.Text += text[at:]
	return d, nil
}

// written is a word with its accents, as it stands somewhere in the library; in
// small letters where the reader writes small letters.
func (s *Service) written(spelling index.Spelling, typed string) (string, error) {
	word := spelling.Word
	for _, at := range spelling.Places {
		p, err := s.library.Page(at.ID, at.Page)
		if errors.Is(err, corpus.ErrNotFound) {
			continue // it was taken away since
		}
		if err != nil {
			return "", err
		}
		if at.Start < 0 || at.Start >= at.End || at.End > len(p.Text) || fold.Text(p.Text[at.Start:at.End]) != spelling.Word {
			continue
		}
		word = p.Text[at.Start:at.End]
		if word == strings.ToLower(word) {
			break
		}
	}
	if typed == strings.ToLower(typed) {
		word = strings.ToLower(word)
	}
	return word, nil
}
