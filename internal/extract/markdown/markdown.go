// Package markdown reads Markdown with the tables, footnotes and bare links of
// GitHub, and the YAML in front of it. It gives the text that a reader of the
// printed document would see, without markup. It is the only package that knows
// goldmark.
package markdown

import (
	"context"
	"fmt"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/yamldoc"
)

// maxSize is the largest Markdown file that is read, in bytes.
const maxSize = 32 << 20

// Extractor reads Markdown. A page is a section under a heading of level 1 to 3.
type Extractor struct{}

// Extract implements extract.Extractor.
func (Extractor) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	if len(data) > maxSize {
		return nil, fmt.Errorf("%d bytes of Markdown: %w", len(data), extract.ErrTooLarge)
	}
	decoded, _ := extract.Decode(data)
	front, body := yamldoc.SplitFrontMatter([]byte(decoded))
	m := &extract.Meta{}
	if front != nil {
		readFront(front, m)
	}
	root := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList)).
		Parser().Parse(text.NewReader(body))
	r := &renderer{
		ctx: ctx, source: body, meta: m,
		out: extract.Sections{Engine: "markdown", Emit: emit},
	}
	r.notes = r.footnotes(root)
	err := r.blocks(root, 0)
	if err == nil {
		err = r.out.Close()
	}
	m.Outline = r.out.Outline
	return m, err
}

// renderer walks the tree of a document.
type renderer struct {
	ctx    context.Context
	source []byte
	meta   *extract.Meta
	out    extract.Sections
	notes  map[int]ast.Node // footnotes by number, until they are used
	pend   []string         // footnotes of the block that is being read
}

// blocks writes the blocks in n.
func (r *renderer) blocks(n ast.Node, depth int) error {
	if depth > extract.MaxDepth {
		return fmt.Errorf("blocks nested deeper than %d: %w", extract.MaxDepth, extract.ErrDamaged)
	}
	if err := r.ctx.Err(); err != nil {
		return err
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if err := r.block(c, depth); err != nil {
			return err
		}
		r.giveNotes()
	}
	return nil
}

func (r *renderer) giveNotes() {
	for _, n := range r.pend {
		r.out.Note(n)
	}
	r.pend = nil
}
