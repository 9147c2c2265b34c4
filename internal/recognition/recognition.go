// Package recognition gives text to pages that are only pictures, or whose text
// is not language. It knows which pages need it, in which language they are
// looked at, and what is kept of the answer; how a page is drawn and how a
// picture is read is done by others.
package recognition

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/tesseract"
)

const (
	// doubtful and useless are confidences under which a page is marked, and under
	// which it is not searched. Printed pages have .85 and more, and noise that is
	// taken for letters has .3.
	doubtful = .7
	useless  = .4
	// muchMore times the words that a page has beside its picture make the picture a
	// page of text.
	muchMore = 3

	pictureQuality = 90 // of the JPEG: less blurs small print
	posterWidth    = 3000
	// mostFailures pages of a document may fail; then the rest is not tried any more.
	mostFailures = 3
)

// Drawer draws a page of a PDF as a JPEG. extract/worker.Pool is one.
type Drawer interface {
	Draw(ctx context.Context, pdf []byte, p extract.Picture) ([]byte, error)
}

// Reader reads a picture of text. tesseract.Program is one.
type Reader interface {
	Read(ctx context.Context, picture []byte, langs ...corpus.Lang) (*tesseract.Reading, error)
	Reads(corpus.Lang) bool
}

// Recognizer reads pages that need it. It is safe for concurrent use.
type Recognizer struct {
	Drawer Drawer
	Reader Reader
}

// Needs says whether a page is to be looked at: one that has no text, or letters
// that are no language, and was not looked at yet.
func (r *Recognizer) Needs(q corpus.Quality) bool {
	switch q.State {
	case corpus.Scan:
		return q.Reason == corpus.ReasonImage
	case corpus.Suspicious:
		return q.Reason == corpus.ReasonPicture
	case corpus.Unreadable:
		return q.Reason == corpus.ReasonLanguage || q.Reason == corpus.ReasonGlyphs
	}
	return false
}

// Recognize reads the pages of a PDF that need it and puts the text into c. langs
// are the languages that the record of the document names. step is called after
// each page. What could not be read is a warning in c; an error is returned only
// when ctx ended.
func (r *Recognizer) Recognize(ctx context.Context, c *extract.Content, pdf []byte, langs []corpus.Lang, step func(done, all int)) error {
	if c.MediaType != extract.PDF {
		return nil
	}
	d := &document{Recognizer: r, content: c, pdf: pdf}
	for i := range c.Pages {
		if r.Needs(c.Pages[i].Quality) {
			d.pages = append(d.pages, &c.Pages[i])
		}
	}
	if len(d.pages) == 0 {
		return nil
	}
	m, err := d.manner(ctx, langs)
	if err != nil || len(m.langs) == 0 {
		return err
	}
	failures := 0
	for i, p := range d.pages {
		err := d.read(ctx, p, m)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			failures++
			p.Quality.Reason = corpus.ReasonFailed
			d.warn(fmt.Sprintf("Page %d could not be recognised: %v.", p.Number, err))
		}
		if failures == mostFailures {
			d.giveUp(d.pages[i+1:])
			return nil
		}
		step(i+1, len(d.pages))
	}
	return nil
}

// giveUp marks pages that are not tried, so that they are not tried each time.
func (d *document) giveUp(pages []*corpus.Page) {
	for _, p := range pages {
		p.Quality.Reason = corpus.ReasonFailed
	}
}

// document is one whose pages are being read.
type document struct {
	*Recognizer
	content *extract.Content
	pdf     []byte
	pages   []*corpus.Page // those that need it
}

func (d *document) warn(sentence string) {
	d.content.Warnings = append(d.content.Warnings, sentence)
}

// read reads a page and keeps what is better than what it has.
func (d *document) read(ctx context.Context, p *corpus.Page, m manner) error {
	reading, err := d.look(ctx, p.Number, m)
	if err != nil {
		return err
	}
	switch {
	case p.Quality.State == corpus.Suspicious && (reading.Words < muchMore*len(strings.Fields(p.Text)) || reading.Confidence < useless):
		p.Quality.State, p.Quality.Reason = corpus.Complete, "" // the picture is one, and the words are all there are
		return nil
	case reading.Words == 0 && p.Quality.State == corpus.Scan:
		p.Quality.Reason = corpus.ReasonNoText
		return nil
	case reading.Words == 0, reading.Confidence < useless && p.Quality.State == corpus.Unreadable:
		return nil
	}
	q := corpus.Quality{State: corpus.OCR, Engine: tesseract.Engine, Confidence: reading.Confidence}
	switch {
	case reading.Confidence < useless:
		q.State, q.Reason = corpus.Unreadable, corpus.ReasonLowConfidence
	case reading.Confidence < doubtful:
		q.Reason = corpus.ReasonLowConfidence
	}
	p.Text, p.Boxes, p.Running, p.Quality = reading.Text, reading.Boxes, nil, q
	return nil
}

func (d *document) look(ctx context.Context, number int, m manner) (*tesseract.Reading, error) {
	picture, err := d.Drawer.Draw(ctx, d.pdf, extract.Picture{Page: number, DPI: m.dpi, Quality: pictureQuality})
	if errors.Is(err, extract.ErrTooLarge) { // a poster or a map
		picture, err = d.Drawer.Draw(ctx, d.pdf, extract.Picture{Page: number, Width: posterWidth, Quality: pictureQuality})
	}
	if err != nil {
		return nil, err
	}
	reading, err := d.Reader.Read(ctx, picture, m.langs...)
	if errors.Is(err, extract.ErrTooLarge) {
		return &tesseract.Reading{}, nil
	}
	return reading, err
}
