package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/internal/yamldoc"
)

// abstract says in one language what a work says: abstracts/WORK.yaml has it in
// each. A title stands there where the work has no version in that language.
type abstract struct {
	Title string `yaml:"title"`
	Text  string `yaml:"text"`
}

// readAbstracts reads the abstracts of a work by language.
func readAbstracts(root string, work corpus.ID) (map[corpus.Lang]abstract, error) {
	data, err := os.ReadFile(filepath.Join(root, "text", "abstracts", string(work)+".yaml"))
	if err != nil {
		return nil, err
	}
	all := map[corpus.Lang]abstract{}
	if err := yamldoc.Decode(data, &all); err != nil {
		return nil, fmt.Errorf("abstracts of %s: %w", work, err)
	}
	return all, nil
}

// notesIn says in one language what pages say, by their numbers.
type notesIn map[int]string

// readNotes reads the notes to the pages of a document by language: notes/ID.yaml has
// them; most documents have none.
func readNotes(root string, id corpus.ID) (map[corpus.Lang]notesIn, error) {
	data, err := os.ReadFile(filepath.Join(root, "text", "notes", string(id)+".yaml"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	all := map[corpus.Lang]notesIn{}
	if err := yamldoc.Decode(data, &all); err != nil {
		return nil, fmt.Errorf("notes to %s: %w", id, err)
	}
	return all, nil
}

// sidecarName is the file beside a document that has its abstracts and notes.
func sidecarName(t *Text) string { return t.File() + ".yaml" }

// sidecar is the record of a document's abstracts, the one in its own language and
// those in languages that no version of the work is in, and of the notes to its pages.
func sidecar(root string, t *Text, versions []*Text) ([]byte, error) {
	all, err := readAbstracts(root, t.Work)
	if err != nil {
		return nil, err
	}
	record := map[string]any{}
	for l, a := range all {
		if l != t.Lang() && slices.ContainsFunc(versions, func(v *Text) bool { return v.Work == t.Work && v.Lang() == l }) {
			continue
		}
		record["abstract."+string(l)] = strings.TrimSpace(a.Text) + "\n"
		if a.Title != "" {
			record["title."+string(l)] = strings.TrimSpace(a.Title)
		}
	}
	notes, err := readNotes(root, t.ID)
	if err != nil {
		return nil, err
	}
	for l, pages := range notes {
		record["notes."+string(l)] = pages
	}
	return yamldoc.Encode(record)
}

// writeSidecars writes those that changed.
func writeSidecars(root string, texts []*Text) error {
	for _, t := range texts {
		data, err := sidecar(root, t, texts)
		if err != nil {
			return err
		}
		name := filepath.Join(root, "files", sidecarName(t))
		if old, err := os.ReadFile(name); err == nil && string(old) == string(data) {
			continue
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
