// Command extracteval says how well marsa reads the PDF files of a folder: page
// by page against pdftotext (poppler), and against the true text where a .txt
// stands beside a file. It reads through the same child processes as the
// product. It knows how texts are compared and nothing of how they are read.
//
//	go run ./internal/extracteval [-v] [-known] [-producers] [-columns] DIR...
//	go run ./internal/extracteval -engines DIR...
//	go run ./internal/extracteval [-v] -formats DIR...
//
// Each line of the output is a folder, a metric and its value, parted by tabs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"marsa/internal/extract/all"
	"marsa/internal/extract/worker"
)

func main() {
	worker.Child(all.Table())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run measures the folders that args name and returns the exit code: 1 when
// something could not be measured, 2 for a wrong use.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	fs := flag.NewFlagSet("extracteval", flag.ContinueOnError)
	fs.SetOutput(errs)
	verbose := fs.Bool("v", false, "list the worst pages and every file with known text")
	known := fs.Bool("known", false, "compare with known text only; pdftotext is not needed")
	grouped := fs.Bool("producers", false, "a line for the known texts of each language and producer: lang-producer.pdf")
	columns := fs.Bool("columns", false, "compare the order of words on pages with columns; mutool is needed too")
	engines := fs.Bool("engines", false, "read files with known text with each engine alone, and say how often the better one is chosen")
	formats := fs.Bool("formats", false, "read the files of other formats than PDF, and compare their words with pandoc's")
	fs.Usage = func() {
		fmt.Fprintln(errs, "usage: go run ./internal/extracteval [-v] [-known] [-producers] [-columns] [-engines] [-formats] DIR...")
		fs.PrintDefaults()
	}
	err := fs.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case fs.NArg() == 0:
		fs.Usage()
		return 2
	}
	for _, dir := range fs.Args() {
		if !*formats {
			break
		}
		if err := measureFormats(ctx, dir, out, *verbose); err != nil {
			fmt.Fprintln(errs, err)
			return 1
		}
	}
	if *formats {
		return 0
	}
	if *engines {
		if err := measureChoices(ctx, fs.Args(), out); err != nil {
			fmt.Fprintln(errs, err)
			return 1
		}
		return 0
	}
	var p *poppler
	if !*known {
		if p, err = findPoppler(ctx); err != nil {
			fmt.Fprintln(errs, err)
			return 1
		}
	}
	if *columns && !*known {
		if err := measureColumns(ctx, fs.Args(), p, out); err != nil {
			fmt.Fprintln(errs, err)
			return 1
		}
		return 0
	}
	for _, dir := range fs.Args() {
		f, err := measure(ctx, dir, p)
		if err != nil {
			fmt.Fprintln(errs, err)
			return 1
		}
		f.grouped = *grouped
		if err := f.report(out, *verbose); err != nil {
			fmt.Fprintln(errs, err)
			return 1
		}
	}
	return 0
}
