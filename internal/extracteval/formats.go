package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"marsa/internal/extract"
	"marsa/internal/extract/libreoffice"
	"marsa/internal/extract/worker"
)

// pandocTime is how long pandoc may take for a file.
const pandocTime = time.Minute

// pandocFormats are the formats that pandoc reads, as it calls them.
var pandocFormats = map[string]string{
	extract.DOCX: "docx", extract.ODT: "odt", extract.EPUB: "epub", extract.RTF: "rtf", extract.HTML: "html",
}

// format is what became of the files of one format.
type format struct {
	files, read     int
	refused         map[string]int // by reason
	compared        int
	words           score
	recalls, precis []float64
}

// measureFormats reads every file of a folder but PDF files, and compares the
// words with those that pandoc finds, where it reads the format.
func measureFormats(ctx context.Context, dir string, out io.Writer, verbose bool) error {
	if _, err := exec.LookPath("pandoc"); err != nil {
		return errors.New("pandoc is not installed: apt-get install pandoc")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("list the folder: %w", err)
	}
	pool := worker.New(worker.Config{})
	defer pool.Close()
	reader := libreoffice.New(pool)
	formats := map[string]*format{}
	for _, e := range entries {
		if !e.Type().IsRegular() || strings.EqualFold(filepath.Ext(e.Name()), ".pdf") {
			continue
		}
		path := filepath.Join(dir, e.Name())
		data, err := readFile(path)
		if err != nil {
			return err
		}
		media := extract.Sniff(e.Name(), data)
		f := formats[media]
		if f == nil {
			f = &format{refused: map[string]int{}}
			formats[media] = f
		}
		c, err := reader.Extract(ctx, e.Name(), data)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		f.add(ctx, out, verbose, path, pandocFormats[media], data, c, err)
	}
	for _, media := range slices.Sorted(maps.Keys(formats)) {
		formats[media].report(out, dir, extract.FormatName(media))
	}
	return nil
}

// add counts a file as marsa read it.
func (f *format) add(ctx context.Context, out io.Writer, verbose bool, path, from string, data []byte, c *extract.Content, err error) {
	f.files++
	var got []string
	said := extract.Reason(err)
	if err != nil {
		f.refused[said]++
	} else {
		f.read++
		said = string(c.State)
		for _, p := range c.Pages {
			got = append(got, words(p.Text)...)
		}
	}
	line := fmt.Sprintf("%s\t%s\t%d words", filepath.Base(path), said, len(got))
	if from != "" && (from != "html" || utf8.Valid(data)) { // pandoc knows no other encoding
		if text, err := pandoc(ctx, path, from); err != nil {
			line += "\tpandoc: " + extract.CleanLine(err.Error(), 80)
		} else if want := words(text); len(want) > 0 {
			s := compare(got, want)
			f.compared++
			f.words = f.words.add(s)
			f.recalls = append(f.recalls, s.recall())
			f.precis = append(f.precis, s.precision())
			line += fmt.Sprintf("\tpandoc %d\trecall %.4f\tprecision %.4f", len(want), s.recall(), s.precision())
		}
	}
	if verbose {
		fmt.Fprintln(out, line)
	}
}

func (f *format) report(out io.Writer, dir, name string) {
	show := func(metric string, value any) { fmt.Fprintf(out, "%s\t%s: %s\t%v\n", dir, name, metric, value) }
	show("files", f.files)
	show("read", f.read)
	for _, reason := range slices.Sorted(maps.Keys(f.refused)) {
		show("refused, "+reason, f.refused[reason])
	}
	if f.compared == 0 {
		return
	}
	show("compared with pandoc", f.compared)
	show("recall, all words", fmt.Sprintf("%.4f", f.words.recall()))
	show("precision, all words", fmt.Sprintf("%.4f", f.words.precision()))
	show("recall, mean of files", fmt.Sprintf("%.4f", mean(f.recalls)))
	show("precision, mean of files", fmt.Sprintf("%.4f", mean(f.precis)))
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(len(values), 1))
}

// pandoc returns the text of a file as pandoc reads it. It may open nothing else.
func pandoc(ctx context.Context, path, from string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, pandocTime)
	defer cancel()
	c := exec.CommandContext(ctx, "pandoc", "--sandbox", "--wrap=none", "-f", from, "-t", "plain", path)
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("pandoc: %w", err)
	}
	return string(out), nil
}
