package pdfium

import (
	"slices"
	"strings"

	"marsa/corpus"
)

// wideLeading times the usual distance between two lines parts paragraphs.
const wideLeading = 1.35

// paragraphs puts a blank line between lines that stand further apart than most
// lines of the page do, which pdfium does not say. The boxes move with their
// words.
func paragraphs(text string, boxes []corpus.Box) (string, []corpus.Box) {
	lines := strings.Split(text, "\n")
	feet := lineFeet(lines, boxes)
	usual := usualDistance(feet)
	if usual == 0 {
		return text, boxes
	}
	var b strings.Builder
	moved := slices.Clone(boxes)
	at, start := 0, 0
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
			if down := feet[i] - feet[i-1]; feet[i] > 0 && feet[i-1] > 0 && down > wideLeading*usual {
				b.WriteByte('\n')
			}
		}
		shift := b.Len() - start
		for ; at < len(moved) && moved[at].Start < start+len(l)+1; at++ {
			moved[at].Start += shift
			moved[at].End += shift
		}
		b.WriteString(l)
		start += len(l) + 1
	}
	return b.String(), moved
}

// lineFeet returns how far down the page each line stands: the middle one of the
// lower edges of its words, 0 where no word has a place.
func lineFeet(lines []string, boxes []corpus.Box) []float64 {
	feet := make([]float64, len(lines))
	at, start := 0, 0
	for i, l := range lines {
		end := start + len(l)
		var edges []float64
		for ; at < len(boxes) && boxes[at].Start <= end; at++ {
			edges = append(edges, float64(boxes[at].Y+boxes[at].H))
		}
		if len(edges) > 0 {
			slices.Sort(edges)
			feet[i] = edges[len(edges)/2]
		}
		start = end + 1
	}
	return feet
}

// usualDistance is the middle one of the distances between lines that follow each
// other down the page.
func usualDistance(feet []float64) float64 {
	var down []float64
	for i := 1; i < len(feet); i++ {
		if feet[i-1] > 0 && feet[i] > feet[i-1] {
			down = append(down, feet[i]-feet[i-1])
		}
	}
	if len(down) < 2 {
		return 0
	}
	slices.Sort(down)
	return down[(len(down)-1)/2]
}
