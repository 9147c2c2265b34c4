// Package text reads plain text in any encoding. It knows form feeds and
// paragraphs and no markup.
package text

import (
	"context"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/internal/extract"
)

// pageText is about how many characters make a page of a text that has no form
// feeds: a printed page.
const pageText = 3_000

// Extractor reads plain text. Form feeds end pages; a text without any, and a
// page that is longer than several printed ones, is cut at the ends of
// paragraphs, or of lines when it has no paragraphs.
type Extractor struct{}

// Extract implements extract.Extractor.
func (Extractor) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	text, charset := extract.Decode(data)
	if extract.Visual(text) {
		text = extract.TurnVisual(text)
	}
	number := 0
	give := func(text string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		number++
		return emit(corpus.Page{
			Number: number, Text: text,
			Quality: corpus.Quality{State: corpus.Complete, Engine: "text/" + charset},
		})
	}
	sheets := strings.Split(strings.TrimRight(text, "\f \r\n\t\x1a"), "\f")
	for _, sheet := range sheets {
		// An empty sheet stays a page, so that numbers are those of the print.
		clean := extract.Clean(sheet)
		most := pageText
		if len(sheets) > 1 {
			most = 4 * pageText
		}
		for {
			var page string
			page, clean = cut(clean, most)
			if err := give(page); err != nil {
				return nil, err
			}
			if clean == "" {
				break
			}
		}
	}
	return &extract.Meta{}, nil
}

// cut splits off a page of at most max characters when text is longer than that
// by more than a third: at the last paragraph border in its second half, else at
// the last line end or blank there.
func cut(text string, max int) (page, rest string) {
	if !longer(text, max+max/3) {
		return text, ""
	}
	half, end := offset(text, max/2), offset(text, max)
	for _, sep := range []string{"\n\n", "\n", " "} {
		if i := strings.LastIndex(text[half:end], sep); i >= 0 {
			return text[:half+i], strings.TrimLeft(text[half+i:], "\n ")
		}
	}
	return text[:end], text[end:]
}

// longer says whether text has more than n characters, without counting those of
// a text that is far longer.
func longer(text string, n int) bool {
	return len(text) > n*utf8.UTFMax || len(text) > n && utf8.RuneCountInString(text) > n
}

// offset returns the byte offset of the n-th character.
func offset(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}
