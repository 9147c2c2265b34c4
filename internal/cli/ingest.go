package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"marsa/internal/ingest"
)

func (a *app) ingestCommand() *cobra.Command {
	var asJSON bool
	var r ingestRequest
	c := &cobra.Command{
		Use:   "ingest [SOURCE…]",
		Short: "Take publications in: files, folders, web addresses; without a source, the starter collection",
		Long: `Take publications in. A source is a file, a folder (with all below it) or the
http(s) address of a document; without one the starter collection is taken in.

A sidecar beside a file (study.pdf.yaml) or a manifest.tsv in its folder may say
id, work, title, authors, publisher, issued, kind, languages, countries, topics,
tags, url, licence and notice; what it says wins.

Taking the same in again does nothing. A changed file replaces its former self
under the same ID. A file that is gone is reported, and its document removed only
with --prune.

Exit status: 0 all is well, 2 the command line is wrong, 3 some items failed.`,
		Example: "  marsa ingest ~/publications\n  marsa ingest study.pdf https://example.org/report.pdf\n  marsa ingest ~/publications --prune --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if r.Sources, err = absolute(args); err != nil {
				return err
			}
			l, err := a.openOrCreate(cmd.Context())
			if err != nil {
				return err
			}
			defer l.Close()
			show, done := a.progress()
			report, err := l.Ingest(cmd.Context(), r, show)
			done()
			if report != nil {
				if asJSON {
					if err := writeJSON(a.out, report); err != nil {
						return err
					}
				} else {
					printReport(a.out, report)
				}
			}
			if err != nil {
				return err
			}
			if report.Failed() > 0 {
				return errSomeFailed
			}
			return nil
		},
	}
	c.Flags().BoolVar(&r.Prune, "prune", false, "remove documents whose files are no longer in the folder")
	c.Flags().BoolVar(&asJSON, "json", false, "print the report as JSON")
	return c
}

// absolute makes paths absolute: another process may read them.
func absolute(names []string) ([]string, error) {
	var out []string
	for _, n := range names {
		if n == "" {
			return nil, usagef("a source is empty; name a file, a folder or an address")
		}
		if !strings.Contains(n, "://") {
			abs, err := filepath.Abs(n)
			if err != nil {
				return nil, err
			}
			n = abs
		}
		out = append(out, n)
	}
	return out, nil
}

// progress returns what shows how far a run is, and what to call when it is
// over: a bar on a terminal, nothing elsewhere.
func (a *app) progress() (show func(ingest.Progress), done func()) {
	if !isTerminal(a.err) {
		return nil, func() {}
	}
	b := newBar(a.err)
	return b.show, b.clear
}

// printReport prints a line for every item that somebody may want to know of,
// and a last line that counts.
func printReport(w io.Writer, r *ingest.Report) {
	for _, it := range r.Items {
		if it.Outcome == ingest.Unchanged {
			continue
		}
		name := string(it.ID)
		if name == "" || it.Outcome.Failed() {
			name = it.Origin
		}
		fmt.Fprintf(w, "%-9s %s", it.Outcome, printable(name))
		if it.Pages > 0 {
			fmt.Fprintf(w, " (%d pages)", it.Pages)
		}
		if it.Message != "" {
			fmt.Fprintf(w, ": %s", printable(it.Message))
		}
		fmt.Fprintln(w)
		for _, s := range it.Warnings {
			fmt.Fprintf(w, "          %s\n", printable(s))
		}
	}
	if r.NothingToDo() {
		fmt.Fprintf(w, "nothing to do: %d files are as they were\n", len(r.Items))
		return
	}
	var counts []string
	for _, o := range []ingest.Outcome{ingest.Added, ingest.Changed, ingest.Unchanged, ingest.Duplicate, ingest.Kept,
		ingest.Gone, ingest.Removed, ingest.Refused, ingest.Failed} {
		if n := r.Counts[o]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, o))
		}
	}
	fmt.Fprintf(w, "%d files: %s; %d pages in %.1f s\n", len(r.Items), strings.Join(counts, ", "), r.Pages, r.Seconds)
}
