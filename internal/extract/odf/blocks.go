package odf

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"marsa/internal/extract/ooxml"
)

const (
	// maxHeading is how many characters a heading may have. What is longer is
	// text in the wrong element.
	maxHeading = 300
	// longCell is the length in characters from which a cell of a table holds
	// prose, which is not read as a column.
	longCell = 1_000
	// maxRepeat is how many times a cell or blanks are repeated.
	maxRepeat = 200
)

// kind says how a paragraph stands to its neighbours.
type kind int

const (
	flow kind = iota
	item      // of a list
	row       // of a table
)

// paragraph is a paragraph or a row of a table.
type paragraph struct {
	text    string
	kind    kind
	first   bool // of its list or table
	level   int  // of a heading, else 0
	title   bool
	newPage bool
	notes   []string
	boxes   []string
}

// blocks reads the paragraphs, lists and tables within the element that was given
// last. What was deleted, comments and forms are left out.
func (d *document) blocks(give func(paragraph) error) error {
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "h", "p":
			p, err := d.paragraph(e)
			if err != nil {
				return err
			}
			return give(p)
		case "list":
			return d.list(e, "", 0, give)
		case "table":
			return d.table(give)
		case "soft-page-break":
			return give(paragraph{newPage: true})
		case "frame", "custom-shape", "g", "rect", "ellipse", "line", "connector", "path", "polygon", "polyline", "caption", "a":
			t := &inline{d: d, p: &paragraph{}}
			if err := t.shape(e); err != nil {
				return err
			}
			return give(*t.p)
		case "tracked-changes", "annotation", "forms", "sequence-decls", "variable-decls", "user-field-decls", "index-title-template":
			return nil
		case "section", "index-body", "index-title", "table-of-content", "illustration-index", "table-index", "object-index",
			"user-index", "alphabetical-index", "bibliography", "numbered-paragraph", "text-box", "note-body", "list-item", "list-header":
			return d.blocks(give)
		}
		return nil
	})
}

// list reads a list; its items carry their marks.
func (d *document) list(e ooxml.Element, style string, level int, give func(paragraph) error) error {
	if s := e.Attr("style-name"); s != "" {
		style = s
	}
	c := d.counts[style]
	goOn := e.Attr("continue-numbering") == "true" || e.Attr("continue-list") != ""
	if c == nil || level == 0 && !goOn {
		c = &counter{}
		if len(d.counts) < maxStyles {
			d.counts[style] = c
		}
	}
	first := level == 0
	return d.r.Children(func(e ooxml.Element) error {
		if e.Name != "list-item" && e.Name != "list-header" {
			return nil
		}
		start, _ := strconv.Atoi(e.Attr("start-value")) // 0 goes on counting
		marked := e.Name == "list-header"
		return d.r.Children(func(e ooxml.Element) error {
			switch e.Name {
			case "list":
				return d.list(e, style, level+1, give)
			case "h", "p":
				p, err := d.paragraph(e)
				if err != nil {
					return err
				}
				if !marked && strings.TrimSpace(p.text) != "" {
					marked = true
					d.mark(&p, c, d.lists[style], level, start)
				}
				if p.level == 0 {
					p.kind, p.first, first = item, first, false
				}
				return give(p)
			case "table":
				return d.table(give)
			}
			return nil
		})
	})
}

func (d *document) mark(p *paragraph, c *counter, l listStyle, level, start int) {
	mark := c.next(l, level, start)
	if mark == "" {
		return
	}
	p.text = mark + " " + p.text
	if p.level == 0 {
		p.text = strings.Repeat("  ", min(level, levels)) + p.text
	}
}

// table gives each row as one line with tabs between its cells. A row whose cells
// hold prose or headings is there for the layout: it is given as its paragraphs.
func (d *document) table(give func(paragraph) error) error {
	first := true
	return d.rows(func() error {
		var cells [][]paragraph
		err := d.r.Children(func(e ooxml.Element) error {
			if e.Name != "table-cell" && e.Name != "covered-table-cell" {
				return nil
			}
			var cell []paragraph
			err := d.blocks(func(p paragraph) error {
				cell = append(cell, p)
				return nil
			})
			for range repeated(e, "number-columns-repeated") {
				cells = append(cells, cell)
			}
			return err
		})
		if err != nil {
			return err
		}
		if layout(cells) {
			for _, c := range cells {
				for _, p := range c {
					if err := give(p); err != nil {
						return err
					}
				}
			}
			return nil
		}
		line := join(cells)
		line.first, first = first, false
		return give(line)
	})
}

// rows calls f for each row of a table.
func (d *document) rows(f func() error) error {
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "table-row":
			return f()
		case "table-header-rows", "table-rows", "table-row-group":
			return d.rows(f)
		}
		return nil
	})
}

func repeated(e ooxml.Element, name string) int {
	n, err := strconv.Atoi(e.Attr(name))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxRepeat)
}

func layout(cells [][]paragraph) bool {
	for _, c := range cells {
		size := 0
		for _, p := range c {
			if p.level > 0 && p.level <= 3 {
				return true
			}
			size += utf8.RuneCountInString(p.text)
		}
		if size > longCell {
			return true
		}
	}
	return len(cells) == 1 && len(cells[0]) > 1
}

func join(cells [][]paragraph) paragraph {
	out := paragraph{kind: row}
	var texts []string
	for _, c := range cells {
		var parts []string
		for _, p := range c {
			parts = append(parts, strings.Fields(p.text)...)
			out.notes = append(out.notes, p.notes...)
			for _, b := range p.boxes {
				parts = append(parts, strings.Fields(b)...)
			}
		}
		texts = append(texts, strings.Join(parts, " "))
	}
	out.text = strings.TrimRight(strings.Join(texts, "\t"), "\t")
	return out
}

// paragraph reads a paragraph or a heading with what hangs on it.
func (d *document) paragraph(e ooxml.Element) (paragraph, error) {
	s := d.resolve(e.Attr("style-name"))
	p := paragraph{newPage: s.newPage, title: s.name == "Title"}
	t := &inline{d: d, p: &p}
	err := t.all()
	p.text = strings.Trim(t.b.String(), " ")
	if s.hidden {
		p.text = ""
	}
	if e.Name != "h" || strings.TrimSpace(p.text) == "" {
		return p, err
	}
	level, convErr := strconv.Atoi(e.Attr("outline-level"))
	if convErr != nil {
		level = max(s.level, 1)
	}
	if utf8.RuneCountInString(p.text) > maxHeading {
		return p, err
	}
	p.level = min(max(level, 1), 6)
	if e.Attr("is-list-header") != "true" {
		c := d.counts["/outline"]
		if c == nil {
			c = &counter{}
			d.counts["/outline"] = c
		}
		if mark := c.next(d.outline, level-1, 0); mark != "" && mark != "•" {
			p.text = mark + " " + p.text
		}
	}
	return p, err
}

// write adds a paragraph to the pages.
func (d *document) write(p paragraph) error {
	if err := d.ctx.Err(); err != nil {
		return err
	}
	if p.newPage {
		d.out.Break()
	}
	if strings.TrimSpace(p.text) != "" {
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
	return nil
}

func (d *document) writeText(p paragraph) error {
	if d.title == "" && (p.title || p.level == 1) {
		d.title = p.text
	}
	if p.title {
		d.out.Name(p.text)
	}
	switch {
	case p.level > 0:
		return d.out.Heading(p.level, p.text)
	case p.kind != flow && !p.first:
		return d.out.Line(p.text)
	}
	return d.out.Paragraph(p.text)
}
