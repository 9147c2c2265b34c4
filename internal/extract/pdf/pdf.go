// Package pdf reads the text of PDF files. It knows fonts, encodings, the
// operators that draw text, and how glyphs on a page become words, lines and
// paragraphs in reading order, from left to right and from right to left. Where
// a second reader is given, it says whose text of a page is kept. It takes
// cross-references, objects and decryption from ledongthuc/pdf, and knows
// nothing of pictures, of recognising text in them, nor of other formats.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
)

// The names under which pages say who read them.
const (
	Engine       = "marsa"
	SecondEngine = "pdfium"
)

const (
	maxWarnings  = 100
	warnRepaired = "The table of objects was damaged and was built anew."
)

// Extractor reads PDF files. The zero value is ready to use, and reads alone.
type Extractor struct {
	Second Second // nil for none
}

// Extract reads data page by page. Nothing in the file makes it panic; a page
// that cannot be read is given without text and says so.
func (x Extractor) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	second, secondErr := x.openSecond(data)
	if second != nil {
		defer second.Close()
	}
	f, leaves, err := openPages(ctx, data)
	switch {
	case err == nil:
	case ctx.Err() == nil && second != nil:
		return readSecond(ctx, second, err, emit)
	case errors.Is(secondErr, extract.ErrPassword):
		return nil, secondErr
	default:
		return nil, err
	}
	if second != nil && readsMore(second, len(leaves)) {
		return readSecond(ctx, second, nil, emit)
	}
	other := newRival(second, len(leaves))
	labels := f.labels(len(leaves))
	m := &extract.Meta{}
	if f.repaired {
		m.Warnings = append(m.Warnings, warnRepaired)
	}
	var first []textLine
	for i := range leaves {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		pg, lines, warning := f.read(ctx, leaves[i])
		if pg.Quality.Reason == corpus.ReasonDamaged && !f.repaired {
			if f2, leaves2, ok := f.repair(ctx, len(leaves)); ok {
				f, leaves = f2, leaves2
				m.Warnings = append(m.Warnings, warnRepaired)
				pg, lines, warning = f.read(ctx, leaves[i])
			}
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		pg = other.choose(pg, i)
		pg.Number, pg.Label = i+1, labels[i]
		if warning != "" && len(m.Warnings) < maxWarnings {
			m.Warnings = append(m.Warnings, fmt.Sprintf("Page %d: %s.", i+1, warning))
		}
		if i == 0 {
			first = lines
		}
		if err := emit(pg); err != nil {
			return nil, err
		}
	}
	f.describe(m, leaves, first)
	return m, f.tooMany
}

// openPages opens a file and finds its pages.
func openPages(ctx context.Context, data []byte) (*file, []leaf, error) {
	f, err := open(ctx, data)
	if err != nil {
		return nil, nil, err
	}
	leaves, err := f.pages(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the page tree: %w", err)
	}
	return f, leaves, nil
}

// repair opens the file once more with a table of objects built anew, when a
// page cannot be read with the one it has.
func (f *file) repair(ctx context.Context, pages int) (*file, []leaf, bool) {
	if f.triedRepair {
		return nil, nil, false
	}
	f.triedRepair = true
	data, err := rebuild(f.data)
	if err != nil {
		return nil, nil, false
	}
	f2, err := openAsIs(ctx, data)
	if err != nil {
		return nil, nil, false
	}
	f2.repaired = true
	leaves, err := f2.pages(ctx)
	if err != nil || len(leaves) != pages {
		return nil, nil, false
	}
	return f2, leaves, true
}

// read reads one page. The reader panics on broken objects; then the page is
// damaged and the next goes on.
func (f *file) read(ctx context.Context, lf leaf) (pg corpus.Page, lines []textLine, warning string) {
	damaged := corpus.Page{Quality: corpus.Quality{State: corpus.Unreadable, Engine: Engine, Reason: corpus.ReasonDamaged}}
	if lf.damaged {
		return damaged, nil, "it cannot be read"
	}
	defer func() {
		if x := recover(); x != nil {
			pg, lines, warning = damaged, nil, fmt.Sprintf("it cannot be read: %v", x)
		}
	}()
	p, base := f.newPage(ctx, lf)
	err := p.drawContents(lf, base)
	quietly(func() {
		if annotErr := p.drawAnnotations(lf, base); err == nil {
			err = annotErr
		}
	})
	lines = p.layOut()
	w := &writer{w: p.width, h: p.height}
	shown := make([]textLine, len(lines))
	copy(shown, lines)
	w.write(shown)
	pg.Text = strings.TrimSpace(w.b.String())
	pg.Boxes = w.boxes
	pg.Quality = p.quality(pg.Text)
	if p.damaged && pg.Quality.State == corpus.Complete {
		pg.Quality.State, pg.Quality.Reason = corpus.Partial, corpus.ReasonDamaged
		warning = "a font of it cannot be read, and letters may be wrong"
	}
	if err != nil {
		warning = err.Error()
		pg.Quality.State, pg.Quality.Reason = corpus.Partial, corpus.ReasonDamaged
		if isLimit(err) {
			pg.Quality.Reason = corpus.ReasonTooLarge
		}
		if pg.Text == "" {
			pg.Quality.State = corpus.Unreadable
		}
	}
	return pg, lines, warning
}

func isLimit(err error) bool {
	return errors.Is(err, errBomb) || errors.Is(err, errGlyphs) || errors.Is(err, errOperators) || errors.Is(err, errForms)
}
