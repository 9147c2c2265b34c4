package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
)

// Table holds the extractors by the media type that they read.
type Table map[string]Extractor

// Stream reads a file and gives its pages to emit as they are read, in order
// and numbered from 1. It finds the format by content (name helps between text
// formats only), obeys the limits of this package and turns a panic of a reader
// into ErrCrashed; it cannot stop a reader that hangs, which is what
// extract/worker is for. The media type is given with errors too, when it is
// known.
func (t Table) Stream(ctx context.Context, name string, data []byte, emit func(corpus.Page) error) (*Meta, string, error) {
	mediaType, x, err := t.choose(name, data)
	if err != nil {
		return nil, mediaType, err
	}
	g := &gate{ctx: ctx, emit: emit, moved: map[int]int{}}
	m, err := guarded(ctx, x, data, g.page)
	if err == nil && !g.read {
		err = noText(m)
	}
	if err != nil {
		return g.meta(m), mediaType, err
	}
	return g.meta(m), mediaType, nil
}

// Extract reads a file and collects its pages. An error after pages were read
// makes the content Partial, with a warning that says so; an error is returned
// only when there is nothing to show.
func (t Table) Extract(ctx context.Context, name string, data []byte) (*Content, error) {
	c := &Content{State: corpus.Complete}
	m, mediaType, err := t.Stream(ctx, name, data, func(p corpus.Page) error {
		c.Pages = append(c.Pages, p)
		return nil
	})
	if m != nil {
		c.Meta = *m
	}
	c.MediaType = mediaType
	if err != nil {
		if err := c.EndedBy(err); err != nil {
			return nil, fmt.Errorf("extract %s: %w", name, err)
		}
	}
	return c, nil
}

// noText says that nothing was read, and why when the reader warned of it.
func noText(m *Meta) error {
	if m == nil || len(m.Warnings) == 0 {
		return ErrNoText
	}
	return fmt.Errorf("%w: %s", ErrNoText, m.Warnings[len(m.Warnings)-1])
}

// EndedBy notes that reading ended with err after the pages that c has. It
// returns err when they hold nothing worth keeping or when reading was
// cancelled, else nil.
func (c *Content) EndedBy(err error) error {
	worth := slices.ContainsFunc(c.Pages, func(p corpus.Page) bool {
		return p.Text != "" || p.Quality.State == corpus.Scan
	})
	if !worth || errors.Is(err, context.Canceled) {
		return err
	}
	c.State = corpus.Partial
	c.Warnings = append(c.Warnings, fmt.Sprintf("reading ended after page %d: %v", c.Pages[len(c.Pages)-1].Number, err))
	return nil
}

func (t Table) choose(name string, data []byte) (string, Extractor, error) {
	switch {
	case len(data) > MaxFile:
		return "", nil, fmt.Errorf("%d bytes, at most %d are read: %w", len(data), MaxFile, ErrTooLarge)
	case len(bytes.TrimSpace(data)) == 0:
		return "", nil, ErrEmpty
	}
	mediaType := Sniff(name, data)
	if mediaType == EncryptedOffice {
		return mediaType, nil, ErrPassword
	}
	if ext := falseName(name, mediaType); ext != "" {
		return mediaType, nil, fmt.Errorf("it is called %s and holds %s: %w", ext, FormatName(mediaType), ErrMismatch)
	}
	x, ok := t[mediaType]
	if !ok && mediaType == Zip {
		return mediaType, nil, unopened(data)
	}
	if !ok {
		return mediaType, nil, fmt.Errorf("%s: %w", FormatName(mediaType), ErrUnsupported)
	}
	return mediaType, x, nil
}

// unopened says what to do about a zip archive: those in folders are opened before
// they come here.
func unopened(data []byte) error {
	if _, err := OpenZip(data); err != nil {
		return err
	}
	return fmt.Errorf("zip archive, give it as a file whose name ends in .zip, and its members are read: %w", ErrUnsupported)
}

// falseName returns the ending of a name that promises a document of an office
// program or a PDF where there is only plain text: what is left of a download
// that failed or of a damaged file, and no document. Every other content is read
// as what it is, whatever the name.
func falseName(name, mediaType string) string {
	if mediaType != Text && mediaType != Markdown {
		return ""
	}
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".pdf", ".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".epub", ".zip":
		return ext
	}
	return ""
}

// guarded calls a reader of somebody else's bytes behind recover.
func guarded(ctx context.Context, x Extractor, data []byte, emit func(corpus.Page) error) (m *Meta, err error) {
	defer func() {
		if r := recover(); r != nil {
			m, err = nil, fmt.Errorf("%s: %w", CleanLine(fmt.Sprint(r), 200), ErrCrashed)
		}
	}()
	return x.Extract(ctx, data, emit)
}

