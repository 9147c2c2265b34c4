package vocab

import (
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"slices"
	"strings"

	"marsa/corpus"
)

// Note is a text about a concept in one language.
type Note struct {
	Lang   corpus.Lang `yaml:"language"`
	Text   string      `yaml:"text"`
	Source string      `yaml:"source,omitempty"` // who says so, with addresses between < and >; Editorial is the makers of the vocabulary
}

// Editorial is the source of what the makers of the vocabulary decided.
const Editorial = "editorial"

// Scheme is the part of the ID before the slash, Name the part after it.
func (c *Concept) Scheme() string {
	scheme, _, _ := strings.Cut(string(c.ID), "/")
	return scheme
}

// Name is the part of the ID after the slash.
func (c *Concept) Name() string {
	_, name, _ := strings.Cut(string(c.ID), "/")
	return name
}

// Languages returns the languages in which the concept has labels: those that
// every concept has first, then the others by their code.
func (c *Concept) Languages() []corpus.Lang {
	all := map[corpus.Lang]bool{}
	for l, s := range c.Pref {
		all[l] = s != ""
	}
	for _, labels := range []map[corpus.Lang][]string{c.Alt, c.Hidden} {
		for l, list := range labels {
			all[l] = all[l] || len(list) > 0
		}
	}
	var ls []corpus.Lang
	for _, l := range slices.Concat(languages[:required], slices.Sorted(maps.Keys(all))) {
		if all[l] && !slices.Contains(ls, l) {
			ls = append(ls, l)
		}
	}
	return ls
}

// In returns the notes in language l, or else those in English, or else those
// in the first language that there is.
func In(notes []Note, l corpus.Lang) []Note {
	for _, want := range []corpus.Lang{l, "en"} {
		if found := inOnly(notes, want); len(found) > 0 {
			return found
		}
	}
	if len(notes) == 0 {
		return nil
	}
	return inOnly(notes, notes[0].Lang)
}

func inOnly(notes []Note, l corpus.Lang) []Note {
	var found []Note
	for _, n := range notes {
		if n.Lang == l {
			found = append(found, n)
		}
	}
	return found
}

// optional reads a table that a vocabulary need not have; without it the table
// has no rows.
func optional(fsys fs.FS, name string, columns ...string) (*table, error) {
	t, err := readTable(fsys, name, columns...)
	if errors.Is(err, fs.ErrNotExist) {
		return &table{name: name}, nil
	}
	return t, err
}

// notes reads definitions, scope notes and other notes.
func (l *loader) notes(fsys fs.FS) error {
	t, err := optional(fsys, "notes.tsv", "concept id", "kind", "language", "text", "source")
	if err != nil {
		return err
	}
	for row := range t.rows {
		c, ok := l.v.byID[corpus.ConceptID(t.cell(row, "concept id"))]
		if !ok {
			return t.errorf(row, "concept %q is unknown", t.cell(row, "concept id"))
		}
		n := Note{Lang: corpus.Lang(t.cell(row, "language")), Text: t.cell(row, "text"), Source: t.cell(row, "source")}
		if n.Lang == "" || n.Text == "" || n.Source == "" {
			return t.errorf(row, "language, text and source must be filled in")
		}
		switch kind := t.cell(row, "kind"); kind {
		case "definition":
			c.Definitions = append(c.Definitions, n)
		case "scope":
			c.Scope = append(c.Scope, n)
		case "note":
			c.Notes = append(c.Notes, n)
		default:
			return t.errorf(row, "kind %q is unknown: write definition, scope or note", kind)
		}
	}
	return nil
}

// links reads related concepts and the concepts of other vocabularies.
func (l *loader) links(fsys fs.FS) error {
	t, err := optional(fsys, "links.tsv", "concept id", "relation", "target", "source")
	if err != nil {
		return err
	}
	for row := range t.rows {
		c, ok := l.v.byID[corpus.ConceptID(t.cell(row, "concept id"))]
		if !ok {
			return t.errorf(row, "concept %q is unknown", t.cell(row, "concept id"))
		}
		target := t.cell(row, "target")
		switch relation := t.cell(row, "relation"); relation {
		case "related":
			other, ok := l.v.byID[corpus.ConceptID(target)]
			if !ok || other == c {
				return t.errorf(row, "related concept %q is unknown", target)
			}
			relate(c, other)
		case "exact", "close":
			if !isAddress(target) {
				return t.errorf(row, "%q is no web address", target)
			}
			if relation == "exact" {
				c.Exact = append(c.Exact, target)
			} else {
				c.Close = append(c.Close, target)
			}
		default:
			return t.errorf(row, "relation %q is unknown: write related, exact or close", relation)
		}
	}
	return nil
}

// relate makes two concepts related, each to the other, once.
func relate(a, b *Concept) {
	if !slices.Contains(a.Related, b.ID) {
		a.Related = append(a.Related, b.ID)
	}
	if !slices.Contains(b.Related, a.ID) {
		b.Related = append(b.Related, a.ID)
	}
}

func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && !strings.ContainsAny(s, " <>\"{}|\\^`")
}
