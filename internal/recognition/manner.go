package recognition

import (
	"context"
	"fmt"
	"slices"

	"marsa/corpus"
	"marsa/internal/lang"
)

// manner is how the pages of a document are looked at.
type manner struct {
	langs []corpus.Lang // the likeliest first
	dpi   int
}

const (
	// Measured on real scans: Arabic is read best alone and from small pictures
	// (.89 to .99 of the words at 150 dpi, fewer at 300 or beside other languages);
	// Latin script gains from larger ones.
	arabicDPI = 150
	latinDPI  = 300
	// firstPages are how many pages are tried to find out the language.
	firstPages = 3
)

// usual are the languages that are tried when nothing is known of a document.
var usual = []corpus.Lang{"en", "fr", "ar"}

// mannerOf returns how pages in given languages are looked at: one that is
// written from right to left alone, others together.
func mannerOf(langs []corpus.Lang) manner {
	if len(langs) > 0 && langs[0].RTL() {
		return manner{langs[:1], arabicDPI}
	}
	return manner{slices.DeleteFunc(slices.Clone(langs), corpus.Lang.RTL), latinDPI}
}

// manner finds the languages of the document: those of its record, else that of
// its other pages, else what a first look at it says.
func (d *document) manner(ctx context.Context, record []corpus.Lang) (manner, error) {
	for _, known := range [][]corpus.Lang{record, d.otherPages()} {
		if langs := d.readable(known); len(langs) > 0 {
			return mannerOf(langs), nil
		}
		if len(known) > 0 {
			d.warn(fmt.Sprintf("Text recognition has no data for the language %q: install it and take the file in again.", known[0]))
		}
	}
	langs, err := d.firstLook(ctx)
	return mannerOf(langs), err
}

func (d *document) readable(langs []corpus.Lang) []corpus.Lang {
	return slices.DeleteFunc(slices.Clone(langs), func(l corpus.Lang) bool { return !d.Reader.Reads(l) })
}

// otherPages returns the language of most pages that have text of their own: the
// address on a scanned page says nothing of what was scanned.
func (d *document) otherPages() []corpus.Lang {
	size := map[corpus.Lang]int{}
	var most corpus.Lang
	for _, p := range d.content.Pages {
		if !p.Quality.State.Searchable() || d.Needs(p.Quality) {
			continue
		}
		l := lang.Detect(p.Text)
		if size[l] += len(p.Text); l != "" && size[l] > size[most] {
			most = l
		}
	}
	if most == "" {
		return nil
	}
	return []corpus.Lang{most}
}

// firstLook reads the first pages in every usual language at once, which is
// enough to tell which one they are in. When that fails, they stay what is tried.
func (d *document) firstLook(ctx context.Context) ([]corpus.Lang, error) {
	tried := d.readable(usual)
	if len(tried) < 2 {
		return tried, nil
	}
	for _, p := range d.pages[:min(firstPages, len(d.pages))] {
		reading, err := d.look(ctx, p.Number, manner{tried, arabicDPI})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil || reading.Confidence < doubtful {
			continue // the page will say so when it is read
		}
		l := lang.Detect(reading.Text)
		if d.Reader.Reads(l) {
			return []corpus.Lang{l}, nil
		}
		if l != "" {
			d.warn(fmt.Sprintf("Text recognition has no data for the language %q: install it and take the file in again.", l))
			break
		}
	}
	return tried, nil
}
