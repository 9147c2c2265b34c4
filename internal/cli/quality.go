package cli

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"marsa/corpus"
	"marsa/web"
	"marsa/web/locale"
)

// printQuality says how well the documents were read: with JSON in the shape of
// the API.
func (a *app) printQuality(ctx context.Context, l library, f corpus.QualityFilter, asJSON bool) error {
	if f.State != "" && !slices.Contains(corpus.States(), f.State) {
		return usagef("--state must be one of: %s", states())
	}
	if f.Reason != "" && !slices.Contains(corpus.Reasons(), f.Reason) {
		return usagef("--reason must be one of: %s", strings.Join(corpus.Reasons(), ", "))
	}
	f.Limit = math.MaxInt32
	r, err := l.Quality(ctx, f)
	if err != nil {
		return err
	}
	if asJSON {
		f.Limit = r.Total
		return writeJSON(a.out, web.QualityJSON(r, f, "en", ""))
	}
	texts, err := locale.Load()
	if err != nil {
		return err
	}
	say := func(key string) string {
		s, err := texts["en"].T(key)
		if err != nil { // a page may have no reason
			return ""
		}
		return s
	}
	writeQuality(a.out, r, say)
	return nil
}

func writeQuality(w io.Writer, r *corpus.QualityReport, say func(key string) string) {
	for _, st := range corpus.States() {
		if n := r.Library[st]; n > 0 {
			fmt.Fprintf(w, "%d documents: %s\n", n, say("state."+string(st)))
		}
	}
	for _, n := range r.Pages {
		fmt.Fprintf(w, "\n%d pages in %d documents: %s\n", n.Pages, n.Documents, reasoned(n.State, n.Reason, say))
		if n.Reason != "" {
			fmt.Fprintf(w, "  %s\n", say("todo."+n.Reason))
		}
	}
	for _, d := range r.Documents {
		fmt.Fprintf(w, "\n%s  %s (%s, %d pages)\n", d.ID, printable(d.Title), say("state."+string(d.State)), d.NumPages)
		for _, p := range d.Runs {
			pages := fmt.Sprintf("page %d", p.From)
			if p.To > p.From {
				pages = fmt.Sprintf("pages %d-%d", p.From, p.To)
			}
			fmt.Fprintf(w, "  %s: %s\n", pages, reasoned(p.State, p.Reason, say))
		}
	}
}

// reasoned is a state with why it is so.
func reasoned(st corpus.State, reason string, say func(key string) string) string {
	if reason == "" {
		return say("state." + string(st))
	}
	return fmt.Sprintf("%s (%s): %s", say("state."+string(st)), reason, say("reason."+reason))
}
