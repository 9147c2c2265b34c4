package odf

import (
	"fmt"
	"strconv"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
	"marsa/internal/extract/sheet"
)

// slide is what a slide says.
type slide struct {
	title string
	text  []string // the title first
	notes []string
	image bool
}

// presentation reads the slides, hidden ones too.
func (d *document) presentation() error {
	return d.r.Children(func(e ooxml.Element) error {
		if e.Name != "page" {
			return nil
		}
		if err := d.ctx.Err(); err != nil {
			return err
		}
		s := &slide{}
		err := d.shapes(s)
		d.slides++
		page := s.page(d.slides)
		if err != nil {
			page.Quality.State, page.Quality.Reason = corpus.Partial, corpus.ReasonDamagedSlide
			d.meta.Warnings = append(d.meta.Warnings, fmt.Sprintf("slide %d is not read whole: %v", d.slides, err))
		}
		if err := d.out.Emit(page); err != nil {
			return err
		}
		if s.title != "" {
			d.meta.Outline = append(d.meta.Outline, corpus.Heading{Title: s.title, Level: 1, Page: d.slides})
			if d.slides == 1 {
				d.title = s.title
			}
		}
		return err
	})
}

func (s *slide) page(number int) corpus.Page {
	text := extract.Clean(strings.Join(append(s.text, s.notes...), "\n\n"))
	q := corpus.Quality{State: corpus.Complete, Engine: "odf"}
	if s.image && text == "" {
		q.State, q.Reason = corpus.Scan, corpus.ReasonSlide
	}
	return corpus.Page{Number: number, Label: s.title, Text: text, Quality: q}
}

// shapes reads the shapes within the element that was given last.
func (d *document) shapes(s *slide) error {
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "g":
			return d.shapes(s)
		case "notes":
			n := &slide{}
			err := d.shapes(n)
			s.notes = append(s.notes, n.text...)
			return err
		case "frame", "custom-shape", "rect", "ellipse", "line", "connector", "path", "polygon", "polyline", "caption":
			return d.frame(e, s)
		}
		return nil
	})
}

func (d *document) frame(e ooxml.Element, s *slide) error {
	var p paragraph
	t := &inline{d: d, p: &p}
	if err := t.shape(e); err != nil {
		return err
	}
	s.image = s.image || t.image
	text := strings.TrimSpace(strings.Join(append(p.boxes, t.b.String()), "\n"))
	switch class := e.Attr("class"); {
	case class == "header", class == "footer", class == "date-time", class == "page-number", text == "":
	case class == "title" && s.title == "":
		s.title = extract.CleanLine(text, 300)
		s.text = append([]string{text}, s.text...)
	default:
		s.text = append(s.text, text)
	}
	return nil
}

// spreadsheet reads the sheets.
func (d *document) spreadsheet() error {
	return d.r.Children(func(e ooxml.Element) error {
		if e.Name != "table" {
			return nil
		}
		name := e.Attr("name")
		if d.resolve(e.Attr("style-name")).hidden {
			d.meta.Warnings = append(d.meta.Warnings, fmt.Sprintf("sheet %q is hidden in the file, and is read", name))
		}
		s := &cells{d: d, sheet: d.book.Sheet(name, sheet.Layout{})}
		if err := d.sheetRows(s); err != nil {
			s.sheet.Damaged()
			if closeErr := s.sheet.Close(); closeErr != nil {
				return closeErr
			}
			return err
		}
		for _, c := range s.comments {
			if err := s.sheet.Line(c); err != nil {
				return err
			}
		}
		return s.sheet.Close()
	})
}

// cells reads the rows of a sheet.
type cells struct {
	d        *document
	sheet    *sheet.Sheet
	row      int // from 1
	comments []string
}

// maxColumns is how many columns a sheet has.
const maxColumns = 16_384

func (d *document) sheetRows(s *cells) error {
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "table-row":
			if err := d.ctx.Err(); err != nil {
				return err
			}
			return s.read(e)
		case "table-header-rows", "table-rows", "table-row-group":
			return d.sheetRows(s)
		}
		return nil
	})
}

func (s *cells) read(row ooxml.Element) error {
	s.row++
	var line []string
	empty := 0 // cells at the end, which a program repeats to the edge
	err := s.d.r.Children(func(e ooxml.Element) error {
		if e.Name != "table-cell" && e.Name != "covered-table-cell" {
			return nil
		}
		text, err := s.cell(len(line) + empty)
		if err != nil {
			return err
		}
		n, convErr := strconv.Atoi(e.Attr("number-columns-repeated"))
		if convErr != nil || n < 1 {
			n = 1
		}
		n = min(n, maxColumns-len(line)-empty)
		if text == "" {
			empty += max(n, 0)
			return nil
		}
		line = append(line, make([]string, empty)...)
		empty = 0
		s.span(e, len(line))
		for range n {
			line = append(line, text)
		}
		return nil
	})
	if err != nil {
		return err
	}
	times, convErr := strconv.Atoi(row.Attr("number-rows-repeated"))
	if convErr != nil || times < 1 {
		times = 1
	}
	for i := range times {
		if i > 0 {
			s.row++
		}
		if len(line) == 0 { // empty rows are repeated to the end of the sheet
			s.row += times - 1
			return nil
		}
		if i > maxRepeat {
			s.row += times - 1 - i
			return nil
		}
		if err := s.sheet.Add(s.row, line); err != nil {
			return err
		}
	}
	return nil
}

// span notes that a cell covers others.
func (s *cells) span(e ooxml.Element, col int) {
	across, _ := strconv.Atoi(e.Attr("number-columns-spanned")) // 0 for one
	down, _ := strconv.Atoi(e.Attr("number-rows-spanned"))
	if across > 1 || down > 1 {
		s.sheet.Merge(sheet.Area{
			Left: col + 1, Top: s.row, Right: col + min(max(across, 1), maxColumns), Bottom: s.row + min(max(down, 1), 1<<20) - 1,
		})
	}
}

// cell returns what a cell shows, and keeps its comment.
func (s *cells) cell(col int) (string, error) {
	var lines []string
	err := s.d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "p", "h":
			p, err := s.d.paragraph(e)
			lines = append(lines, p.text)
			return err
		case "annotation":
			var note []string
			err := s.d.r.Children(func(e ooxml.Element) error {
				if e.Name != "p" {
					return nil
				}
				p, err := s.d.paragraph(e)
				note = append(note, p.text)
				return err
			})
			if text := extract.CleanLine(strings.Join(note, " "), 0); text != "" {
				s.comments = append(s.comments, fmt.Sprintf("[%s%d] %s", column(col), s.row, text))
			}
			return err
		}
		return nil
	})
	return strings.TrimSpace(strings.Join(lines, "\n")), err
}

// column returns the letters of a column, from 0.
func column(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
