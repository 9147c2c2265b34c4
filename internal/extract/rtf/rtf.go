// Package rtf reads RTF documents: the text as it is printed, cut at its
// headings, with tables, lists, notes, text boxes, headers and footers. It knows
// RTF, and reads it by itself.
package rtf

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/internal/extract"
)

const (
	// maxDepth is how deep groups may be nested.
	maxDepth = 512
	// maxHeading is how many characters a heading may have. What is longer is
	// text in the wrong style.
	maxHeading = 300
	// longCell is the length in characters from which a cell of a table holds
	// prose, which is not read as a column.
	longCell = 1_000
	// maxTable is how many fonts and styles are kept.
	maxTable = 50_000
)

// Extractor reads RTF. A page is a section under a heading of level 1 to 3; the
// pages of print are not in the file.
type Extractor struct{}

// Extract implements extract.Extractor.
func (Extractor) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	d := &document{
		meta: &extract.Meta{}, ansi: 1252, fonts: map[int]int{}, styles: map[int]int{}, titles: map[int]bool{},
		out: extract.Sections{Engine: "rtf", Emit: emit}, seen: map[string]bool{},
	}
	r := &reader{ctx: ctx, data: data, d: d}
	err := r.all()
	if err == nil {
		err = d.paragraph(&r.state)
	}
	if err == nil {
		err = d.row()
	}
	if err == nil {
		err = d.out.Close()
	}
	d.meta.Outline = d.out.Outline
	if d.meta.Title == "" && d.title != "" {
		d.meta.Title, d.meta.TitleFrom = d.title, corpus.FromGuess
	}
	return d.meta, err
}

// document is a document while it is read.
type document struct {
	meta   *extract.Meta
	ansi   int          // code page of the document
	fonts  map[int]int  // code page by font; symbolFont has none
	styles map[int]int  // level of headings by style
	titles map[int]bool // styles of a document's title
	noted  int
	seen   map[string]bool // lines of headers and footers
	title  string          // of the text

	out   extract.Sections
	text  strings.Builder // of the paragraph
	mark  string          // of the item of a list
	tail  []string        // notes and text boxes of the paragraph
	cells []string        // of the row
	last  kind
}

type kind int

const (
	flow kind = iota
	item
	tabular
)

// paragraph ends the paragraph, which is one of a cell while a row is read.
func (d *document) paragraph(s *state) error {
	text, mark := strings.TrimSpace(d.text.String()), strings.TrimSpace(d.mark)
	if s.table && text != "" {
		d.text.WriteByte('\n')
		return nil
	}
	d.text.Reset()
	d.mark = ""
	tail := d.tail
	d.tail = nil
	if err := d.write(s, text, mark); err != nil {
		return err
	}
	return d.after(tail)
}

// after writes what hangs on a paragraph or a row.
func (d *document) after(tail []string) error {
	for _, t := range tail {
		if strings.HasPrefix(t, "[") {
			d.out.Note(t)
		} else if err := d.out.Paragraph(t); err != nil {
			return err
		}
	}
	return nil
}

func (d *document) write(s *state, text, mark string) error {
	if text == "" {
		if mark == "" {
			d.last = flow
		}
		return nil
	}
	level := s.level
	if level < 0 {
		level = d.styles[s.style]
	}
	if d.titles[s.style] {
		d.out.Name(text)
		if d.title == "" {
			d.title = extract.CleanLine(text, 200)
		}
	}
	k := flow
	if mark != "" {
		text = mark + " " + text
		k = item
	}
	near := k == item && d.last == item
	d.last = k
	switch {
	case level > 0 && level <= 6 && utf8.RuneCountInString(text) <= maxHeading:
		if d.title == "" && level == 1 {
			d.title = extract.CleanLine(text, 200)
		}
		return d.out.Heading(level, text)
	case k == item && s.listLevel > 0:
		text = strings.Repeat("  ", min(s.listLevel, 8)) + text
	}
	if near {
		return d.out.Line(text)
	}
	return d.out.Paragraph(text)
}

// cell ends a cell.
func (d *document) cell() {
	d.cells = append(d.cells, strings.TrimSpace(d.text.String()))
	d.text.Reset()
}

// row ends a row: one line with tabs between its cells. One whose cells hold
// prose is there for the layout, and is given as its paragraphs.
func (d *document) row() error {
	cells := d.cells
	d.cells = nil
	tail := d.tail
	d.tail = nil
	layout := len(cells) == 1 && strings.Contains(cells[0], "\n")
	for _, c := range cells {
		layout = layout || utf8.RuneCountInString(c) > longCell
	}
	if layout {
		d.last = flow
		for _, p := range strings.Split(strings.Join(cells, "\n"), "\n") {
			if err := d.out.Paragraph(p); err != nil {
				return err
			}
		}
		return d.after(tail)
	}
	for i, c := range cells {
		cells[i] = strings.Join(strings.Fields(c), " ")
	}
	line := strings.TrimRight(strings.Join(cells, "\t"), "\t")
	if strings.TrimSpace(line) == "" {
		return d.after(tail)
	}
	give := d.out.Paragraph
	if d.last == tabular {
		give = d.out.Line
	}
	d.last = tabular
	if err := give(line); err != nil {
		return err
	}
	return d.after(tail)
}

// margin keeps the lines of a header or a footer for the first page, once; page
// numbers and the like are dropped.
func (d *document) margin(text string) {
	line := extract.CleanLine(text, 0)
	letters := 0
	for _, r := range line {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters > 3 && !d.seen[line] && len(d.seen) < 100 {
		d.seen[line] = true
		d.out.Note(line)
	}
}

func (d *document) note(text string) {
	if text = strings.TrimSpace(text); text != "" {
		d.noted++
		d.tail = append(d.tail, fmt.Sprintf("[%d] %s", d.noted, text))
	}
}

func (d *document) box(text string) {
	if text = strings.TrimSpace(text); text != "" {
		d.tail = append(d.tail, strings.TrimPrefix(text, "["))
	}
}
