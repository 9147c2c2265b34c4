package html

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"marsa/internal/extract"
)

// maxNested is how deep elements may be nested. The parser keeps to 512.
const maxNested = 600

// longCell is the length in characters from which a cell of a table holds prose,
// which is not read as a column.
const longCell = 1_000

// walker turns elements into paragraphs and lines.
type walker struct {
	ctx   context.Context
	out   *extract.Sections
	text  strings.Builder // of the paragraph that is being read
	mark  string          // what stands before it, such as the bullet of an item
	close bool            // the next paragraph is a line close to the one before
	pre   int             // elements around that keep white space
	lists []list
}

// list is a list that is being read; number 0 is one with bullets.
type list struct {
	number int
	begun  bool
}

func (w *walker) children(n *html.Node, depth int) error {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := w.node(c, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) node(n *html.Node, depth int) error {
	if depth > maxNested {
		return fmt.Errorf("elements nested deeper than %d: %w", maxNested, extract.ErrDamaged)
	}
	switch n.Type {
	case html.TextNode:
		w.write(n.Data)
		return nil
	case html.ElementNode:
	default:
		return nil
	}
	if unread(n.Data) || hidden(n) {
		return nil
	}
	switch n.Data {
	case "br":
		w.text.WriteByte('\n')
		return nil
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return w.heading(n)
	case "li":
		return w.item(n, depth)
	case "ul", "ol", "menu":
		return w.list(n, depth)
	case "table":
		return w.table(n, depth)
	case "pre", "textarea":
		w.pre++
		defer func() { w.pre-- }()
		return w.block(n, depth)
	case "dd", "dt", "tr", "option":
		if err := w.flush(); err != nil {
			return err
		}
		w.close = n.PrevSibling != nil
		return w.block(n, depth)
	}
	if blocks(n.Data) {
		return w.block(n, depth)
	}
	if n.Data == "a" && attr(n, "role") == "doc-backlink" {
		return nil // an arrow
	}
	if n.Data == "sup" && (find(n, "a") != nil || n.Parent != nil && n.Parent.Data == "a") {
		w.text.WriteByte(' ') // the number of a note is no part of the word
	}
	return w.children(n, depth)
}

// unread says whether an element has no text of the page.
func unread(name string) bool {
	switch name {
	case "script", "style", "noscript", "template", "head", "svg", "canvas", "iframe", "object", "embed", "audio", "video",
		"nav", "button", "select", "input", "noframes", "noembed", "datalist", "dialog", "rp", "rt", "title",
		"annotation", "annotation-xml": // of a formula, which says the same
		return true
	}
	return false
}

func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return a.Val != "until-found"
		case "style":
			if s := strings.ToLower(strings.ReplaceAll(a.Val, " ", "")); strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

func blocks(name string) bool {
	switch name {
	case "address", "article", "aside", "blockquote", "body", "caption", "center", "details", "dir", "div", "dl", "fieldset",
		"figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "main", "p", "section", "summary",
		"tbody", "td", "tfoot", "th", "thead", "frameset", "optgroup":
		return true
	}
	return false
}

func (w *walker) block(n *html.Node, depth int) error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.children(n, depth); err != nil {
		return err
	}
	return w.flush()
}

// write adds text to the paragraph; outside of <pre> every run of white space is
// one blank.
func (w *walker) write(s string) {
	if w.pre > 0 {
		w.text.WriteString(s)
		return
	}
	blank := false
	for _, r := range s {
		switch r {
		case ' ', '\t', '\n', '\r', '\f':
			blank = true
			continue
		}
		if blank {
			w.text.WriteByte(' ')
			blank = false
		}
		w.text.WriteRune(r)
	}
	if blank {
		w.text.WriteByte(' ')
	}
}

// flush gives the paragraph that was read.
func (w *walker) flush() error {
	text := w.text.String()
	if strings.TrimSpace(text) == "" {
		w.text.Reset()
		return nil
	}
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if w.pre == 0 {
		text = oneBlank(text)
	}
	give := w.out.Paragraph
	if w.close {
		give = w.out.Line
	}
	err := give(w.mark + text)
	w.text.Reset()
	w.mark, w.close = "", false
	return err
}

// oneBlank joins the blanks where elements met and drops those around line ends.
func oneBlank(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.Join(strings.Fields(l), " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func (w *walker) heading(n *html.Node) error {
	if err := w.flush(); err != nil {
		return err
	}
	title := inlineText(n)
	if utf8.RuneCountInString(title) > 300 { // text in the wrong element
		return w.out.Paragraph(title)
	}
	return w.out.Heading(int(n.Data[1]-'0'), title)
}

func (w *walker) list(n *html.Node, depth int) error {
	if err := w.flush(); err != nil {
		return err
	}
	l := list{}
	if n.Data == "ol" {
		l.number = 1
		if start, err := strconv.Atoi(attr(n, "start")); err == nil && start > 0 {
			l.number = start
		}
	}
	w.lists = append(w.lists, l)
	err := w.block(n, depth)
	w.lists = w.lists[:len(w.lists)-1]
	return err
}

func (w *walker) item(n *html.Node, depth int) error {
	if err := w.flush(); err != nil {
		return err
	}
	mark := "• "
	if len(w.lists) > 0 {
		l := &w.lists[len(w.lists)-1]
		if l.number > 0 {
			mark = strconv.Itoa(l.number) + ". "
			l.number++
		}
		w.close = l.begun || len(w.lists) > 1
		l.begun = true
	}
	w.mark = strings.Repeat("  ", min(max(len(w.lists)-1, 0), 8)) + mark
	if err := w.block(n, depth); err != nil {
		return err
	}
	w.mark, w.close = "", false // of an item without text
	return nil
}

// table reads a table row by row. One that holds tables, headings or prose is
// there for the layout and is read as text.
func (w *walker) table(n *html.Node, depth int) error {
	if layout(n) {
		return w.block(n, depth)
	}
	if err := w.flush(); err != nil {
		return err
	}
	first := true
	for d := range n.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		var line string
		switch d.Data {
		case "caption":
			line = inlineText(d)
		case "tr":
			line = rowText(d)
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		give := w.out.Line
		if first {
			give = w.out.Paragraph
		}
		if err := give(line); err != nil {
			return err
		}
		first = false
	}
	return nil
}

func rowText(tr *html.Node) string {
	var cells []string
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
			cells = append(cells, inlineText(c))
		}
	}
	return strings.Join(cells, "\t")
}

func layout(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type != html.ElementNode {
			continue
		}
		switch d.Data {
		case "table", "h1", "h2", "h3":
			return true
		case "td":
			if letters(d, longCell) >= longCell {
				return true
			}
		}
	}
	return false
}

// inlineText returns the text in n on one line.
func inlineText(n *html.Node) string {
	var b strings.Builder
	writeInline(&b, n, 0)
	return strings.Join(strings.Fields(b.String()), " ")
}

func writeInline(b *strings.Builder, n *html.Node, depth int) {
	for c := n.FirstChild; c != nil && depth < maxNested; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type != html.ElementNode || unread(c.Data) || hidden(c):
		default:
			apart := c.Data == "br" || c.Data == "li" || c.Data == "tr" || blocks(c.Data)
			if apart {
				b.WriteByte(' ')
			}
			writeInline(b, c, depth+1)
			if apart {
				b.WriteByte(' ')
			}
		}
	}
}
