package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"marsa/internal/ingest"
)

// isTerminal says whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// screen is a terminal with a line at the bottom that is drawn again and again.
// What is written to it appears above that line.
type screen struct {
	w io.Writer

	mu   sync.Mutex
	line string
}

// clearLine goes to the beginning of the line and removes what stands there.
const clearLine = "\r\x1b[K"

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line == "" {
		return s.w.Write(p)
	}
	if _, err := fmt.Fprintf(s.w, "%s%s%s", clearLine, p, s.line); err != nil {
		return 0, err
	}
	return len(p), nil
}

// show draws the line; an empty one is none.
func (s *screen) show(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if line == s.line {
		return
	}
	s.line = line
	fmt.Fprint(s.w, clearLine+line)
}

// bar shows how far a run is, at most ten times a second.
type bar struct {
	screen *screen
	start  time.Time
	drawn  time.Time
}

func (b *bar) show(p ingest.Progress) {
	now := time.Now()
	if p.FilesDone < p.Files && now.Sub(b.drawn) < 100*time.Millisecond {
		return
	}
	b.drawn = now
	b.screen.show(barLine(p, now.Sub(b.start)))
}

// progress returns what shows how far a run is, and what to call when it is
// over: a bar on a terminal, nothing elsewhere.
func (a *app) progress() (show func(ingest.Progress), done func()) {
	if a.screen == nil {
		return nil, func() {}
	}
	b := &bar{screen: a.screen, start: time.Now()}
	return b.show, func() { a.screen.show("") }
}

// barLine is the text of the bar: files, pages, speed and time left.
func barLine(p ingest.Progress, elapsed time.Duration) string {
	const cells = 24
	share := 0.0
	if p.Files > 0 {
		share = min(1, float64(p.FilesDone)/float64(p.Files))
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
