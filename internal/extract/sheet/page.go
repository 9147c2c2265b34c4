// Package sheet makes pages of the rows of a spreadsheet. It finds what stands
// above the columns and reads each row with it. It knows no format.
package sheet

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/internal/extract"
)

// maxCaption is how many characters of what stands above a table are repeated on
// each of its pages.
const maxCaption = 400

// Book is a workbook while its sheets are read.
type Book struct {
	Engine string // for the pages' Quality
	Emit   func(corpus.Page) error
	Meta   *extract.Meta // grows by the outline, and by a title when it has none

	number int // of pages given
}

// Sheet begins a sheet.
func (b *Book) Sheet(name string, l Layout) *Sheet {
	return &Sheet{
		out: &writer{book: b, name: name}, layout: l,
		right: map[[2]int]int{}, above: map[int]string{}, until: map[int]int{},
	}
}

// writer makes pages of the lines of a sheet.
type writer struct {
	book    *Book
	name    string
	damaged bool

	head  string // repeated on each page
	text  strings.Builder
	size  int
	lines int
	part  int
}

// caption takes what stands above the labels of a table: its title.
func (w *writer) caption(rows []row) {
	var lines []string
	if !standard.MatchString(w.name) {
		lines = append(lines, w.name)
	}
	for _, r := range rows {
		lines = append(lines, r.text())
	}
	if len(rows) > 0 && w.book.Meta.Title == "" && w.book.number == 0 {
		w.book.Meta.Title, w.book.Meta.TitleFrom = extract.CleanLine(lines[len(lines)-len(rows)], 200), corpus.FromGuess
	}
	text := strings.Join(lines, "\n")
	if w.head = text; utf8.RuneCountInString(text) > maxCaption {
		w.head = w.name
		w.write(strings.Join(lines[len(lines)-len(rows):], "\n"))
	}
}

// standard are the names that programs give to sheets.
var standard = regexp.MustCompile(`(?i)^(sheet|feuil|feuille|tabelle|hoja|foglio|planilha|blad|лист|ورقة|φύλλο|גיליון)\s*\d*$`)

// line adds a line, on a new page when this one is full.
func (w *writer) line(text string) error {
	if text == "" {
		return nil
	}
	if w.size > 0 && w.size+len(text) > extract.SectionText {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.write(text)
	return nil
}

func (w *writer) write(text string) {
	if w.lines > 0 {
		w.text.WriteByte('\n')
	}
	w.text.WriteString(text)
	w.size += utf8.RuneCountInString(text)
	w.lines++
}

// close gives the last page.
func (w *writer) close() error {
	if w.lines == 0 && (w.head == "" || w.head == w.name) {
		return nil
	}
	return w.flush()
}

func (w *writer) flush() error {
	w.part++
	label := w.name
	if w.part > 1 {
		label = fmt.Sprintf("%s (%d)", w.name, w.part)
	}
	text := w.head
	if w.lines > 0 {
		text = strings.TrimSpace(text + "\n\n" + w.text.String())
	}
	w.text.Reset()
	w.size, w.lines = 0, 0
	b := w.book
	b.number++
	if w.part == 1 {
		b.Meta.Outline = append(b.Meta.Outline, corpus.Heading{Title: w.name, Level: 1, Page: b.number})
	}
	q := corpus.Quality{State: corpus.Complete, Engine: b.Engine}
	if w.damaged {
		q.State, q.Reason = corpus.Partial, corpus.ReasonDamagedSheet
	}
	return b.Emit(corpus.Page{Number: b.number, Label: label, Text: extract.Clean(text), Quality: q})
}
