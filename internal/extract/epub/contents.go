package epub

import (
	"fmt"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
)

// maxEntries is how many lines a table of contents may have.
const maxEntries = 5_000

// entry is a line of the book's own table of contents.
type entry struct {
	title string
	level int
	part  string
	deep  bool // leads into the chapter, not to its start
}

// readContents reads the table of contents, of EPUB 3 or of EPUB 2. A book can be
// read without it.
func (b *book) readContents() {
	var err error
	for _, it := range b.items {
		if it.nav {
			err = b.parse(it.part, func(r *ooxml.Reader) error { return b.nav(r, it.part) })
		}
	}
	for _, it := range b.items {
		if len(b.contents) == 0 && it.media == "application/x-dtbncx+xml" {
			err = b.parse(it.part, func(r *ooxml.Reader) error { return b.ncx(r, it.part, 1) })
		}
	}
	if err != nil {
		b.meta.Warnings = append(b.meta.Warnings, fmt.Sprintf("the table of contents is not read: %v", err))
	}
}

func (b *book) add(from, title, href string, level int) {
	title = extract.CleanLine(title, 300)
	_, fragment, _ := strings.Cut(href, "#")
	if title != "" && href != "" && len(b.contents) < maxEntries {
		b.contents = append(b.contents, entry{title, level, resolve(from, href), fragment != ""})
	}
}

// nav reads the lists of <nav epub:type="toc">.
func (b *book) nav(r *ooxml.Reader, part string) error {
	done := false
	return each(r, "nav", func(e ooxml.Element) error {
		if t := e.Attr("type"); done || t != "toc" && t != "" {
			return nil
		}
		done = true
		return b.navList(r, part, 0)
	})
}

func (b *book) navList(r *ooxml.Reader, part string, level int) error {
	return r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "ol":
			return b.navList(r, part, level+1)
		case "a":
			text, err := r.Text()
			b.add(part, text, e.Attr("href"), max(level, 1))
			return err
		case "h1", "h2", "h3":
			return nil
		}
		return b.navList(r, part, level)
	})
}

// ncx reads the points of a table of contents of EPUB 2.
func (b *book) ncx(r *ooxml.Reader, part string, level int) error {
	return each(r, "navPoint", func(ooxml.Element) error { return b.point(r, part, level) })
}

func (b *book) point(r *ooxml.Reader, part string, level int) error {
	title := ""
	return r.Children(func(e ooxml.Element) error {
		switch e.Name {
		case "navLabel":
			var err error
			title, err = r.Text()
			return err
		case "content":
			b.add(part, title, e.Attr("src"), level)
		case "navPoint":
			return b.point(r, part, level+1)
		}
		return nil
	})
}

// label returns the title of a chapter by the table of contents.
func (b *book) label(part string) string {
	for _, e := range b.contents {
		if e.part == part {
			return e.title
		}
	}
	return ""
}

// outline gives the table of contents with the pages it leads to, else the
// headings of the text.
func (b *book) outline() []corpus.Heading {
	var out []corpus.Heading
	for _, e := range b.contents {
		at, ok := b.pages[e.part]
		if !ok {
			continue
		}
		page := at.page
		if e.deep {
			page = b.find(e.title, at)
		}
		out = append(out, corpus.Heading{Title: e.title, Level: e.level, Page: page})
	}
	if len(out) == 0 {
		return b.out.Outline
	}
	return out
}

// find returns the page of a heading of a chapter, else the chapter's first.
func (b *book) find(title string, at span) int {
	for _, h := range b.out.Outline[at.headings:] {
		if strings.EqualFold(h.Title, title) {
			return h.Page
		}
	}
	return at.page
}
