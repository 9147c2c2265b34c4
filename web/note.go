package web

import "marsa/corpus"

// inShortView is a note to a page.
type inShortView struct {
	Lang corpus.Lang
	Text string
}

// inShort is the note to a page for a reader: in the reader's language, where the page
// is in another. It is nil where there is none.
func inShort(d *corpus.Document, number int, page, l corpus.Lang) *inShortView {
	if text := d.Note(number, l); text != "" && page != l {
		return &inShortView{l, text}
	}
	return nil
}
