package markdown

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"marsa/corpus"
	"marsa/internal/extract"
)

func (r *renderer) block(n ast.Node, depth int) error {
	switch n := n.(type) {
	case *ast.Heading:
		title := oneLine(r.inline(n))
		if r.meta.Title == "" && n.Level == 1 {
			r.meta.Title, r.meta.TitleFrom = title, corpus.FromGuess
		}
		return r.out.Heading(n.Level, title)
	case *ast.List:
		return r.list(n, depth)
	case *ast.Blockquote, *east.DefinitionList, *east.DefinitionDescription:
		return r.blocks(n, depth+1)
	case *east.Table:
		return r.table(n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return r.out.Paragraph(strings.TrimRight(r.raw(n), "\n"))
	case *ast.HTMLBlock:
		closure := ""
		if n.HasClosure() {
			closure = string(n.ClosureLine.Value(r.source))
		}
		return r.out.Paragraph(untag(r.raw(n) + closure))
	case *ast.ThematicBreak, *east.FootnoteList, *ast.LinkReferenceDefinition:
		return nil
	}
	return r.out.Paragraph(r.inline(n))
}

func (r *renderer) list(l *ast.List, depth int) error {
	if depth > extract.MaxDepth {
		return fmt.Errorf("lists nested deeper than %d: %w", extract.MaxDepth, extract.ErrDamaged)
	}
	number := l.Start
	indent := strings.Repeat("  ", min(depth, 8))
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "• "
		if l.IsOrdered() {
			mark = fmt.Sprintf("%d%c ", number, l.Marker)
			number++
		}
		if err := r.item(item, l, indent+mark, depth); err != nil {
			return err
		}
	}
	return nil
}

// item writes an item of a list: its first text behind the mark, the rest as
// blocks of their own.
func (r *renderer) item(item ast.Node, l *ast.List, mark string, depth int) error {
	first := item.FirstChild()
	for c := first; c != nil; c = c.NextSibling() {
		_, tight := c.(*ast.TextBlock)
		_, loose := c.(*ast.Paragraph)
		var err error
		switch text := ""; {
		case tight || loose:
			text = r.inline(c)
			if c == first {
				text = mark + text
			}
			if c == first && item != l.FirstChild() {
				err = r.out.Line(text)
			} else if tight && depth > 0 {
				err = r.out.Line(text)
			} else {
				err = r.out.Paragraph(text)
			}
		default:
			if sub, ok := c.(*ast.List); ok {
				err = r.list(sub, depth+1)
			} else {
				err = r.block(c, depth+1)
			}
		}
		if err != nil {
			return err
		}
		r.giveNotes()
	}
	return nil
}

func (r *renderer) table(t *east.Table) error {
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cells = append(cells, oneLine(r.inline(c)))
		}
		line := strings.Join(cells, "\t")
		write := r.out.Line
		if row == t.FirstChild() {
			write = r.out.Paragraph
		}
		if err := write(line); err != nil {
			return err
		}
	}
	return nil
}

// raw returns the lines of a block as they stand.
func (r *renderer) raw(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(r.source))
	}
	return b.String()
}

// inline returns the text in a block or an inline element.
func (r *renderer) inline(n ast.Node) string {
	var b strings.Builder
	r.writeInline(&b, n, 0)
	return b.String()
}

func (r *renderer) writeInline(b *strings.Builder, n ast.Node, depth int) {
	if depth > extract.MaxDepth {
		return
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.WriteString(r.plain(c))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(r.source))
		case *ast.RawHTML:
			if tag := string(c.Segments.Value(r.source)); strings.HasPrefix(strings.ToLower(tag), "<br") {
				b.WriteByte('\n')
			}
		case *east.TaskCheckBox:
		case *east.FootnoteLink:
			r.useNote(c.Index)
		case *east.FootnoteBacklink:
		default:
			r.writeInline(b, c, depth+1)
		}
	}
}

// plain returns a stretch of text with its escapes and entities resolved.
func (r *renderer) plain(t *ast.Text) string {
	v := t.Value(r.source)
	if t.IsRaw() {
		return string(v)
	}
	if _, code := t.Parent().(*ast.CodeSpan); code {
		return string(v)
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(v))))
}

// footnotes finds the notes, which the parser puts at the end of the document.
func (r *renderer) footnotes(root ast.Node) map[int]ast.Node {
	notes := map[int]ast.Node{}
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		list, ok := c.(*east.FootnoteList)
		if !ok {
			continue
		}
		for n := list.FirstChild(); n != nil; n = n.NextSibling() {
			if note, ok := n.(*east.Footnote); ok {
				notes[note.Index] = note
			}
		}
	}
	return notes
}

// useNote keeps the text of a footnote for the end of the section that refers to
// it first.
func (r *renderer) useNote(index int) {
	n, ok := r.notes[index]
	if !ok {
		return
	}
	delete(r.notes, index) // before reading it: a note may refer to itself
	var parts []string
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		parts = append(parts, oneLine(r.inline(c)))
	}
	r.pend = append(r.pend, fmt.Sprintf("[%d] %s", index, strings.Join(parts, " ")))
}

// untag takes the tags out of HTML within Markdown.
func untag(s string) string {
	s = regexp.MustCompile(`(?is)<!--.*?-->|<(script|style)\b.*?</(script|style)>`).ReplaceAllString(s, "")
	s = regexp.MustCompile(`(?i)</(td|th)>`).ReplaceAllString(s, "\t")
	s = regexp.MustCompile(`(?s)<[a-zA-Z/!?][^>]*>`).ReplaceAllString(s, "")
	return strings.Trim(html.UnescapeString(s), "\n")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
