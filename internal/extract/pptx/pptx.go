// Package pptx reads PowerPoint presentations: a page is a slide with its notes.
// It knows PresentationML; archives and XML are ooxml's.
package pptx

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
)

// Extractor reads PPTX, and the shows, templates and files with macros of the
// same make. Slides come in the order in which they are shown, hidden ones too.
type Extractor struct{}

// Extract implements extract.Extractor. A slide that cannot be read is an empty
// page and a warning, so that the numbers of the others stay right.
func (Extractor) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	p, err := ooxml.Open(data)
	if err != nil {
		return nil, err
	}
	slides, err := slideParts(p)
	if err != nil {
		return nil, err
	}
	m := p.Meta()
	for i, name := range slides {
		if err := ctx.Err(); err != nil {
			return m, err
		}
		s, err := readSlide(p, name)
		if errors.Is(err, extract.ErrTooLarge) {
			return m, err
		}
		if err != nil {
			m.Warnings = append(m.Warnings, fmt.Sprintf("slide %d is not read whole: %v", i+1, err))
		}
		if err := emit(s.page(i+1, err)); err != nil {
			return m, err
		}
		if s.title == "" {
			continue
		}
		m.Outline = append(m.Outline, corpus.Heading{Title: s.title, Level: 1, Page: i + 1})
		if m.Title == "" && i == 0 {
			m.Title, m.TitleFrom = s.title, corpus.FromGuess
		}
	}
	return m, nil
}

// slideParts returns the parts of the slides in the order of the presentation.
func slideParts(p *ooxml.Package) ([]string, error) {
	main, err := p.Main("ppt/presentation.xml")
	if err != nil {
		return nil, err
	}
	rels, err := p.Relationships(main)
	if err != nil {
		return nil, err
	}
	target := map[string]string{}
	for _, r := range rels {
		target[r.ID] = r.Target
	}
	r, err := p.Open(main)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []string
	err = r.Walk(func(ooxml.Element) error {
		return r.Children(func(e ooxml.Element) error {
			if e.Name != "sldIdLst" {
				return nil
			}
			return r.Children(func(e ooxml.Element) error {
				if e.Name == "sldId" && len(out) <= extract.MaxPages {
					out = append(out, target[e.RelID("id")])
				}
				return nil
			})
		})
	})
	return out, err
}

// slide is what a slide says.
type slide struct {
	title   string
	text    []string // of its shapes, the title first
	notes   string
	picture bool // there is one on it
}

func (s *slide) page(number int, err error) corpus.Page {
	text := strings.Join(s.text, "\n\n")
	if s.notes != "" {
		text += "\n\n" + s.notes
	}
	q := corpus.Quality{State: corpus.Complete, Engine: "pptx"}
	switch {
	case err != nil:
		q.State, q.Reason = corpus.Partial, corpus.ReasonDamagedSlide
	case s.picture && extract.Clean(text) == "":
		q.State, q.Reason = corpus.Scan, corpus.ReasonSlide
	}
	return corpus.Page{Number: number, Label: s.title, Text: extract.Clean(text), Quality: q}
}

// readSlide reads a slide and its notes. With an error, the slide holds what
// came before it.
func readSlide(p *ooxml.Package, name string) (*slide, error) {
	s := &slide{}
	rels, err := p.Relationships(name)
	if err != nil {
		return s, err
	}
	v := &shapes{p: p, related: map[string]string{}, title: &s.title, picture: &s.picture}
	for _, rel := range rels {
		v.related[rel.ID] = rel.Target
	}
	err = v.read(name)
	s.text = v.text
	for _, rel := range rels {
		if rel.Type != "notesSlide" || err != nil {
			continue
		}
		n := &shapes{p: p, notes: true}
		err = n.read(rel.Target)
		s.notes = strings.Join(n.text, "\n\n")
	}
	return s, err
}
