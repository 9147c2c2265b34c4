package extract

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

// pageOf makes a page of lines that stand at given shares of its height; the
// words of "0.05 Official Gazette".
func pageOf(number int, lines ...string) corpus.Page {
	p := corpus.Page{Number: number, Quality: corpus.Quality{State: corpus.Complete}}
	for i, l := range lines {
		var y float32
		at, text, _ := strings.Cut(l, " ")
		fmt.Sscan(at, &y)
		if i > 0 {
			p.Text += "\n"
		}
		start := len(p.Text)
		p.Text += text
		p.Boxes = append(p.Boxes, corpus.Box{Start: start, End: len(p.Text), X: .1, Y: y, W: .5, H: .01})
	}
	return p
}

func TestPrintedPageNumbers(t *testing.T) {
	var pages []corpus.Page
	for i, lines := range [][]string{
		{".3 cover"}, {".3 one", ".95 – ii –"}, {".3 two", ".95 – iii –"}, {".3 three", ".95 – iv –"},
		{".3 four", ".95 1"}, {".3 five"}, {".3 six", ".95 3"}, {".3 seven", ".95 4"}, {".3 eight", ".95 2009"},
	} {
		pages = append(pages, pageOf(i+1, lines...))
	}
	pages[6].Label = "C"
	MarkRunning(pages)
	var got []string
	for _, p := range pages {
		got = append(got, p.Label)
	}
	if diff := cmp.Diff([]string{"", "", "", "", "1", "", "C", "4", ""}, got); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
}

func TestMarkRunning(t *testing.T) {
	tests := []struct {
		name  string
		pages [][]string
		want  []string // what is running on each page, parted by |
	}{
		{"head and page number", [][]string{
			{".05 Official Gazette", ".3 one", ".95 7"}, {".05 Official Gazette", ".3 two", ".95 8"}, {".05 Official Gazette", ".3 three", ".95 9"},
		}, []string{"7", "Official Gazette|8", "Official Gazette|9"}},
		{"number in the head", [][]string{
			{".05 12 Gazette No 60", ".3 one"}, {".05 Gazette No 60 13", ".3 two"}, {".05 14 Gazette No 60", ".3 three"},
			{".05 Gazette No 60 15", ".3 four"}, {".05 16 Gazette No 60", ".3 five"}, {".05 Gazette No 60 17", ".3 six"},
		}, []string{"", "", "14 Gazette No 60", "Gazette No 60 15", "16 Gazette No 60", "Gazette No 60 17"}},
		{"Roman and Arabic-Indic numbers", [][]string{
			{".3 one", ".95 iii"}, {".3 two", ".95 iv"}, {".3 three", ".95 v"}, {".3 four", ".95 ٤"}, {".3 five", ".95 ٥"}, {".3 six", ".95 ٦"},
		}, []string{"iii", "iv", "v", "٤", "٥", "٦"}},
		{"articles are no page numbers", [][]string{
			{".05 Article 3", ".3 one"}, {".05 Article 9", ".3 two"}, {".05 Article 11", ".3 three"},
		}, []string{"", "", ""}},
		{"two pages are too few", [][]string{{".05 Gazette", ".3 one"}, {".05 Gazette", ".3 two"}}, []string{"", ""}},
		{"far from each other", [][]string{
			{".05 Note"}, {".3 a"}, {".3 b"}, {".3 c"}, {".3 d"}, {".05 Note"}, {".3 e"}, {".3 f"}, {".3 g"}, {".3 h"}, {".05 Note"},
		}, []string{"", "", "", "", "", "", "", "", "", "", ""}},
		{"not at the same place", [][]string{
			{".05 Note", ".3 one"}, {".08 Note", ".3 two"}, {".11 Note", ".3 three"},
		}, []string{"", "", ""}},
		{"in the middle of the page", [][]string{
			{".5 Chapter", ".6 one"}, {".5 Chapter", ".6 two"}, {".5 Chapter", ".6 three"},
		}, []string{"", "", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var pages []corpus.Page
			for i, lines := range tt.pages {
				pages = append(pages, pageOf(i+1, lines...))
			}
			MarkRunning(pages)
			MarkRunning(pages) // the same once more
			var got []string
			for _, p := range pages {
				var running []string
				for _, s := range p.Running {
					running = append(running, p.Text[s.Start:s.End])
				}
				got = append(got, strings.Join(running, "|"))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("running (-want +got):\n%s", diff)
			}
		})
	}
}
