package pptx

import (
	"strings"

	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
)

// shapes collects the text of the shapes of a slide, or of its notes page.
type shapes struct {
	p       *ooxml.Package
	r       *ooxml.Reader
	related map[string]string // parts by the id of the relationship
	notes   bool              // of a notes page only the notes count
	text    []string
	title   *string // nil for notes
	picture *bool
}

func (s *shapes) read(part string) error {
	r, err := s.p.Open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	outer := s.r
	s.r = r
	defer func() { s.r = outer }()
	return r.Walk(func(ooxml.Element) error { return s.tree() })
}

// tree reads the shapes within the element that was given last, at any depth of
// groups.
func (s *shapes) tree() error {
	chosen := false // of alternatives the first counts
	return s.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "sp":
			return s.shape()
		case "pic":
			if s.picture != nil {
				*s.picture = true
			}
		case "graphicFrame":
			return s.frame()
		case "Choice":
			if chosen {
				return nil
			}
			chosen = true
			return s.tree()
		case "cSld", "spTree", "grpSp", "AlternateContent":
			return s.tree()
		}
		return nil
	})
}

// shape reads a shape with text, which may be one of the places that a layout
// has for titles, dates and numbers.
func (s *shapes) shape() error {
	place := ""
	var text string
	err := s.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "nvSpPr":
			return s.find("ph", func(e ooxml.Element) error {
				if place = e.Attr("type"); place == "" {
					place = "body"
				}
				return nil
			})
		case "txBody":
			var err error
			text, err = s.paragraphs()
			return err
		}
		return nil
	})
	s.place(place, text)
	return err
}

func (s *shapes) place(place, text string) {
	switch place {
	case "dt", "ftr", "sldNum", "hdr", "sldImg":
		return
	}
	if s.notes && place != "body" || strings.TrimSpace(text) == "" {
		return
	}
	if s.title != nil && *s.title == "" && (place == "title" || place == "ctrTitle") {
		*s.title = extract.CleanLine(text, 300)
		s.text = append([]string{text}, s.text...)
		return
	}
	s.text = append(s.text, text)
}

// frame reads a table, or the text of a diagram or a chart, which stands in
// another part.
func (s *shapes) frame() error {
	return s.find("graphicData", func(ooxml.Element) error {
		return s.r.Children(func(e ooxml.Element) error {
			switch e.Name {
			case "tbl":
				return s.table()
			case "relIds":
				if part := s.related[e.RelID("dm")]; s.p.Has(part) {
					return s.diagram(part)
				}
			case "chart":
				if part := s.related[e.RelID("id")]; s.p.Has(part) {
					return s.chart(part)
				}
			}
			return nil
		})
	})
}

func (s *shapes) table() error {
	var rows []string
	err := s.find("tr", func(ooxml.Element) error {
		var cells []string
		err := s.find("tc", func(ooxml.Element) error {
			cell := ""
			err := s.find("txBody", func(ooxml.Element) error {
				text, err := s.paragraphs()
				cell = strings.Join(strings.Fields(text), " ")
				return err
			})
			cells = append(cells, cell)
			return err
		})
		rows = append(rows, strings.Join(cells, "\t"))
		return err
	})
	if text := strings.Join(rows, "\n"); strings.TrimSpace(text) != "" {
		s.text = append(s.text, text)
	}
	return err
}

// diagram reads the points of a diagram (SmartArt).
func (s *shapes) diagram(part string) error {
	r, err := s.p.Open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	d := &shapes{r: r}
	var points []string
	err = r.Walk(func(ooxml.Element) error {
		return d.find("pt", func(ooxml.Element) error {
			return d.find("t", func(ooxml.Element) error {
				text, err := d.paragraphs()
				if text = strings.TrimSpace(text); text != "" {
					points = append(points, text)
				}
				return err
			})
		})
	})
	if len(points) > 0 {
		s.text = append(s.text, strings.Join(points, "\n"))
	}
	return err
}

// find calls f for each element with a name within the one that was given last,
// at any depth, but not within one that it found.
func (s *shapes) find(name string, f func(ooxml.Element) error) error {
	return s.r.Children(func(e ooxml.Element) error {
		if e.Name == name {
			return f(e)
		}
		return s.find(name, f)
	})
}

// paragraphs reads the lines of a body of text.
func (s *shapes) paragraphs() (string, error) {
	var lines []string
	err := s.r.Children(func(e ooxml.Element) error {
		if e.Name != "p" {
			return nil
		}
		line, err := s.line()
		lines = append(lines, line)
		return err
	})
	return strings.Trim(strings.Join(lines, "\n"), "\n"), err
}

func (s *shapes) line() (string, error) {
	var b strings.Builder
	err := s.runs(&b)
	return b.String(), err
}

func (s *shapes) runs(b *strings.Builder) error {
	return s.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "t":
			text, err := s.r.Text()
			b.WriteString(text)
			return err
		case "br":
			b.WriteByte('\n')
		case "tab":
			b.WriteByte('\t')
		case "pPr", "rPr", "endParaRPr", "Fallback":
		default: // runs, fields, formulas
			return s.runs(b)
		}
		return nil
	})
}
