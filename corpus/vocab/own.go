package vocab

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"marsa/corpus"
	"marsa/internal/fold"
)

// Own is a file of a library's own vocabulary.
type Own struct {
	File    string // its name, for what is said of it
	Entries []Entry
}

// With returns the vocabulary that is built in with a library's own beside it.
// All that is wrong is in the error, one line each with file and line.
func With(own ...Own) (*Vocabulary, error) {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		return nil, fmt.Errorf("open built-in vocabulary: %w", err)
	}
	l, _, err := prepare(sub, own)
	if err != nil {
		return nil, err
	}
	return l.v, nil
}

// ReadOwn reads every .yaml file in a folder. A folder that is not there is an
// empty one. All that is wrong is in the error, as for With.
func ReadOwn(folder fs.FS) ([]Own, error) {
	files, err := fs.ReadDir(folder, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the own vocabulary: %w", err)
	}
	var all []Own
	var errs []error
	for _, f := range files {
		if ext := path.Ext(f.Name()); f.IsDir() || ext != ".yaml" && ext != ".yml" {
			continue
		}
		data, err := fs.ReadFile(folder, f.Name())
		if err != nil {
			errs = append(errs, fmt.Errorf("read the own vocabulary: %w", err))
			continue
		}
		entries, err := ReadEntries(f.Name(), data)
		errs = append(errs, err)
		all = append(all, Own{f.Name(), entries})
	}
	return all, errors.Join(errs...)
}

// placed is an entry with where it stands.
type placed struct {
	Entry
	file string
}

func (p *placed) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s: %w", p.file, p.Line, fmt.Sprintf(format, args...), corpus.ErrInvalid)
}

// own adds the library's own entries to the concepts that are there.
func (l *loader) own(own []Own) error {
	var entries []placed
	for _, o := range own {
		for _, e := range o.Entries {
			entries = append(entries, placed{e, o.File})
		}
	}
	if len(entries) > MaxEntries {
		return fmt.Errorf("the own vocabulary has %d concepts, the limit is %d: %w", len(entries), MaxEntries, corpus.ErrTooLarge)
	}
	var errs []error
	first := map[corpus.ConceptID]*placed{}
	for i := range entries {
		e := &entries[i]
		if f, twice := first[e.ID]; twice {
			errs = append(errs, e.errorf("%s stands in %s:%d already", e.ID, f.file, f.Line))
			continue
		}
		first[e.ID] = e
		if err := l.enter(e); err != nil {
			errs = append(errs, err)
		}
	}
	for i := range entries {
		errs = append(errs, l.join(&entries[i]))
	}
	for i := range entries {
		if e := &entries[i]; slices.Contains(l.v.Ancestors(e.ID), e.ID) {
			errs = append(errs, e.errorf("%s is broader than itself", e.ID))
		}
	}
	return errors.Join(errs...)
}

// enter makes a concept of an entry, or adds it to the one with its ID.
func (l *loader) enter(e *placed) error {
	c, there := l.v.byID[e.ID]
	if !there {
		if len(e.Labels) == 0 {
			return e.errorf("%s has no label", e.ID)
		}
		c = &Concept{
			ID: e.ID, Pref: map[corpus.Lang]string{}, Alt: map[corpus.Lang][]string{}, Hidden: map[corpus.Lang][]string{},
			Marked: map[corpus.Lang]bool{}, Evidence: e.Evidence, Source: e.Source,
		}
		if c.Scheme() == Country {
			c.Group = "other"
		}
		l.v.byID[c.ID] = c
		l.where[c.ID] = e.errorf
		l.v.schemes[c.Scheme()] = append(l.v.schemes[c.Scheme()], c)
	}
	if c.Hidden == nil {
		c.Hidden = map[corpus.Lang][]string{}
	}
	l.ownLabels(c, e)
	if c.Notation == "" {
		c.Notation = e.Notation
	}
	for _, n := range []struct{ to, from *[]Note }{{&c.Definitions, &e.Definitions}, {&c.Scope, &e.Scope}, {&c.Notes, &e.Notes}} {
		for _, note := range *n.from {
			if !slices.Contains(*n.to, note) {
				*n.to = append(*n.to, note)
			}
		}
	}
	c.Exact, c.Close = union(c.Exact, e.Exact), union(c.Close, e.Close)
	return nil
}

// ownLabels adds the labels of an entry. A preferred label takes the place of a
// former one, which is still found.
func (l *loader) ownLabels(c *Concept, e *placed) {
	for _, lang := range slices.Sorted(maps.Keys(e.Labels)) {
		text := e.Labels[lang]
		former := c.Pref[lang]
		if former == text {
			continue
		}
		if former != "" {
			c.Alt[lang] = append(slices.Clone(c.Alt[lang]), former)
		}
		c.Alt[lang] = slices.DeleteFunc(slices.Clone(c.Alt[lang]), func(s string) bool { return s == text })
		c.Pref[lang] = text
		delete(c.Marked, lang)
		l.ownLabel(c, lang, text)
	}
	for _, lang := range e.Unverified {
		c.Marked[lang] = true
	}
	for _, lang := range slices.Sorted(maps.Keys(e.Other)) {
		for _, text := range e.Other[lang] {
			if text != c.Pref[lang] && !slices.Contains(c.Alt[lang], text) {
				c.Alt[lang] = append(slices.Clone(c.Alt[lang]), text)
				l.ownLabel(c, lang, text)
			}
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(e.Hidden)) {
		for _, text := range e.Hidden[lang] {
			if !slices.Contains(c.Hidden[lang], text) {
				c.Hidden[lang] = append(slices.Clone(c.Hidden[lang]), text)
				l.ownLabel(c, lang, text)
			}
		}
	}
}

// ownLabel adds a label to the bank unless the concept has it there already,
// spelled a little differently.
func (l *loader) ownLabel(c *Concept, lang corpus.Lang, text string) {
	key := fold.Text(text)
	if l.keys == nil {
		l.keys = map[string]bool{}
		for _, b := range l.labels {
			l.keys[bankKey(b.concept, b.lang, b.key)] = true
		}
	}
	if k := bankKey(c.ID, lang, key); !l.keys[k] {
		l.keys[k] = true
		l.label(c, lang, text, c.Scheme() == Country, false)
	}
}

func bankKey(id corpus.ConceptID, l corpus.Lang, key string) string {
	return string(id) + " " + string(l) + " " + key
}

// join links an entry with the concepts that it names.
func (l *loader) join(e *placed) error {
	c, ok := l.v.byID[e.ID]
	if !ok {
		return nil // it was refused before
	}
	var errs []error
	for _, b := range e.Broader {
		parent, ok := l.v.byID[b]
		switch {
		case !ok:
			errs = append(errs, e.errorf("%s has the unknown broader concept %q", e.ID, b))
		case parent.Scheme() != c.Scheme():
			errs = append(errs, e.errorf("%s stands below %q, which is of another scheme", e.ID, b))
		case !slices.Contains(c.Broader, b):
			c.Broader = append(c.Broader, b)
			parent.Narrower = append(parent.Narrower, c.ID)
		}
	}
	for _, r := range e.Related {
		other, ok := l.v.byID[r]
		if !ok || other == c {
			errs = append(errs, e.errorf("%s has the unknown related concept %q", e.ID, r))
			continue
		}
		relate(c, other)
	}
	return errors.Join(errs...)
}

func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// Fingerprint is the same for vocabularies that tag alike. It changes when a
// label, a rule or the tree does.
func (v *Vocabulary) Fingerprint() corpus.Hash {
	return v.print
}
