package pdf

import "marsa/corpus"

// agreed is the agreement from which the two readers are taken to have read the
// same, and our text is kept: it has its columns and its Arabic in order.
const agreed = .9

// mostFailures is how many pages of a file the second reader may fail to read
// before it is no longer asked.
const mostFailures = 3

// rival is the second reader of a file that the first has open. Nil is none.
type rival struct {
	file   SecondFile
	failed int // pages
}

// newRival returns the second reader of a file with so many pages. One that
// counts other pages than we do cannot be compared page by page.
func newRival(f SecondFile, pages int) *rival {
	if f == nil || f.Pages() != pages {
		return nil
	}
	return &rival{file: f}
}

// choose compares a page with what the second reader makes of it, and keeps the
// better text. When the second reader fails, the page stays what it is.
func (r *rival) choose(pg corpus.Page, i int) corpus.Page {
	if r == nil || r.failed >= mostFailures {
		return pg
	}
	text, err := r.file.Text(i)
	if err != nil {
		r.failed++
		return pg
	}
	pg.Quality.Agreement = agreement(pg.Text, text)
	if pg.Quality.Agreement >= agreed || !better(text, pg.Text) {
		return pg
	}
	other, err := pageOfSecond(r.file, i)
	if err != nil || other.Text == "" {
		return pg
	}
	other.Quality.Agreement = pg.Quality.Agreement
	return other
}
