package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBesides(t *testing.T) {
	left := block{x0: 50, y0: 100, x1: 290, y1: 300, lines: 20, words: 120}
	right := block{x0: 310, y0: 120, x1: 550, y1: 310, lines: 18, words: 100}
	for _, c := range []struct {
		name   string
		blocks []block
		want   int
	}{
		{"two columns", []block{left, right}, 220},
		{"one under the other", []block{left, {x0: 310, y0: 320, x1: 550, y1: 600, lines: 18, words: 100}}, 0},
		{"a figure beside text", []block{left, {x0: 310, y0: 120, x1: 550, y1: 310, lines: 18, words: 20}}, 0},
		{"a line beside text", []block{left, {x0: 310, y0: 120, x1: 550, y1: 130, lines: 1, words: 9}}, 0},
		{"blocks that overlap", []block{left, {x0: 200, y0: 120, x1: 550, y1: 310, lines: 18, words: 100}}, 0},
	} {
		if got := besides(c.blocks); got != c.want {
			t.Errorf("%s: %d words; want %d", c.name, got, c.want)
		}
	}
}

func TestPickTakesAPageOfEachFileFirst(t *testing.T) {
	var got []int
	for _, c := range pick([][]columnPage{{{page: 1}, {page: 2}}, nil, {{page: 3}}}) {
		got = append(got, c.page)
	}
	if diff := cmp.Diff([]int{1, 3, 2}, got); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}

func TestBlocksOfAPage(t *testing.T) {
	p, err := findPoppler(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"columns-chromium": true, "en-chromium": false} {
		pages, err := p.blocks(t.Context(), "../extract/pdf/testdata/"+name+".pdf")
		if err != nil || len(pages) == 0 {
			t.Fatalf("%s: %d pages, %v", name, len(pages), err)
		}
		if n := besides(pages[0]); n > columnWords != want {
			t.Errorf("%s: %d words in columns", name, n)
		}
	}
}
