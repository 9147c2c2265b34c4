// Package odf reads OpenDocument files: texts cut at their headings,
// presentations slide by slide, spreadsheets sheet by sheet. It knows
// OpenDocument; archives and XML are ooxml's, what is above columns is sheet's.
package odf

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
	"marsa/internal/extract/sheet"
)

// Extractor reads ODT, ODP and ODS, and the templates of the same make.
type Extractor struct{}

// Extract implements extract.Extractor.
func (Extractor) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	p, err := ooxml.Open(data)
	if err != nil {
		return nil, err
	}
	if encrypted(p) {
		return nil, extract.ErrPassword
	}
	d := &document{
		ctx: ctx, pack: p, meta: &extract.Meta{}, styles: map[string]style{}, lists: map[string]listStyle{}, counts: map[string]*counter{},
		out: extract.Sections{Engine: "odf", Emit: emit},
	}
	for _, part := range []struct {
		name string
		read func() error
	}{{"meta.xml", d.readMeta}, {"styles.xml", d.readStyles}} {
		if !p.Has(part.name) {
			continue
		}
		if err := d.part(part.name, part.read); err != nil {
			if ctx.Err() != nil {
				return d.meta, ctx.Err()
			}
			d.meta.Warnings = append(d.meta.Warnings, fmt.Sprintf("%s is not read: %v", part.name, err))
		}
	}
	d.book = sheet.Book{Engine: "odf", Emit: emit, Meta: d.meta}
	err = d.part("content.xml", d.content)
	if err == nil {
		err = d.out.Close()
	}
	if len(d.out.Outline) > 0 {
		d.meta.Outline = d.out.Outline
	}
	if d.meta.Title == "" && d.title != "" {
		d.meta.Title, d.meta.TitleFrom = d.title, corpus.FromGuess
	}
	return d.meta, err
}

// encrypted says whether the manifest has keys for the content.
func encrypted(p *ooxml.Package) bool {
	if p.Has("encrypted-package") {
		return true
	}
	manifest, err := p.Read("META-INF/manifest.xml")
	return err == nil && bytes.Contains(manifest, []byte("encryption-data"))
}

// document is a document while it is read.
type document struct {
	ctx     context.Context
	pack    *ooxml.Package
	r       *ooxml.Reader // of the part that is being read
	meta    *extract.Meta
	styles  map[string]style
	lists   map[string]listStyle
	outline listStyle           // of headings
	counts  map[string]*counter // of lists, by their style
	margins []string            // headers and footers
	noted   int                 // notes read
	title   string              // of the text
	out     extract.Sections
	book    sheet.Book
	slides  int
}

// part reads a part with f, which is called within its root element.
func (d *document) part(name string, f func() error) error {
	r, err := d.pack.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	outer := d.r
	d.r = r
	defer func() { d.r = outer }()
	return r.Walk(func(ooxml.Element) error { return f() })
}

func (d *document) readMeta() error {
	return d.r.Children(func(e ooxml.Element) error {
		if e.Name != "meta" {
			return nil
		}
		return d.r.Children(func(e ooxml.Element) error {
			text, err := d.r.Text()
			switch e.Name {
			case "title":
				if d.meta.Title = extract.FileTitle(text); d.meta.Title != "" {
					d.meta.TitleFrom = corpus.FromFile
				}
			case "initial-creator":
				d.meta.Authors = extract.FileAuthors(text)
			case "creator": // who changed it last
				if len(d.meta.Authors) == 0 {
					d.meta.Authors = extract.FileAuthors(text)
				}
			case "language":
				d.meta.Lang = extract.BaseLang(text)
			}
			return err
		})
	})
}

// content reads the styles of the content and what is in its body.
func (d *document) content() error {
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "automatic-styles":
			return d.readStyleList()
		case "body":
			return d.r.Children(func(e ooxml.Element) error {
				switch e.Name {
				case "text":
					d.keepMargins()
					return d.blocks(d.write)
				case "presentation", "drawing":
					return d.presentation()
				case "spreadsheet":
					return d.spreadsheet()
				}
				return nil
			})
		}
		return nil
	})
}

// keepMargins keeps the different lines of headers and footers for the first
// page; page numbers and the like are dropped.
func (d *document) keepMargins() {
	seen := map[string]bool{}
	var lines []string
	for _, m := range d.margins {
		line := extract.CleanLine(m, 0)
		if !seen[line] && letters(line) > 3 {
			seen[line] = true
			lines = append(lines, line)
		}
	}
	if len(lines) > 0 {
		d.out.Note(strings.Join(lines, "\n"))
	}
}
