package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"marsa/corpus"
)

// columns of manifest.tsv: the file, then the keys of a sidecar.
var columns = []string{"file", "id", "work", "title", "authors", "publisher", "issued", "kind",
	"languages", "countries", "topics", "licence", "notice"}

const manifestName = "manifest.tsv"

// writeManifest writes the records of all texts.
func writeManifest(root string, texts []*Text) error {
	var b bytes.Buffer
	fmt.Fprintln(&b, strings.Join(columns, "\t"))
	for _, t := range texts {
		notice, _ := t.about()
		var langs []string
		for _, l := range t.Languages {
			langs = append(langs, string(l))
		}
		row := []string{t.File(), string(t.ID), string(t.Work), t.Title, strings.Join(t.Authors, "|"), t.Publisher,
			string(t.Issued), string(t.Kind), strings.Join(langs, "|"), strings.Join(t.Countries, "|"),
			strings.Join(t.Topics, "|"), t.Licence, notice}
		for i, v := range row {
			if strings.ContainsAny(v, "\t\n") {
				return fmt.Errorf("%s of %s has a tab or a line end", columns[i], t.ID)
			}
		}
		fmt.Fprintln(&b, strings.Join(row, "\t"))
	}
	return os.WriteFile(filepath.Join(root, "files", manifestName), b.Bytes(), 0o644)
}

// made is what a file was made from, and what it was when made.
type made struct{ From, File corpus.Hash }

func builtName(root string) string { return filepath.Join(root, "text", "built.tsv") }

// readBuilt reads what is known of the files; without the list nothing is.
func readBuilt(root string) (map[string]made, error) {
	built := map[string]made{}
	data, err := os.ReadFile(builtName(root))
	if errors.Is(err, fs.ErrNotExist) {
		return built, nil
	}
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("read %s: %q has not three columns", builtName(root), line)
		}
		built[f[0]] = made{From: corpus.Hash(f[1]), File: corpus.Hash(f[2])}
	}
	return built, nil
}

func writeBuilt(root string, built map[string]made) error {
	var lines []string
	for name, m := range built {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\n", name, m.From, m.File))
	}
	slices.Sort(lines)
	return os.WriteFile(builtName(root), []byte(strings.Join(lines, "")), 0o644)
}

func styleDir(root string) string { return filepath.Join(root, "build", "style") }

// styles names the files of style/ that each format is made with.
var styles = map[string][]string{
	"pdf":  {"page.css", "page.html", "urls.lua"},
	"html": {"page.css", "page.html", "urls.lua"},
	"docx": {"reference.docx", "urls.lua"},
	"pptx": {"reference.pptx", "urls.lua"},
}

// chartStyle draws the charts of the texts that have some.
const chartStyle = "chart.lua"

// sourceHash is the hash of everything a file is made from: its record, its
// text with what every document says of itself, and the style.
func sourceHash(root string, t *Text) (corpus.Hash, error) {
	plain, err := composePlain(t)
	if err != nil {
		return "", err
	}
	b := bytes.NewBufferString(plain)
	fmt.Fprintln(b, t.Format, t.Contents, t.kindLabel())
	switch t.Format {
	case "pdf":
		fmt.Fprintln(b, packing)
	case "xlsx":
		fmt.Fprintln(b, workbookStyle)
	}
	names := styles[t.Format]
	if t.hasCharts() {
		names = append(slices.Clone(names), chartStyle)
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(styleDir(root), name))
		if err != nil {
			return "", err
		}
		b.Write(data)
	}
	return corpus.HashOf(b.Bytes()), nil
}

// removeOthers deletes files whose text is gone.
func removeOthers(root string, texts []*Text, built map[string]made) error {
	keep := map[string]bool{manifestName: true}
	for _, t := range texts {
		keep[t.File()], keep[sidecarName(t)] = true, true
	}
	entries, err := os.ReadDir(filepath.Join(root, "files"))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if keep[e.Name()] {
			continue
		}
		if err := os.Remove(filepath.Join(root, "files", e.Name())); err != nil {
			return err
		}
	}
	for name := range built {
		if !keep[name] {
			delete(built, name)
		}
	}
	return nil
}
