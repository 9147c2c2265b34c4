package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/catalog"
	"marsa/internal/search"
)

// question is one that a reader would type, with the documents and pages that
// answer it: each version of the work that does.
type question struct {
	id      string
	lang    corpus.Lang
	cross   bool // no version of the work is in the language of the question
	text    string
	answers map[corpus.ID][]int
}

// readQuestions reads a table of id, lang, cross (yes or no), question, answers
// and need, with a line of headings. Answers are "document:page,page" parted by
// semicolons.
func readQuestions(r io.Reader) ([]question, error) {
	var out []question
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		cells := strings.Split(s.Text(), "\t")
		if len(cells) != 6 {
			return nil, fmt.Errorf("line %d: %d columns, not 6", n, len(cells))
		}
		if n == 1 {
			continue
		}
		q := question{id: cells[0], lang: corpus.Lang(cells[1]), cross: cells[2] == "yes", text: cells[3], answers: map[corpus.ID][]int{}}
		for a := range strings.SplitSeq(cells[4], ";") {
			id, pages, ok := strings.Cut(a, ":")
			if !ok {
				return nil, fmt.Errorf("line %d: %q is no document with a page", n, a)
			}
			for p := range strings.SplitSeq(pages, ",") {
				number, err := strconv.Atoi(strings.TrimSpace(p))
				if err != nil || number < 1 {
					return nil, fmt.Errorf("line %d: page %q", n, p)
				}
				q.answers[corpus.ID(id)] = append(q.answers[corpus.ID(id)], number)
			}
		}
		out = append(out, q)
	}
	return out, s.Err()
}

// outcome is where a question found what was wanted: ranks from 1, 0 for not
// among the first shown results.
type outcome struct {
	question
	rank  int  // of the wanted work
	page  int  // of the first result with a right page among those shown
	first bool // the best page of the first result is a right one
}

// shown is how many results are looked at.
const shown = 10

// askQuestions asks a library in the way of its pages: the reader's language is
// that of the question, and nothing is ticked.
func askQuestions(ctx context.Context, s *search.Service, c *catalog.Catalog, questions []question) ([]outcome, error) {
	var out []outcome
	for _, q := range questions {
		works := map[corpus.ID]bool{}
		for id, pages := range q.answers {
			d, err := c.Document(id)
			if err != nil {
				return nil, fmt.Errorf("question %s: %w", q.id, err)
			}
			if last := slices.Max(pages); last > d.NumPages {
				return nil, fmt.Errorf("question %s: %s has no page %d", q.id, id, last)
			}
			works[d.Work] = true
		}
		res, err := s.Search(ctx, search.Request{Text: q.text, Lang: q.lang, Limit: shown})
		if err != nil {
			return nil, fmt.Errorf("question %s: %w", q.id, err)
		}
		out = append(out, q.outcome(res, works))
	}
	return out, nil
}

func (q question) outcome(res *search.Response, works map[corpus.ID]bool) outcome {
	o := outcome{question: q}
	for i, h := range res.Hits {
		if o.rank == 0 && works[h.Document.Work] {
			o.rank = i + 1
		}
		for k, p := range h.Pages {
			if right := slices.Contains(q.answers[p.Document], p.Number); right {
				o.first = o.first || i == 0 && k == 0
				if o.page == 0 {
					o.page = i + 1
				}
			}
		}
	}
	return o
}

// reportQuestions prints the shares of questions whose work is first (success@1)
// and among the first five (success@5), of those for which one of the pages
// shown with the first five is right (page@5), and of those whose very first page
// is right (page@1); for all, by language, and for questions in another language
// than the documents. With detail a line for each question follows.
func reportQuestions(out io.Writer, found []outcome, detail bool) {
	groups := []struct {
		name string
		in   func(outcome) bool
	}{
		{"all", func(outcome) bool { return true }},
		{"en", func(o outcome) bool { return o.lang == "en" }},
		{"fr", func(o outcome) bool { return o.lang == "fr" }},
		{"ar", func(o outcome) bool { return o.lang == "ar" }},
		{"same-language", func(o outcome) bool { return !o.cross }},
		{"cross-language", func(o outcome) bool { return o.cross }},
	}
	for _, g := range groups {
		var n, one, five, page, first int
		for _, o := range found {
			if !g.in(o) {
				continue
			}
			n++
			one += count(o.rank == 1)
			five += count(o.rank >= 1 && o.rank <= 5)
			page += count(o.page >= 1 && o.page <= 5)
			first += count(o.first)
		}
		if n == 0 {
			continue
		}
		of := func(k int) float64 { return float64(k) / float64(n) }
		fmt.Fprintf(out, "questions/%s\tquestions\t%d\n", g.name, n)
		fmt.Fprintf(out, "questions/%[1]s\tsuccess@1\t%.3[2]f\nquestions/%[1]s\tsuccess@5\t%.3[3]f\nquestions/%[1]s\tpage@5\t%.3[4]f\nquestions/%[1]s\tpage@1\t%.3[5]f\n",
			g.name, of(one), of(five), of(page), of(first))
	}
	if !detail {
		return
	}
	for _, o := range found {
		fmt.Fprintf(out, "%s\t%s\twork %s\tpage %s\n", o.id, o.lang, rankName(o.rank), rankName(o.page))
	}
}

func rankName(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// runQuestions asks the questions of a file of the library in a data directory.
// Its index is built anew beside it, so that the program that is measured is this
// one.
func runQuestions(ctx context.Context, file, data string, detail bool, out io.Writer) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	questions, err := readQuestions(f)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	c, err := catalog.Open(data)
	if err != nil {
		return err
	}
	defer c.Close()
	engine, remove, err := emptyIndex()
	if err != nil {
		return err
	}
	defer remove()
	if err := putAll(ctx, engine, c); err != nil {
		return err
	}
	s, err := newSearch(engine, c)
	if err != nil {
		return err
	}
	found, err := askQuestions(ctx, s, c, questions)
	if err != nil {
		return err
	}
	reportQuestions(out, found, detail)
	return nil
}

// putAll puts every document of a catalog into an index.
func putAll(ctx context.Context, engine index.Engine, c *catalog.Catalog) error {
	ids, err := c.IDs()
	if err != nil {
		return err
	}
	for _, id := range ids {
		e, err := c.Entry(id)
		if err != nil {
			return err
		}
		if err := engine.Put(ctx, e); err != nil {
			return err
		}
	}
	return nil
}
