package odf

import (
	"strconv"
	"strings"
	"unicode"

	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
)

const (
	// levels is how deep lists go.
	levels = 10
	// maxStyles is how many styles are kept.
	maxStyles = 50_000
)

// style is what a style says that matters for reading.
type style struct {
	parent  string
	name    string // as people see it
	list    string // style of lists
	level   int    // of headings
	newPage bool   // starts a page
	hidden  bool
}

// resolve follows a style to its parents.
func (d *document) resolve(name string) style {
	s := d.styles[name]
	for up, n := s.parent, 0; up != "" && n < 20; n++ {
		p := d.styles[up]
		if s.list == "" {
			s.list = p.list
		}
		if s.level == 0 {
			s.level = p.level
		}
		if p.name == "Title" || up == "Title" {
			s.name = "Title"
		}
		s.hidden = s.hidden || p.hidden
		up = p.parent
	}
	if name == "Title" {
		s.name = "Title"
	}
	return s
}

// listStyle is how the items of a list are marked.
type listStyle [levels]listLevel

type listLevel struct {
	bullet         bool
	format         string // as extract.Numeral has it; empty for no number
	prefix, suffix string
	shown          int // levels that the number shows
	start          int
}

// counter counts the items of a list.
type counter [levels]int

// next returns the mark of the next item of a level, from 0.
func (c *counter) next(l listStyle, level, start int) string {
	level = min(max(level, 0), levels-1)
	k := l[level]
	switch {
	case start > 0:
		c[level] = start
	case c[level] == 0:
		c[level] = max(k.start, 1)
	default:
		c[level]++
	}
	for i := level + 1; i < levels; i++ {
		c[i] = 0
	}
	switch {
	case k.bullet:
		return "•"
	case k.format == "":
		return ""
	}
	var parts []string
	for i := max(0, level+1-max(k.shown, 1)); i <= level; i++ {
		if l[i].format != "" {
			parts = append(parts, extract.Numeral(l[i].format, max(c[i], 1)))
		}
	}
	return strings.TrimSpace(k.prefix + strings.Join(parts, ".") + k.suffix)
}

func (d *document) readStyles() error {
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "styles", "automatic-styles":
			return d.readStyleList()
		case "master-styles":
			return d.readMargins()
		}
		return nil
	})
}

func (d *document) readStyleList() error {
	return d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "style":
			return d.readStyle(e)
		case "list-style", "outline-style":
			var l listStyle
			if err := d.readListStyle(&l); err != nil {
				return err
			}
			if e.Name == "outline-style" {
				d.outline = l
			} else if len(d.lists) < maxStyles {
				d.lists[e.Attr("name")] = l
			}
		}
		return nil
	})
}

func (d *document) readStyle(e ooxml.Element) error {
	s := style{parent: e.Attr("parent-style-name"), name: e.Attr("name"), list: e.Attr("list-style-name")}
	s.level, _ = strconv.Atoi(e.Attr("default-outline-level")) // 0 for no heading
	err := d.r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "paragraph-properties", "table-properties", "drawing-page-properties", "text-properties":
			s.newPage = s.newPage || e.Attr("break-before") == "page"
			s.hidden = s.hidden || e.Attr("display") == "none" && e.Name == "text-properties" ||
				e.Attr("display") == "false" && e.Name == "table-properties" || e.Attr("visibility") == "hidden"
		}
		return nil
	})
	if len(d.styles) < maxStyles {
		d.styles[s.name] = s
	}
	return err
}

func (d *document) readListStyle(l *listStyle) error {
	return d.r.Children(func(e ooxml.Element) error {
		n, err := strconv.Atoi(e.Attr("level"))
		if err != nil || n < 1 || n > levels {
			return nil
		}
		k := listLevel{bullet: e.Name == "list-level-style-bullet", prefix: e.Attr("num-prefix"), suffix: e.Attr("num-suffix"), start: 1}
		switch e.Attr("num-format") {
		case "":
		case "a":
			k.format = "lowerLetter"
		case "A":
			k.format = "upperLetter"
		case "i":
			k.format = "lowerRoman"
		case "I":
			k.format = "upperRoman"
		default:
			k.format = "decimal"
		}
		if v, err := strconv.Atoi(e.Attr("start-value")); err == nil && v > 0 && v < 1e6 {
			k.start = v
		}
		if v, err := strconv.Atoi(e.Attr("display-levels")); err == nil {
			k.shown = v
		}
		l[n-1] = k
		return nil
	})
}

// readMargins reads the headers and footers of the pages.
func (d *document) readMargins() error {
	return d.r.Children(func(e ooxml.Element) error {
		if e.Name != "master-page" {
			return nil
		}
		return d.r.Children(func(e ooxml.Element) error {
			if !strings.HasPrefix(e.Name, "header") && !strings.HasPrefix(e.Name, "footer") {
				return nil
			}
			return d.blocks(func(p paragraph) error {
				d.margins = append(d.margins, p.text)
				return nil
			})
		})
	})
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
