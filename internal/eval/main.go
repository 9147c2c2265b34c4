// Command eval measures how well the search finds what people judged right.
//
//	go run ./internal/eval [-group N] DIR...
//	go run ./internal/eval -questions FILE [-detail] DATA-DIR
//	go run ./internal/eval -speed N [-to FOLDER] DATA-DIR
//
// Each DIR is a collection in the form of BEIR: corpus.jsonl, queries.jsonl and
// qrels.tsv, each alone or as .gz, and other judgements of the same questions as
// qrels-NAME.tsv. Documents and questions may say their language in
// metadata.lang. Everything of a collection, in whatever languages, goes into
// one index of the engine that the program ships with; texts are cleaned,
// languages found and questions read as the program does it.
//
// It prints a line for each collection, measure and value, parted by tabs:
// "cranfield nDCG@10 0.5140". Names are NAME/LANG for the questions of one
// language and DIR:NAME for other judgements. The measures are described in
// metrics.go; the times are of searches for 100 documents without facets and
// pages, one after another.
//
// With -group N, publications of N pages are made of N documents that stand
// together in the file and share a language. Their title is the first
// document's. The measure is page@1: the share of questions whose first result
// opens at a right page. The times are of first pages of results.
//
// With -questions, the questions of FILE (testdata/questions.tsv, over the starter
// collection) are asked of the library in a data directory; questions.go has the
// measures.
//
// With -speed, N publications of 25 pages are made of the library in a data
// directory, and indexing and whole answers are timed; or, with -to, they are written
// into a folder as files (docs/memory.sh takes them in).
//
// It knows the formats of collections and the measures. It knows nothing of how
// documents are found.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"marsa/corpus/vocab"
	"marsa/corpus/words"
	"marsa/index"
	"marsa/index/bleve"
	"marsa/internal/search"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	group := flag.Int("group", 0, "make publications of `N` pages and measure which page comes first")
	questions := flag.String("questions", "", "ask the questions of `FILE` of the library in a data directory")
	detail := flag.Bool("detail", false, "print the ranks of each question")
	speed := flag.Int("speed", 0, "make `N` publications of the library in a data directory and time indexing and searching")
	folder := flag.String("to", "", "write the publications of -speed into a `FOLDER` instead of timing them")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: eval [-group N] DIR...\n       eval -questions FILE [-detail] DATA-DIR\n       eval -speed N [-to FOLDER] DATA-DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 || *group < 0 {
		flag.Usage()
		os.Exit(2)
	}
	var err error
	switch {
	case *questions != "":
		err = runQuestions(ctx, *questions, flag.Arg(0), *detail, os.Stdout)
	case *speed > 0:
		err = runSpeed(ctx, *speed, flag.Arg(0), *folder, os.Stdout)
	default:
		err = run(ctx, flag.Args(), *group, os.Stdout, os.Stderr)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		stop()
		os.Exit(1)
	}
}

// run measures collections one after another. What the reader of the figures
// should know goes to notes.
func run(ctx context.Context, dirs []string, group int, out, notes io.Writer) error {
	for _, dir := range dirs {
		c, err := read(dir)
		if err != nil {
			return fmt.Errorf("read collection %s: %w", dir, err)
		}
		if err := measure(ctx, c, group, out); err != nil {
			return fmt.Errorf("measure %s: %w", c.name, err)
		}
		for _, n := range c.notes {
			fmt.Fprintf(notes, "%s: %s\n", c.name, n)
		}
	}
	return nil
}

// measure puts a collection into an index of its own, asks its questions and
// prints what came of it.
func measure(ctx context.Context, c *collection, group int, out io.Writer) (err error) {
	engine, remove, err := emptyIndex()
	if err != nil {
		return err
	}
	defer remove()
	p := publish(c.documents, max(group, 1))
	if err := p.put(ctx, engine); err != nil {
		return err
	}
	reader, err := newSearch(engine, nil)
	if err != nil {
		return err
	}
	a := asker{engine: engine, reader: reader, published: p, grouped: group > 0}
	answers, err := a.all(ctx, c)
	if err != nil {
		return err
	}
	return report(out, c, answers, group > 0)
}

// emptyIndex makes an index of the engine that the program ships with, in a folder
// that remove takes away.
func emptyIndex() (engine index.Engine, remove func(), err error) {
	dir, err := os.MkdirTemp("", "marsa-eval-")
	if err != nil {
		return nil, nil, err
	}
	engine, err = bleve.Open(dir, bleve.Config{})
	if err != nil {
		os.RemoveAll(dir)
		return nil, nil, err
	}
	return engine, func() {
		engine.Close()
		os.RemoveAll(dir)
	}, nil
}

// newSearch is the search of the program over an engine: with the built-in
// vocabulary and list of words.
func newSearch(engine index.Engine, library search.Library) (*search.Service, error) {
	v, err := vocab.Default()
	if err != nil {
		return nil, err
	}
	list, err := words.Default()
	if err != nil {
		return nil, err
	}
	return search.New(engine, library, v, list), nil
}
