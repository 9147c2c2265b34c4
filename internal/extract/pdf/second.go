package pdf

import (
	"context"
	"fmt"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
)

// Second is another reader of PDF files, which reads every page too. Where the
// two do not agree, the better text is kept.
type Second interface {
	Load(cache string) error
	Open(data []byte) (SecondFile, error)
}

// SecondFile is a file that the second reader has open. Pages count from 0 and
// texts are in the normal form. An error of a page says nothing of the next,
// but that of a reader that broke down repeats.
type SecondFile interface {
	Pages() int
	Text(page int) (string, error)
	Words(page int) (string, []corpus.Box, error) // the text, and where its words stand
	Pictures(page int) float64                    // the share of the page that pictures cover
	Labels() []string
	Meta() *extract.Meta
	Draw(p extract.Picture) ([]byte, error)
	Close()
}

var _ extract.Engine = Extractor{}

// Load makes the second reader ready.
func (x Extractor) Load(cache string) error {
	if x.Second == nil {
		return nil
	}
	return x.Second.Load(cache)
}

// Alone is the extractor without the second reader.
func (x Extractor) Alone() extract.Extractor { return Extractor{} }

// Draw draws a page with the second reader.
func (x Extractor) Draw(data []byte, p extract.Picture) ([]byte, error) {
	if x.Second == nil {
		return nil, fmt.Errorf("there is nothing to draw with: %w", extract.ErrUnsupported)
	}
	f, err := x.Second.Open(data)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Draw(p)
}

// openSecond opens a file with the second reader. Without one, or when it cannot
// open the file, there is none.
func (x Extractor) openSecond(data []byte) (SecondFile, error) {
	if x.Second == nil {
		return nil, nil
	}
	return x.Second.Open(data)
}

// readsMore says whether the second reader finds pages that the first lost. The
// number alone proves nothing: a file may promise pages that are not there.
func readsMore(f SecondFile, pages int) bool {
	if f.Pages() <= pages {
		return false
	}
	_, err := f.Text(f.Pages() - 1)
	return err == nil
}

// readSecond reads with the second reader what the first refuses.
func readSecond(ctx context.Context, f SecondFile, refused error, emit func(corpus.Page) error) (*extract.Meta, error) {
	m, labels := honest(f.Meta()), f.Labels()
	read := false
	for i := range f.Pages() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		pg, err := pageOfSecond(f, i)
		if err != nil && len(m.Warnings) < maxWarnings {
			m.Warnings = append(m.Warnings, fmt.Sprintf("Page %d: it cannot be read.", i+1))
		}
		read = read || err == nil
		pg.Number = i + 1
		if i < len(labels) {
			pg.Label = labels[i]
		}
		if err := emit(pg); err != nil {
			return nil, err
		}
	}
	if !read && refused != nil {
		return nil, refused
	}
	return m, nil
}

// honest leaves out of what a file says of itself what names a program, a file or
// nobody.
func honest(m *extract.Meta) *extract.Meta {
	if m.Title = honestTitle(m.Title); m.Title == "" {
		m.TitleFrom = ""
	}
	m.Authors = authors(strings.Join(m.Authors, ";"))
	return m
}

// pageOfSecond reads a page with the second reader alone.
func pageOfSecond(f SecondFile, i int) (corpus.Page, error) {
	text, boxes, err := f.Words(i)
	switch {
	case err != nil:
		return corpus.Page{Quality: corpus.Quality{State: corpus.Unreadable, Engine: SecondEngine, Reason: corpus.ReasonDamaged}}, err
	case text == "" && f.Pictures(i) >= pictureShare:
		return corpus.Page{Quality: corpus.Quality{State: corpus.Scan, Engine: SecondEngine, Reason: corpus.ReasonImage}}, nil
	}
	return corpus.Page{Text: text, Boxes: boxes, Quality: judge(text, SecondEngine)}, nil
}
