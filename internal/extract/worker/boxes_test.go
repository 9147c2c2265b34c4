package worker

import (
	"bytes"
	"errors"
	"math"
	"slices"
	"testing"

	"marsa/corpus"
	"marsa/internal/extract"
)

func TestBoxesPassThroughFrames(t *testing.T) {
	page := corpus.Page{Number: 1, Text: "two words", Boxes: []corpus.Box{{Start: 0, End: 3, X: .1, Y: .2, W: .3, H: .04}, {Start: 4, End: 9, X: .5, Y: .2, W: .3, H: .04}}}
	var pipe bytes.Buffer
	if err := writePage(&pipe, 7, page); err != nil {
		t.Fatal(err)
	}
	var got answer
	for pipe.Len() > 0 {
		f, err := readFrame(&pipe, maxFrame)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := accept(&got, f); err != nil {
			t.Fatal(err)
		}
	}
	if len(got.Pages) != 1 || got.Pages[0].Text != page.Text || !slices.Equal(got.Pages[0].Boxes, page.Boxes) {
		t.Errorf("got %+v, want %+v", got.Pages, page)
	}
}

func TestBoxesOfATakenOverChildAreRefused(t *testing.T) {
	good := corpus.Box{Start: 1, End: 3, X: .1, Y: .1, W: .1, H: .1}
	for name, box := range map[string]corpus.Box{
		"backwards":    {Start: 3, End: 1},
		"after text":   {Start: 1, End: 5},
		"no number":    {Start: 1, End: 3, X: float32(math.NaN())},
		"no end":       {Start: 1, End: 3, W: float32(math.Inf(1))},
		"larger by 32": {Start: 1 << 31, End: 1<<31 + 1},
	} {
		if _, err := unpackBoxes(packBoxes([]corpus.Box{good, box}), 4); !errors.Is(err, errFrame) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := unpackBoxes(packBoxes([]corpus.Box{good})[:boxSize-1], 4); !errors.Is(err, errFrame) {
		t.Errorf("cut: %v", err)
	}
	for name, got := range map[string]answer{
		"before any page": {},
		"twice":           {Content: extract.Content{Pages: []corpus.Page{{Number: 1, Text: "text", Boxes: []corpus.Box{good}}}}},
	} {
		if _, err := accept(&got, frame{kindBoxes, 1, packBoxes([]corpus.Box{good})}); !errors.Is(err, errFrame) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
