// Package docx reads Word documents: the text as it is printed, cut at its
// headings, with tables, lists, notes, text boxes, headers and footers. It knows
// WordprocessingML; archives and XML are ooxml's.
package docx

import (
	"context"
	"fmt"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
)

// Extractor reads DOCX, and the templates and files with macros of the same
// make. A page is a section under a heading of level 1 to 3; the pages of print
// are not in the file.
type Extractor struct{}

// Extract implements extract.Extractor.
func (Extractor) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	p, err := ooxml.Open(data)
	if err != nil {
		return nil, err
	}
	main, err := p.Main("word/document.xml")
	if err != nil {
		return nil, err
	}
	m := p.Meta()
	d := &document{
		ctx: ctx, pack: p, meta: m, notes: map[string]string{},
		out: extract.Sections{Engine: "docx", Emit: emit},
	}
	if err := d.related(main); err != nil {
		return m, err
	}
	err = d.body(main)
	if err == nil {
		err = d.out.Close()
	}
	m.Outline = d.out.Outline
	if m.Title == "" && d.title != "" {
		m.Title, m.TitleFrom = d.title, corpus.FromGuess
	}
	return m, err
}

// document is a document while it is read.
type document struct {
	ctx       context.Context
	pack      *ooxml.Package
	r         *ooxml.Reader // of the part that is being read
	styles    styles
	numbering numbering
	notes     map[string]string // texts of footnotes and endnotes by kind and id, until they are used
	noted     int               // notes used
	meta      *extract.Meta
	out       extract.Sections
	title     string // of the text
	last      kind   // of what was written last
}

// related reads the parts that the text refers to. One that cannot be read is a
// warning, the text is worth more.
func (d *document) related(main string) error {
	rels, err := d.pack.Relationships(main)
	if err != nil {
		return err
	}
	var margins []string
	for _, rel := range rels {
		if !d.pack.Has(rel.Target) {
			continue
		}
		var err error
		switch rel.Type {
		case "styles":
			err = d.part(rel.Target, d.readStyles)
		case "numbering":
			err = d.part(rel.Target, d.readNumbering)
		case "footnotes", "endnotes":
			err = d.part(rel.Target, d.readNotes)
		case "header", "footer":
			err = d.part(rel.Target, func() error {
				margins = append(margins, "")
				return d.blocks(func(p paragraph) error {
					margins[len(margins)-1] += p.text + "\n"
					return nil
				})
			})
		}
		if err != nil {
			if d.ctx.Err() != nil {
				return d.ctx.Err()
			}
			d.meta.Warnings = append(d.meta.Warnings, fmt.Sprintf("%s: %v", rel.Type, err))
		}
	}
	d.keepMargins(margins)
	return nil
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

// keepMargins keeps the different lines of headers and footers for the first
// page; page numbers and the like are dropped.
func (d *document) keepMargins(margins []string) {
	seen := map[string]bool{}
	var lines []string
	for _, m := range margins {
		for line := range strings.SplitSeq(m, "\n") {
			line = extract.CleanLine(line, 0)
			if !seen[line] && letters(line) > 3 {
				seen[line] = true
				lines = append(lines, line)
			}
		}
	}
	if len(lines) > 0 {
		d.out.Note(strings.Join(lines, "\n"))
	}
}

func (d *document) readNotes() error {
	return d.r.Children(func(e ooxml.Element) error {
		if t := e.Attr("type"); t != "" && t != "normal" {
			return nil // the line above the notes
		}
		var texts []string
		err := d.blocks(func(p paragraph) error {
			texts = append(texts, p.text)
			return nil
		})
		d.notes[e.Name+e.Attr("id")] = strings.TrimSpace(strings.Join(texts, "\n"))
		return err
	})
}

func (d *document) body(main string) error {
	return d.part(main, func() error {
		return d.r.Children(func(e ooxml.Element) error {
			if e.Name != "body" {
				return nil
			}
			return d.blocks(d.write)
		})
	})
}

// write adds a paragraph to the pages.
func (d *document) write(p paragraph) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	if p.newPage {
		d.out.Break()
	}
	for i, text := range strings.Split(p.text, pageBreak) {
		if i > 0 {
			d.out.Break()
		}
		p.text = text
		if err := d.writeText(p); err != nil {
			return err
		}
	}
	for _, n := range p.notes {
		d.out.Note(n)
	}
	for _, b := range p.boxes {
		if err := d.out.Paragraph(b); err != nil {
			return err
		}
	}
	if p.pageAfter {
		d.out.Break()
	}
	return nil
}

func (d *document) writeText(p paragraph) error {
	if strings.TrimSpace(p.text) == "" {
		if p.kind == flow {
			d.last = flow
		}
		return nil
	}
	if d.title == "" && (p.title || p.level == 1) {
		d.title = extract.CleanLine(p.text, 200)
	}
	if p.title {
		d.out.Name(p.text)
	}
	near := p.kind != flow && p.kind == d.last && !p.first
	d.last = p.kind
	switch {
	case p.level > 0:
		return d.out.Heading(p.level, p.text)
	case near:
		return d.out.Line(p.text)
	}
	return d.out.Paragraph(p.text)
}
