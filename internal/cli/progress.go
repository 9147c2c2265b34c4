package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"marsa/internal/ingest"
)

// isTerminal says whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// bar draws one line on a terminal and redraws it, at most ten times a second.
type bar struct {
	w     io.Writer
	start time.Time
	drawn time.Time
	width int // of the line as drawn
}

func newBar(w io.Writer) *bar { return &bar{w: w, start: time.Now()} }

func (b *bar) show(p ingest.Progress) {
	now := time.Now()
	if p.FilesDone < p.Files && now.Sub(b.drawn) < 100*time.Millisecond {
		return
	}
	b.drawn = now
	b.draw(barLine(p, now.Sub(b.start)))
}

// clear removes the line, so that a report can be printed in its place.
func (b *bar) clear() {
	if b.width > 0 {
		b.draw("")
		fmt.Fprint(b.w, "\r")
	}
}

func (b *bar) draw(line string) {
	n := len([]rune(line))
	fmt.Fprintf(b.w, "\r%s%s", line, strings.Repeat(" ", max(0, b.width-n)))
	b.width = n
}

// barLine is the text of the bar: files, pages, speed and time left.
func barLine(p ingest.Progress, elapsed time.Duration) string {
	const cells = 24
	share := 0.0
	if p.Files > 0 {
		share = float64(p.FilesDone) / float64(p.Files)
	}
	full := int(share * cells)
	line := fmt.Sprintf("[%s%s] %d/%d files, %d pages", strings.Repeat("=", full), strings.Repeat(" ", cells-full), p.FilesDone, p.Files, p.Pages)
	if s := elapsed.Seconds(); s >= 1 {
		line += fmt.Sprintf(", %.0f pages/s", float64(p.Pages)/s)
		if share > 0 && share < 1 {
			line += ", " + (time.Duration(float64(elapsed) * (1 - share) / share)).Round(time.Second).String() + " left"
		}
	}
	if p.Failed > 0 {
		line += fmt.Sprintf(", %d failed", p.Failed)
	}
	return line
}
