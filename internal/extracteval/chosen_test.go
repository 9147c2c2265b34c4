package main

import (
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/internal/extract/pdf"
)

func TestChoices(t *testing.T) {
	known := strings.Fields("a b c d e f g h i j")
	worse := strings.Fields("j i h g f e d c b a")
	ours, theirs := page{quality: corpus.Quality{Engine: pdf.Engine}}, page{quality: corpus.Quality{Engine: pdf.SecondEngine}}
	var c choices
	c.page("both the same", ours, known, known, known, 10)
	c.page("ours is better and chosen", ours, known, worse, known, 10)
	c.page("theirs is better and chosen", theirs, worse, known, known, 10)
	c.page("theirs is better and ours chosen", ours, worse, known, known, 10)
	c.page("as bad as each other", ours, strings.Fields("x y"), strings.Fields("y z"), known, 10)
	want := choices{pages: 5, differ: 4, equal: 1, right: 2, ours: 1, wrongest: "theirs is better and ours chosen", worst: .9}
	if c != want {
		t.Errorf("%+v\nwant %+v", c, want)
	}
}
