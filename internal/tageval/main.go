// Command tageval measures the tags that the rules give: which countries and
// topics a document is about, against what two people judged, each alone.
//
//	go run ./internal/tageval [-half open|closed|all] [-v] DATA-DIR
//
// DATA-DIR is a data directory into which the documents were taken in; those of
// the gold set are found by the hashes of their files, so that a document of
// another place or name counts too. What records and people said of them is left
// aside: only the rules are asked. gold/README.md says how the set was made.
//
// It prints a line for each language, measure and value, parted by tabs. It
// knows the gold set and the measures. It knows nothing of how tags are found.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"marsa/corpus/vocab"
	"marsa/internal/catalog"
	"marsa/internal/tagger"
)

func main() {
	half := flag.String("half", "open", "documents that are measured: `open`, closed or all")
	dir := flag.String("gold", "internal/tageval/gold", "`folder` of the gold set")
	verbose := flag.Bool("v", false, "list what is missing and what is too much, by document")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: go run ./internal/tageval [-half open|closed|all] [-v] DATA-DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*dir, *half, flag.Arg(0), *verbose, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "tageval:", err)
		os.Exit(1)
	}
}

// run measures one half of the gold set in a data directory.
func run(dir, half, data string, verbose bool, out io.Writer) error {
	v, err := vocab.Default()
	if err != nil {
		return err
	}
	gold, err := readGold(os.DirFS(dir), v)
	if err != nil {
		return fmt.Errorf("read the gold set: %w", err)
	}
	if gold = gold.half(half); len(gold) == 0 {
		return fmt.Errorf("no document is of the half %q: it is open, closed or all", half)
	}
	c, err := catalog.Open(data)
	if err != nil {
		return err
	}
	defer c.Close()
	ask := asker{catalog: c, tagger: tagger.New(v), v: v, codebook: codebook(v)}
	judged, missing, err := ask.all(gold)
	if err != nil {
		return err
	}
	for _, d := range missing {
		fmt.Fprintf(out, "not-there\t%s\t%s\n", d.collection, d.file)
	}
	report(out, judged, verbose)
	return nil
}
