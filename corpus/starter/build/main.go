// Command build makes the files of the starter collection from their texts.
//
//	go run ./corpus/starter/build [-force] [ID…]
//
// It reads corpus/starter/text/*.md and writes corpus/starter/files: PDF by
// Chromium from HTML, DOCX, PPTX and HTML by pandoc, with the style sheets,
// templates and reference documents in style/. Beside the files stands
// manifest.tsv, their records, and for each a sidecar with its abstracts, made of
// text/abstracts/*.yaml and text/notes/*.yaml; beside the texts stands built.tsv, with the hash
// of what each file was made from, by which a test tells a stale file. A file
// that is up to date is left alone unless -force is given.
//
// The same texts give the same text and structure: times come from
// SOURCE_DATE_EPOCH, which is set when it is not.
//
// It knows how documents of this collection look and what each must say of
// itself. It knows nothing of search, and nothing of it runs in marsa.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"marsa/corpus"
)

// epoch is the time written into files: 1 November 2026, when the first
// documents were compiled.
const epoch = "1793491200"

// fileTime is how long a program may take for one file.
const fileTime = 2 * time.Minute

func main() {
	root := flag.String("root", "corpus/starter", "folder of the collection")
	force := flag.Bool("force", false, "make files again that are up to date")
	flag.Parse()
	if err := run(*root, *force, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func run(root string, force bool, only []string) error {
	if os.Getenv("SOURCE_DATE_EPOCH") == "" {
		if err := os.Setenv("SOURCE_DATE_EPOCH", epoch); err != nil {
			return err
		}
	}
	texts, err := readTexts(filepath.Join(root, "text"))
	if err != nil {
		return err
	}
	built, err := readBuilt(root)
	if err != nil {
		return err
	}
	for _, t := range texts {
		if len(only) > 0 && !slices.Contains(only, string(t.ID)) {
			continue
		}
		if err := makeFile(root, t, built, force); err != nil {
			return fmt.Errorf("make %s: %w", t.File(), err)
		}
	}
	if err := removeOthers(root, texts, built); err != nil {
		return err
	}
	if err := writeBuilt(root, built); err != nil {
		return err
	}
	if err := writeSidecars(root, texts); err != nil {
		return err
	}
	return writeManifest(root, texts)
}

// makeFile makes one file, unless it is up to date.
func makeFile(root string, t *Text, built map[string]made, force bool) error {
	name := filepath.Join(root, "files", t.File())
	from, err := sourceHash(root, t)
	if err != nil {
		return err
	}
	if was, ok := built[t.File()]; ok && was.From == from && !force {
		if data, err := os.ReadFile(name); err == nil && corpus.HashOf(data) == was.File {
			return nil
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), fileTime)
	defer cancel()
	data, err := render(ctx, root, t)
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		return err
	}
	built[t.File()] = made{From: from, File: corpus.HashOf(data)}
	fmt.Printf("%s\t%d bytes\n", t.File(), len(data))
	return nil
}
