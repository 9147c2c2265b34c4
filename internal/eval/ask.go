package main

import (
	"context"
	"fmt"
	"time"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
)

// answer is what a question found: documents, the best first. Of publications
// it is the best page of the first one only.
type answer struct {
	question string
	lang     corpus.Lang
	found    []string
	took     time.Duration
	refused  bool // too long to be asked
}

type asker struct {
	engine    index.Engine
	reader    *search.Service // reads the questions; it has no library
	published *published
	grouped   bool
}

// all asks the questions that are judged by anybody.
func (a *asker) all(ctx context.Context, c *collection) ([]answer, error) {
	var out []answer
	for _, q := range c.questions {
		if !c.judged(q.ID) {
			continue
		}
		if len(q.Text) > search.MaxText {
			c.notes = append(c.notes, fmt.Sprintf("question %s has %d bytes, which search refuses (at most %d): it finds nothing", q.ID, len(q.Text), search.MaxText))
			out = append(out, answer{question: q.ID, lang: q.Metadata.Lang, refused: true})
			continue
		}
		found, took, err := a.ask(ctx, q.Text)
		if err != nil {
			return nil, fmt.Errorf("question %s: %w", q.ID, err)
		}
		out = append(out, answer{question: q.ID, lang: q.Metadata.Lang, found: found, took: took})
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no question has a right document: %w", corpus.ErrInvalid)
	}
	return out, nil
}

// judged says whether a question has a right document. Without one there is
// nothing to find.
func (c *collection) judged(question string) bool {
	for _, j := range c.judgements {
		if len(right(j.scores[question])) > 0 {
			return true
		}
	}
	return false
}

// ask returns the documents that a question finds, and the time that the reading
// of the question and the search took.
func (a *asker) ask(ctx context.Context, text string) ([]string, time.Duration, error) {
	start := time.Now()
	match, err := a.reader.Clause(search.Request{Text: text})
	if err != nil {
		return nil, 0, err
	}
	q := &index.Query{Match: match, Limit: index.MaxLimit}
	if a.grouped {
		q.Limit, q.Pages = search.DefaultLimit, search.DefaultPages
	}
	res, err := a.engine.Search(ctx, q)
	took := time.Since(start)
	if err != nil {
		return nil, took, err
	}
	var found []string
	for _, h := range res.Hits {
		at := place{h.Documents[0], 1}
		if a.grouped && len(h.Pages) > 0 {
			at.page = h.Pages[0].Number
		}
		found = append(found, a.published.documents[at])
		if a.grouped {
			break
		}
	}
	return found, took, nil
}
