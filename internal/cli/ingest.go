package cli

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	lists "marsa/corpus/sources"
	"marsa/internal/harvest"
	"marsa/internal/ingest"
)

func (a *app) ingestCommand() *cobra.Command {
	var asJSON bool
	var r ingestRequest
	c := &cobra.Command{
		Use:   "ingest [SOURCE…]",
		Short: "Take publications in: files, folders, web addresses, lists; without a source, the starter collection",
		Long: `Take publications in. A source is a file, a folder (with all below it), the
http(s) address of a document, or the name of a list of public documents (see
marsa sources), of which those at their publisher's address are fetched. Without
a source the starter collection is taken in.

A sidecar beside a file (study.pdf.yaml) or a manifest.tsv in its folder may say
id, work, title, authors, publisher, issued, kind, languages, countries, topics,
tags, url, licence, notice, abstract and notes; what it says wins. title, abstract
and notes may be given for other languages too, as in title.fr and abstract.ar;
notes are to pages, each with its number: "3: What page 3 says".

Taking the same in again does nothing. A changed file replaces its former self
under the same ID. A file that is gone is reported, and its document removed only
with --prune. Pages that are only pictures are read by tesseract where it is
installed; files with such pages are read again when it was installed since.

Exit status: 0 all is well, 2 the command line is wrong, 3 some items failed.`,
		Example: "  marsa ingest ~/publications\n  marsa ingest study.pdf https://example.org/report.pdf\n  marsa ingest euromed-migration-2\n  marsa ingest ~/publications --prune --json",
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
			w := watch{}
			show, done := a.progress()
			w.onProgress = show
			if !asJSON {
				w.onItem = a.printItem
			}
			report, err := l.Ingest(cmd.Context(), r, w)
			done()
			if report != nil && asJSON {
				if err := writeJSON(a.out, report); err != nil {
					return err
				}
			}
			if err != nil {
				return err
			}
			if !asJSON {
				printCounts(a.out, report)
			}
			if report.Failed() > 0 {
				return errSomeFailed
			}
			return nil
		},
	}
	c.Flags().BoolVar(&r.Prune, "prune", false, "remove documents whose files are no longer in the folder")
	c.Flags().BoolVar(&r.Again, "again", false, "read files again that have not changed")
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
		scheme, _, address := strings.Cut(n, "://")
		if address && scheme != "http" && scheme != "https" {
			return nil, usagef("%s: marsa reads files, folders and addresses that begin with http:// or https://", n)
		}
		if isList(n) {
			out = append(out, listScheme+n)
			continue
		}
		if !address && maybeList(n) {
			return nil, usagef("there is no file or folder %q, and no list of that name; the lists are %s", n, strings.Join(harvest.ListNames(lists.FS()), ", "))
		}
		if !address {
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

// printItem prints what became of an item, as soon as that is on disk.
func (a *app) printItem(it ingest.Item) {
	if it.Outcome == ingest.Unchanged {
		return
	}
	name := string(it.ID)
	if name == "" || it.Outcome.Failed() {
		name = it.Origin
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-9s %s", it.Outcome, name)
	if it.Pages > 0 {
		fmt.Fprintf(&b, " (%s)", counted(it.Pages, "page"))
	}
	if it.Message != "" {
		fmt.Fprintf(&b, ": %s", it.Message)
	}
	b.WriteByte('\n')
	for _, s := range it.Warnings {
		fmt.Fprintf(&b, "          %s\n", s)
	}
	out := a.out
	if a.screen != nil && isTerminal(a.out) {
		out = a.screen // above the bar
	}
	fmt.Fprint(out, printable(b.String()))
}

// printCounts prints what a run came to, in a line.
func printCounts(w io.Writer, r *ingest.Report) {
	if r.NothingToDo() {
		fmt.Fprintf(w, "nothing to do: %s as before\n", counted(len(r.Items), "file"))
		return
	}
	var counts []string
	for _, o := range []ingest.Outcome{ingest.Added, ingest.Changed, ingest.Unchanged, ingest.Duplicate, ingest.Kept,
		ingest.Gone, ingest.Removed, ingest.Refused, ingest.Failed} {
		if n := r.Counts[o]; n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, o))
		}
	}
	fmt.Fprintf(w, "%s: %s; %s in %.1f s\n", counted(len(r.Items), "file"), strings.Join(counts, ", "), counted(r.Pages, "page"), r.Seconds)
}
