package extract

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
)

// Sections makes pages of a document that has none: a page is a section under
// its heading. A heading that follows another with nothing between them shares
// its page when it is below it, a long section is cut between paragraphs, and
// the cut-off parts are labelled "Heading (2)", "Heading (3)".
type Sections struct {
	Engine string // for the pages' Quality
	Emit   func(corpus.Page) error
	// Outline grows with each heading.
	Outline []corpus.Heading

	number int // of pages given
	label  string
	part   int // of the section, from 1
	level  int // of the heading when nothing but headings is on the page, else 0
	text   strings.Builder
	size   int // characters in text
	tail   []string
	ended  bool // a page was asked to end: the next text starts another
}

// Heading starts a section at a heading of level 1 to 3; a heading below that
// is only text and a line of the outline.
func (s *Sections) Heading(level int, title string) error {
	label := CleanLine(title, maxTitle)
	if label == "" {
		return nil
	}
	level = max(level, 1)
	if level <= 3 {
		if s.level == 0 || s.level >= level {
			if err := s.flush(); err != nil {
				return err
			}
		}
		s.label, s.part, s.level = label, 1, level
	} else if s.size > SectionText {
		if err := s.cut(); err != nil {
			return err
		}
	}
	if len(s.Outline) < maxOutline {
		s.Outline = append(s.Outline, corpus.Heading{Title: label, Level: level, Page: s.number + 1})
	}
	s.write("\n\n", title)
	return nil
}

// Start ends the page and begins a part of the document on another, which a
// heading may label better. It returns the number of that page.
func (s *Sections) Start(label string) (int, error) {
	err := s.flush()
	s.label = CleanLine(label, maxTitle)
	return s.number + 1, err
}

// Name labels the opening of the document, when nothing has labelled it.
func (s *Sections) Name(title string) {
	if s.number == 0 && s.label == "" {
		s.label = CleanLine(title, maxTitle)
	}
}

// Paragraph adds a paragraph, which stands between blank lines.
func (s *Sections) Paragraph(text string) error { return s.add("\n\n", text) }

// Line adds a line, such as an item of a list or a row of a table, close to the
// one before it.
func (s *Sections) Line(text string) error { return s.add("\n", text) }

// Note keeps text for the end of the section.
func (s *Sections) Note(text string) { s.tail = append(s.tail, text) }

// Break says that the author ends a page here. It cuts a section that is long
// enough to be cut.
func (s *Sections) Break() {
	s.ended = s.ended || s.size >= BreakText
}

// Close gives the last page.
func (s *Sections) Close() error {
	if s.text.Len() == 0 && len(s.tail) > 0 {
		s.write("", s.tail[0])
		s.tail = s.tail[1:]
	}
	return s.flush()
}

func (s *Sections) add(sep, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if s.ended || s.size > SectionText {
		if err := s.cut(); err != nil {
			return err
		}
	}
	s.level = 0
	s.write(sep, text)
	return nil
}

func (s *Sections) write(sep, text string) {
	if s.text.Len() > 0 {
		s.text.WriteString(sep)
	}
	s.text.WriteString(text)
	s.size += utf8.RuneCountInString(text)
}

// cut ends the page within its section.
func (s *Sections) cut() error {
	label, part := s.label, max(s.part, 1)
	if err := s.flush(); err != nil {
		return err
	}
	s.label, s.part = label, part+1
	return nil
}

// flush gives the page, if there is anything on it, and starts one without a
// label. Notes wait for a page that has something to note.
func (s *Sections) flush() error {
	if s.text.Len() > 0 {
		for _, n := range s.tail {
			s.write("\n\n", n)
		}
		s.tail = nil
	}
	text := Clean(s.text.String())
	label := partLabel(s.label, s.part)
	s.text.Reset()
	s.size, s.level, s.ended = 0, 0, false
	s.label, s.part = "", 1
	if text == "" {
		return nil
	}
	s.number++
	return s.Emit(corpus.Page{
		Number: s.number, Label: label, Text: text,
		Quality: corpus.Quality{State: corpus.Complete, Engine: s.Engine},
	})
}

func partLabel(label string, part int) string {
	if part < 2 {
		return label
	}
	return strings.TrimSpace(fmt.Sprintf("%s (%d)", label, part))
}
