// Package html reads web pages: their main content, cut at its headings, and
// what their metadata says. It is the only package that knows go-readability and
// the HTML parser of x/net.
package html

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"marsa/corpus"
	"marsa/internal/extract"
)

const (
	// maxSize is the largest HTML file that is read, in bytes.
	maxSize = 32 << 20
	// maxElements is how many elements a page may have for its main content to
	// be looked for; of a larger one all text is taken.
	maxElements = 200_000
	// leastContent is how many characters the main content has at least; else
	// it was not found, and all text is taken.
	leastContent = 250
)

// turn brings pages in Hebrew that are stored as they are shown into the order in
// which they are read.
func turn(doc *html.Node) {
	var texts []*html.Node
	var all strings.Builder
	for d := range doc.Descendants() {
		if d.Type == html.TextNode && d.Parent != nil && !unread(d.Parent.Data) {
			texts = append(texts, d)
			all.WriteString(d.Data)
			all.WriteByte('\n')
		}
	}
	if !extract.Visual(all.String()) {
		return
	}
	for _, t := range texts {
		t.Data = extract.TurnVisual(t.Data)
	}
}

// Extractor reads HTML in any encoding. A page is a section under a heading of
// level 1 to 3.
type Extractor struct{}

// Extract implements extract.Extractor.
func (Extractor) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	if len(data) > maxSize {
		return nil, fmt.Errorf("%d bytes of HTML: %w", len(data), extract.ErrTooLarge)
	}
	source := decode(data)
	doc, err := parse(source)
	if err != nil {
		m := &extract.Meta{Warnings: []string{"elements are nested too deep, so the page is read without its structure"}}
		out := &extract.Sections{Engine: "html/flat", Emit: emit}
		if err := flat(source, out); err != nil {
			return m, err
		}
		return m, out.Close()
	}
	turn(doc)
	m := readMeta(doc)
	w := &walker{ctx: ctx, out: &extract.Sections{Engine: "html", Emit: emit}}
	err = w.page(doc)
	if err == nil {
		err = w.out.Close()
	}
	m.Outline = w.out.Outline
	return m, err
}

// decode finds the encoding: what the bytes prove, then what the page declares,
// then what is likely.
func decode(data []byte) string {
	if text, _, ok := extract.DecodeMarked(data); ok {
		return text
	}
	if e, name := charset.Lookup(declared(data)); e != nil && name != "utf-8" {
		if out, err := e.NewDecoder().Bytes(data); err == nil {
			return string(out)
		}
	}
	text, _ := extract.Decode(data)
	return text
}

// declared returns the encoding that a page says it has. One of two bytes a
// character it cannot have, or this would not have been found.
func declared(data []byte) string {
	m := regexp.MustCompile(`(?i)<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)`).FindSubmatch(data[:min(len(data), 4096)])
	if m == nil || strings.HasPrefix(strings.ToLower(string(m[1])), "utf-16") {
		return ""
	}
	return string(m[1])
}

// parse parses a page. The parser refuses pages that are nested too deep, which
// old ones are that never close a tag, and has panicked in doing so.
func parse(source string) (doc *html.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("HTML: %v: %w", r, extract.ErrDamaged)
		}
	}()
	return html.ParseWithOptions(strings.NewReader(source), html.ParseOptionEnableScripting(false))
}

// Chapter reads a page that is part of a document, all of its body.
func Chapter(ctx context.Context, data []byte, out *extract.Sections) error {
	source := decode(data)
	doc, err := parse(source)
	if err != nil {
		return flat(source, out)
	}
	w := &walker{ctx: ctx, out: out}
	if body := find(doc, "body"); body != nil {
		doc = body
	}
	return w.block(doc, 0)
}

// flat gives the text of a page whose structure cannot be had.
func flat(source string, out *extract.Sections) error {
	z := html.NewTokenizer(strings.NewReader(source))
	for skip := ""; ; {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken:
			if name, _ := z.TagName(); unread(string(name)) {
				skip = string(name)
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == skip {
				skip = ""
			}
		case html.TextToken:
			if skip != "" {
				continue
			}
			if err := out.Line(strings.TrimSpace(string(z.Text()))); err != nil {
				return err
			}
		}
	}
}

// page reads the main content of a page, or the whole body. The search for the
// main content takes the heading of the page for part of its head: it is put
// back.
func (w *walker) page(doc *html.Node) error {
	body := find(doc, "body")
	if body == nil {
		body = doc
	}
	n := mainContent(doc)
	if n == nil || letters(n, leastContent) < leastContent {
		return w.block(body, 0)
	}
	if h := find(body, "h1"); h != nil && !hasHeading(n, inlineText(h)) {
		if err := w.heading(h); err != nil {
			return err
		}
	}
	return w.block(n, 0)
}

func hasHeading(n *html.Node, title string) bool {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && len(d.Data) == 2 && d.Data[0] == 'h' && inlineText(d) == title {
			return true
		}
	}
	return false
}

// mainContent asks the library, which works on a copy. It is somebody else's
// heuristics on a stranger's page: a panic is an answer too.
func mainContent(doc *html.Node) (n *html.Node) {
	defer func() {
		if r := recover(); r != nil {
			n = nil
		}
	}()
	p := readability.NewParser()
	p.MaxElemsToParse = maxElements
	p.DisableJSONLD = true
	article, err := p.ParseDocument(doc, nil)
	if err != nil {
		return nil
	}
	return article.Node
}

// letters counts the characters of text in n that are not blanks, up to about
// most.
func letters(n *html.Node, most int) int {
	count := 0
	for d := range n.Descendants() {
		if d.Type != html.TextNode || d.Parent != nil && unread(d.Parent.Data) {
			continue
		}
		for _, r := range d.Data {
			if !unicode.IsSpace(r) && r != utf8.RuneError {
				count++
			}
		}
		if count >= most {
			break
		}
	}
	return count
}

// find returns the first element with a name.
func find(n *html.Node, name string) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.Data == name {
			return d
		}
	}
	return nil
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
