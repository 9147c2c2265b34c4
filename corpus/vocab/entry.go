package vocab

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/internal/yamldoc"
)

// Entry is a concept of a library's own vocabulary as a file has it. One with
// the ID of a concept that is there already adds to it.
type Entry struct {
	ID          corpus.ConceptID         `yaml:"id"` // without a scheme it is a topic
	Labels      map[corpus.Lang]string   `yaml:"labels,omitempty"`
	Other       map[corpus.Lang][]string `yaml:"other,omitempty"`
	Hidden      map[corpus.Lang][]string `yaml:"hidden,omitempty"`
	Broader     []corpus.ConceptID       `yaml:"broader,omitempty"`
	Related     []corpus.ConceptID       `yaml:"related,omitempty"`
	Notation    string                   `yaml:"notation,omitempty"`
	Definitions []Note                   `yaml:"definitions,omitempty"`
	Scope       []Note                   `yaml:"scope,omitempty"`
	Notes       []Note                   `yaml:"notes,omitempty"`
	Exact       []string                 `yaml:"exact,omitempty"`
	Close       []string                 `yaml:"close,omitempty"`
	Unverified  []corpus.Lang            `yaml:"unverified,omitempty"`
	Evidence    Evidence                 `yaml:"evidence,omitempty"`
	Source      string                   `yaml:"source,omitempty"`

	Line int `yaml:"-"` // in the file; 0 when it is not known
}

// Limits of a library's own vocabulary.
const (
	MaxEntries = 20_000
	maxText    = 10_000 // bytes of a note or a source
	maxLabel   = 300    // bytes of a label
	maxLabels  = 500    // of one entry
)

// file is how entries stand in a file.
type file struct {
	Concepts []Entry `yaml:"concepts"`
}

// ReadEntries reads a file of a library's own vocabulary. What is wrong with an
// entry is an error of its own with the file and the line, and the others are
// returned all the same.
func ReadEntries(name string, data []byte) ([]Entry, error) {
	var entries []Entry
	var errs []error
	err := yamldoc.DecodeList(data, "concepts", func(line int, decode func(any) error) error {
		if len(entries) == MaxEntries {
			return fmt.Errorf("more than %d concepts: %w", MaxEntries, corpus.ErrTooLarge)
		}
		e := Entry{Line: line}
		err := decode(&e)
		if err == nil {
			err = e.Tidy()
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s:%d: %w", name, line, err))
			return nil
		}
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		errs = append(errs, fmt.Errorf("%s: %w", name, err))
	}
	return entries, errors.Join(errs...)
}

// WriteEntries returns a file with the entries.
func WriteEntries(entries []Entry) ([]byte, error) {
	return yamldoc.Encode(file{Concepts: entries})
}

var (
	idPattern   = regexp.MustCompile(`^(country|topic|kind)/[a-z0-9][a-z0-9-]{0,99}$`)
	langPattern = regexp.MustCompile(`^[a-z]{2,3}$`)
)

// Tidy checks an entry and brings it into the form that is kept. Errors wrap
// corpus.ErrInvalid.
func (e *Entry) Tidy() error {
	if e.ID = full(e.ID); !idPattern.MatchString(string(e.ID)) {
		return e.wrong("id %q must be topic/, country/ or kind/ and then letters a to z, digits and hyphens", e.ID)
	}
	for _, ids := range [][]corpus.ConceptID{e.Broader, e.Related} {
		for i := range ids {
			ids[i] = full(ids[i])
		}
	}
	n := 0
	for l, text := range e.Labels {
		e.Labels[l] = oneLine(text)
		if err := e.label(l, e.Labels[l], &n); err != nil {
			return err
		}
	}
	for _, labels := range []map[corpus.Lang][]string{e.Other, e.Hidden} {
		for l, texts := range labels {
			for i := range texts {
				texts[i] = oneLine(texts[i])
				if err := e.label(l, texts[i], &n); err != nil {
					return err
				}
			}
		}
	}
	return e.tidyRest()
}

func (e *Entry) label(l corpus.Lang, text string, n *int) error {
	*n++
	switch {
	case !langPattern.MatchString(string(l)):
		return e.wrong("language %q must be a code of two or three letters, such as en", l)
	case text == "" || !utf8.ValidString(text):
		return e.wrong("a label in %q is empty or no text", l)
	case len(text) > maxLabel:
		return e.wrong("a label in %q has %d bytes, the limit is %d", l, len(text), maxLabel)
	case *n > maxLabels:
		return e.wrong("more than %d labels", maxLabels)
	}
	return nil
}

func (e *Entry) tidyRest() error {
	for _, notes := range [][]Note{e.Definitions, e.Scope, e.Notes} {
		for _, n := range notes {
			if !langPattern.MatchString(string(n.Lang)) || n.Text == "" || len(n.Text)+len(n.Source) > maxText {
				return e.wrong("a definition, scope or note needs a language and a text of at most %d bytes", maxText)
			}
		}
	}
	for _, a := range slices.Concat(e.Exact, e.Close) {
		if !isAddress(a) {
			return e.wrong("%q is no web address", a)
		}
	}
	if !slices.Contains([]Evidence{Plain, Migration, BesideMigration, Institution}, e.Evidence) {
		return e.wrong("evidence %q is unknown", e.Evidence)
	}
	if len(e.Source) > maxText || len(e.Notation) > maxLabel {
		return e.wrong("the source or the notation is too long")
	}
	return nil
}

func (e *Entry) wrong(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, corpus.ErrInvalid)...)
}

// full is an ID with its scheme.
func full(id corpus.ConceptID) corpus.ConceptID {
	if id != "" && !strings.Contains(string(id), "/") {
		return corpus.ConceptID(Topic + "/" + string(id))
	}
	return id
}

// oneLine is a text without control characters and with single spaces.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// EntryOf is a concept as an entry.
func EntryOf(c *Concept) Entry {
	e := Entry{
		ID: c.ID, Labels: map[corpus.Lang]string{}, Other: map[corpus.Lang][]string{}, Hidden: c.Hidden,
		Broader: c.Broader, Related: c.Related, Notation: c.Notation,
		Definitions: c.Definitions, Scope: c.Scope, Notes: c.Notes, Exact: c.Exact, Close: c.Close, Evidence: c.Evidence, Source: c.Source,
	}
	for _, l := range c.Languages() {
		if c.Pref[l] != "" {
			e.Labels[l] = c.Pref[l]
		}
		if len(c.Alt[l]) > 0 {
			e.Other[l] = c.Alt[l]
		}
		if c.Marked[l] {
			e.Unverified = append(e.Unverified, l)
		}
	}
	return e
}
