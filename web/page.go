package web

import (
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
)

// maxPageNumber is the highest number that a page can have.
const maxPageNumber = index.MaxPages

// pageView is what the view of a page shows.
type pageView struct {
	layout
	Doc         *corpus.Document
	Number      int
	Label       string
	TextLang    corpus.Lang
	TextDir     string
	InShort     *inShortView // nil: there is none for the reader
	Paragraphs  []paragraph
	Note        *qualityNote // nil when it was read well
	Matching    int
	Marks       int
	Previous    string // pages; empty: there is none
	Next        string
	PreviousHit string
	NextHit     string
	Document    string
	Back        string
	Original    string // at this page where the format has pages
	Inline      bool
	Picture     *pictureView // nil: there is none
	Query       string
}

// paragraph is lines of text.
type paragraph []run

// run is a stretch of a paragraph.
type run struct {
	Text  string
	Hit   bool
	First bool // the first hit of the page, to which links jump
	Break bool // a line ends here; Text is empty
}

func (s *server) page(c *gin.Context) error {
	id, a, err := readDocumentAddress(c)
	if err != nil {
		return err
	}
	d, err := s.Library.Document(id)
	if err != nil {
		return noDocument(err)
	}
	m, err := s.marked(c, id, a)
	if err != nil {
		return noPage(err, c.Param("number"), d)
	}
	l := langOf(c)
	v := newPageView(d, m, a, l)
	v.Picture = s.pictureOf(d, m)
	v.Note = noteOf(s.texts[l], m.Page.Quality)
	v.layout = s.layout(c, l, "page", text(s.texts[l], "page.title", "number", m.Page.Number, "title", d.Title))
	v.Search.Text = a.Text
	return s.render(c, http.StatusOK, v)
}

// marked returns the page that an address names.
func (s *server) marked(c *gin.Context, id corpus.ID, a *asked) (*search.Marked, error) {
	n, ok := readNumber(c.Param("number"))
	if !ok {
		return nil, &fault{status: http.StatusNotFound, key: "error.no_page"}
	}
	m, err := s.Search.MarkPage(c.Request.Context(), id, n, a.request(langOf(c)))
	if err != nil {
		if f := explain(err); f.status == http.StatusNotFound {
			return nil, &fault{status: f.status, key: "error.no_page", err: err}
		}
		return nil, err
	}
	return m, nil
}

// noPage says which pages there are.
func noPage(err error, number string, d *corpus.Document) error {
	f := explain(err)
	if f.status != http.StatusNotFound || d.NumPages == 0 {
		return err
	}
	if len(number) > 20 || !utf8.ValidString(number) {
		number = "…"
	}
	return &fault{
		status: f.status, key: "error.no_page_of", err: err,
		args: []any{"number", number, "count", d.NumPages, "title", d.Title},
	}
}

func newPageView(d *corpus.Document, m *search.Marked, a *asked, l corpus.Lang) *pageView {
	p := m.Page
	v := &pageView{
		Doc: d, Number: p.Number, Label: p.Label, TextLang: p.Lang, TextDir: textDirection(p.Lang),
		InShort: inShort(d, p.Number, p.Lang, l), Paragraphs: paragraphs(m.Parts), Matching: m.MatchingPages,
		Document: documentURL("", l, d.ID, a.encode()), Back: backTo(a, l), Query: a.Text,
		Original: originalURL("", d.ID), Inline: mediaTypeOf(d) == typePDF,
	}
	if v.Inline {
		v.Original += "#page=" + strconv.Itoa(p.Number)
	}
	at := func(n int) string { return pageAddress(l, d.ID, n, a) }
	if p.Number > 1 {
		v.Previous = at(p.Number - 1)
	}
	if p.Number < d.NumPages {
		v.Next = at(p.Number + 1)
	}
	if m.Previous > 0 {
		v.PreviousHit = at(m.Previous) + "#hit"
	}
	if m.Next > 0 {
		v.NextHit = at(m.Next) + "#hit"
	}
	for _, part := range m.Parts {
		if part.Hit {
			v.Marks++
		}
	}
	return v
}

// paragraphs cuts the text of a page at blank lines. Inside a paragraph a line
// that is about as long as the longest was broken by the printed page, and runs
// on; a shorter one was meant to end there.
func paragraphs(parts []search.Part) []paragraph {
	var all []paragraph
	for _, lines := range blocks(parts) {
		longest := 0
		for _, line := range lines {
			longest = max(longest, length(line))
		}
		var p paragraph
		for i, line := range lines {
			p = append(p, line...)
			switch {
			case i == len(lines)-1:
			case longest >= runOnWidth && length(line)*10 >= longest*6:
				p = append(p, run{Text: "\n"})
			default:
				p = append(p, run{Break: true})
			}
		}
		all = append(all, p)
	}
	markFirst(all)
	return all
}

// runOnWidth is the length, in letters, from which a line can be one of running
// text; in narrower columns every line is kept.
const runOnWidth = 30

// blocks cuts parts into lines and lines into blocks at blank lines.
func blocks(parts []search.Part) [][][]run {
	var blocks [][][]run
	var block [][]run
	var line []run
	endLine := func() {
		if blank(line) {
			if len(block) > 0 {
				blocks = append(blocks, block)
			}
			block = nil
		} else {
			block = append(block, line)
		}
		line = nil
	}
	for _, p := range parts {
		for i, piece := range strings.Split(p.Text, "\n") {
			if i > 0 {
				endLine()
			}
			if piece != "" {
				line = append(line, run{Text: piece, Hit: p.Hit})
			}
		}
	}
	endLine()
	if len(block) > 0 {
		blocks = append(blocks, block)
	}
	return blocks
}

func blank(line []run) bool {
	for _, r := range line {
		if strings.TrimSpace(r.Text) != "" {
			return false
		}
	}
	return true
}

func length(line []run) int {
	n := 0
	for _, r := range line {
		n += utf8.RuneCountInString(r.Text)
	}
	return n
}

func markFirst(all []paragraph) {
	for _, p := range all {
		for i := range p {
			if p[i].Hit {
				p[i].First = true
				return
			}
		}
	}
}
