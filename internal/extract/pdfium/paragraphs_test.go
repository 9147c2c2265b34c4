package pdfium

import (
	"strings"
	"testing"

	"marsa/corpus"
)

// place gives each word of a text a box; feet are the lower edges of its lines.
func place(text string, feet ...float32) []corpus.Box {
	var boxes []corpus.Box
	start := 0
	for i, line := range strings.Split(text, "\n") {
		for at := 0; at < len(line); {
			n := len(line) - at
			if k := strings.IndexByte(line[at:], ' '); k >= 0 {
				n = k
			}
			boxes = append(boxes, corpus.Box{Start: start + at, End: start + at + n, Y: feet[i] - .01, H: .01, W: .1})
			at += n + 1
		}
		start += len(line) + 1
	}
	return boxes
}

func TestParagraphsArePartedByWhite(t *testing.T) {
	tests := []struct {
		name, text string
		feet       []float32
		want       string
	}{
		{"a wider gap", "one two\nthree\nfour\nfive six", []float32{.1, .12, .16, .18}, "one two\nthree\n\nfour\nfive six"},
		{"even lines", "one\ntwo\nthree", []float32{.1, .12, .14}, "one\ntwo\nthree"},
		{"the next column", "one\ntwo\nthree\nfour", []float32{.8, .82, .1, .12}, "one\ntwo\nthree\nfour"},
		{"too few lines", "one\ntwo", []float32{.1, .5}, "one\ntwo"},
	}
	for _, tt := range tests {
		boxes := place(tt.text, tt.feet...)
		got, moved := paragraphs(tt.text, boxes)
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		for i, b := range moved {
			if was, is := tt.text[boxes[i].Start:boxes[i].End], got[b.Start:b.End]; was != is {
				t.Errorf("%s: the box of %q is at %q", tt.name, was, is)
			}
		}
	}
	if got, _ := paragraphs("no boxes\nat all\nhere", nil); got != "no boxes\nat all\nhere" {
		t.Errorf("without boxes: %q", got)
	}
}