// gate stands between an extractor and who wants its pages: every page passes
// its limits.
type gate struct {
	ctx   context.Context
	emit  func(corpus.Page) error
	count int         // pages given
	bytes int         // of text given
	moved map[int]int // the extractor's page number to ours, where they differ
	read  bool        // a page has text, or is a scan
	split bool
}

func (g *gate) page(p corpus.Page) error {
	if err := g.ctx.Err(); err != nil {
		return err
	}
	if len(p.Boxes) == 0 { // else the offsets of the boxes say what the text is
		p.Text = Clean(p.Text)
	}
	p.Label = CleanLine(p.Label, maxTitle)
	if p.Quality.State == "" {
		p.Quality.State = corpus.Complete
	}
	g.read = g.read || p.Text != "" || p.Quality.State == corpus.Scan
	if p.Number != g.count+1 {
		g.moved[p.Number] = g.count + 1
	}
	parts := splitPage(p)
	g.split = g.split || len(parts) > 1
	for _, part := range parts {
		if err := g.give(part); err != nil {
			return err
		}
	}
	return nil
}

func (g *gate) give(p corpus.Page) error {
	g.count++
	g.bytes += len(p.Text)
	switch {
	case g.count > MaxPages:
		return fmt.Errorf("more than %d pages: %w", MaxPages, ErrTooLarge)
	case g.bytes > MaxText:
		return fmt.Errorf("more than %d bytes of text: %w", MaxText, ErrTooLarge)
	}
	p.Number = g.count
	return g.emit(p)
}

// meta bounds and cleans what a file says of itself.
func (g *gate) meta(m *Meta) *Meta {
	if m == nil {
		m = &Meta{}
	}
	m.Title = CleanLine(m.Title, maxTitle)
	if m.Title == "" {
		m.TitleFrom = ""
	}
	m.Publisher = CleanLine(m.Publisher, maxTitle)
	m.Abstract = CleanLine(m.Abstract, MaxAbstract)
	m.Authors = lines(m.Authors, maxAuthors)
	m.Warnings = lines(m.Warnings, maxWarnings)
	if _, err := corpus.ParseDate(string(m.Issued)); err != nil {
		m.Issued = ""
	}
	m.Outline = g.outline(m.Outline)
	if g.split {
		m.Warnings = append(m.Warnings, fmt.Sprintf("a page of more than %d characters is given as several, so page numbers differ from the file's", MaxPageText))
	}
	return m
}

func (g *gate) outline(hs []corpus.Heading) []corpus.Heading {
	var out []corpus.Heading
	for _, h := range hs[:min(len(hs), maxOutline)] {
		if n, ok := g.moved[h.Page]; ok {
			h.Page = n
		}
		h.Title = CleanLine(h.Title, maxTitle)
		if h.Title == "" || h.Page < 1 || h.Page > g.count {
			continue
		}
		h.Level = max(h.Level, 1)
		out = append(out, h)
	}
	return out
}

func lines(in []string, most int) []string {
	var out []string
	for _, s := range in[:min(len(in), most)] {
		if s = CleanLine(s, maxTitle); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// splitPage cuts a page that is over MaxPageText at the end of a line or at a
// blank near the limit, if there is one.
func splitPage(p corpus.Page) []corpus.Page {
	if len(p.Text) <= MaxPageText || utf8.RuneCountInString(p.Text) <= MaxPageText {
		return []corpus.Page{p}
	}
	var parts []corpus.Page
	for at := 0; at < len(p.Text); {
		end := at + cutAt(p.Text[at:], MaxPageText)
		part := p
		part.Label = partLabel(p.Label, len(parts)+1)
		part.Text = strings.TrimRight(p.Text[at:end], " \n")
		part.Boxes = boxesIn(p.Boxes, at, end)
		parts = append(parts, part)
		at = end
	}
	return parts
}

// cutAt returns how many bytes of text to take so that they hold at most n
// characters, and end where a line or a word ends if that costs at most a tenth.
func cutAt(text string, n int) int {
	end := len(text)
	count := 0
	for i := range text {
		if count == n {
			end = i
			break
		}
		count++
	}
	if end == len(text) {
		return end
	}
	least := end - end/10
	for _, sep := range []string{"\n\n", "\n", " "} {
		if i := strings.LastIndex(text[least:end], sep); i >= 0 {
			return least + i + len(sep)
		}
	}
	return end
}

func boxesIn(boxes []corpus.Box, start, end int) []corpus.Box {
	var out []corpus.Box
	for _, b := range boxes {
		if b.Start >= start && b.End <= end {
			b.Start, b.End = b.Start-start, b.End-start
			out = append(out, b)
		}
	}
	return out
}
