// Package epub reads EPUB books: the chapters in the order in which they are
// read, each cut at its headings. It knows what a book lists of itself; archives
// and XML are ooxml's, chapters are html's.
package epub

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/html"
	"marsa/internal/extract/ooxml"
)

// maxChapter is the largest chapter that is read, in bytes.
const maxChapter = 32 << 20

// Extractor reads EPUB 2 and 3.
type Extractor struct{}

// Extract implements extract.Extractor. A chapter that cannot be read is a
// warning.
func (Extractor) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	p, err := ooxml.Open(data)
	if err != nil {
		return nil, err
	}
	if protected(p) {
		return nil, fmt.Errorf("the book is protected against copying (DRM): %w", extract.ErrPassword)
	}
	b := &book{ctx: ctx, pack: p, meta: &extract.Meta{}, items: map[string]item{}, pages: map[string]span{}}
	if err := b.open(); err != nil {
		return b.meta, err
	}
	b.out = extract.Sections{Engine: "epub", Emit: emit}
	b.readContents()
	for _, id := range b.spine {
		if err := b.chapter(b.items[id]); err != nil {
			return b.meta, err
		}
	}
	err = b.out.Close()
	b.meta.Outline = b.outline()
	return b.meta, err
}

// protected says whether chapters are encrypted. Fonts often are: those are not
// read.
func protected(p *ooxml.Package) bool {
	data, err := p.Read("META-INF/encryption.xml")
	return err == nil && regexp.MustCompile(`(?i)URI="[^"]*\.(x?html?|xml|opf)"`).Match(data)
}

// book is a book while it is read.
type book struct {
	ctx      context.Context
	pack     *ooxml.Package
	meta     *extract.Meta
	items    map[string]item // by id
	spine    []string        // ids of the chapters in order
	contents []entry         // the book's own table of contents
	pages    map[string]span // by part
	out      extract.Sections
}

type item struct {
	part, media string
	nav         bool // the table of contents
}

// span is where a chapter was read to.
type span struct {
	page     int // its first
	headings int // of the outline before it
}

// parse reads the XML of a part. Older books name a document type, which says
// nothing and is never fetched; one that declares something is refused.
func (b *book) parse(part string, f func(r *ooxml.Reader) error) error {
	data, err := b.pack.Read(part)
	if err != nil {
		return err
	}
	data = regexp.MustCompile(`(?i)<!DOCTYPE[^>\[]*>`).ReplaceAll(data, nil)
	r := ooxml.Parse(part, data)
	return r.Walk(func(ooxml.Element) error { return f(r) })
}

// open reads what the book lists.
func (b *book) open() error {
	main := ""
	err := b.parse("META-INF/container.xml", func(r *ooxml.Reader) error {
		return each(r, "rootfile", func(e ooxml.Element) error {
			if full := e.Attr("full-path"); main == "" && full != "" {
				main = full
			}
			return nil
		})
	})
	if err != nil || main == "" {
		for _, name := range b.pack.Names() { // the list is what matters
			if strings.EqualFold(path.Ext(name), ".opf") {
				main, err = name, nil
			}
		}
	}
	if err == nil && main == "" {
		err = fmt.Errorf("the book lists no chapters: %w", extract.ErrDamaged)
	}
	if err != nil {
		return err
	}
	return b.parse(main, func(r *ooxml.Reader) error {
		return r.Children(func(e ooxml.Element) error {
			switch e.Name {
			case "metadata":
				return b.metadata(r)
			case "manifest":
				return each(r, "item", func(e ooxml.Element) error {
					b.items[e.Attr("id")] = item{
						part: resolve(main, e.Attr("href")), media: e.Attr("media-type"),
						nav: strings.Contains(" "+e.Attr("properties")+" ", " nav "),
					}
					return nil
				})
			case "spine":
				return each(r, "itemref", func(e ooxml.Element) error {
					if len(b.spine) < extract.MaxPages {
						b.spine = append(b.spine, e.Attr("idref"))
					}
					return nil
				})
			}
			return nil
		})
	})
}

// each calls f for each element with a name within the one that was given last,
// at any depth.
func each(r *ooxml.Reader, name string, f func(ooxml.Element) error) error {
	return r.Children(func(e ooxml.Element) error {
		if e.Name == name {
			return f(e)
		}
		return each(r, name, f)
	})
}

// resolve returns the part that a reference in another leads to. It is looked
// for among the parts of the archive, and is no path anywhere else.
func resolve(from, href string) string {
	href, _, _ = strings.Cut(href, "#")
	if p, err := url.PathUnescape(href); err == nil {
		href = p
	}
	if strings.HasPrefix(href, "/") {
		return strings.TrimPrefix(href, "/")
	}
	return path.Join(path.Dir(from), href)
}

func (b *book) metadata(r *ooxml.Reader) error {
	return r.Children(func(e ooxml.Element) error {
		text, err := r.Text()
		if e.Name == "description" && !strings.Contains(text, "<") { // many shops put HTML there
			b.meta.Abstract = text
		}
		text = extract.CleanLine(text, 500)
		switch e.Name {
		case "title":
			if b.meta.Title == "" {
				if b.meta.Title = extract.FileTitle(text); b.meta.Title != "" {
					b.meta.TitleFrom = corpus.FromFile
				}
			}
		case "creator":
			if role := e.Attr("role"); role == "" || role == "aut" {
				b.meta.Authors = append(b.meta.Authors, extract.FileAuthors(text)...)
			}
		case "publisher":
			b.meta.Publisher = text
		case "language":
			if b.meta.Lang == "" {
				b.meta.Lang = extract.BaseLang(text)
			}
		case "date":
			b.date(e.Attr("event"), text)
		}
		return err
	})
}

// date takes the date of publication; others are of the file.
func (b *book) date(event, text string) {
	day, _, _ := strings.Cut(text, "T")
	d, err := corpus.ParseDate(day)
	if err == nil && day >= "1450" && (event == "publication" || event == "" && b.meta.Issued == "") {
		b.meta.Issued = d
	}
}

// chapter reads one chapter.
func (b *book) chapter(it item) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	if it.part == "" || it.nav || !strings.Contains(it.media, "html") && !strings.HasSuffix(it.part, "html") {
		return nil
	}
	if _, twice := b.pages[it.part]; twice {
		return nil
	}
	number, err := b.out.Start(b.label(it.part))
	if err != nil {
		return err
	}
	b.pages[it.part] = span{number, len(b.out.Outline)}
	data, err := b.pack.Read(it.part)
	if err == nil && len(data) > maxChapter {
		err = fmt.Errorf("a chapter of %d bytes: %w", len(data), extract.ErrTooLarge)
	}
	if errors.Is(err, extract.ErrTooLarge) {
		return err
	}
	if err != nil {
		b.meta.Warnings = append(b.meta.Warnings, fmt.Sprintf("chapter %s is not read whole: %v", it.part, err))
	}
	return html.Chapter(b.ctx, bytes.TrimSpace(data), &b.out)
}
