package cli

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"marsa/corpus"
	lists "marsa/corpus/sources"
	"marsa/internal/harvest"
)

// listScheme stands before the name of a list where sources are named, so that it
// is told from a path in another process too.
const listScheme = "list:"

// isList says whether a source on the command line is the name of a list. What
// exists as a file or folder is that.
func isList(name string) bool {
	if _, err := os.Lstat(name); err == nil {
		return false
	}
	return slices.Contains(harvest.ListNames(lists.FS()), name)
}

// maybeList says whether a source that does not exist looks like the name of a
// list: a path has a separator or an ending.
func maybeList(name string) bool {
	if _, err := os.Lstat(name); err == nil {
		return false
	}
	return !strings.ContainsAny(name, `/\\.`)
}

func (a *app) sourcesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "sources [LIST]",
		Short: "Say which lists of public documents there are, and what is in one",
		Long: `Say which lists of public documents marsa ships, and what is in one of them. With
"marsa ingest LIST" the documents at their publisher's address are fetched. A
mirror is a page of somebody else: it is listed for reading and never fetched.`,
		Example: "  marsa sources\n  marsa sources euromed-migration-2\n  marsa ingest euromed-migration-2",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.printLists()
			}
			return a.printList(args[0])
		},
	}
}

func (a *app) printLists() error {
	for _, name := range harvest.ListNames(lists.FS()) {
		l, err := harvest.ReadList(lists.FS(), name)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, "%s: %s\n  %s, %d at their publisher's address\n", l.Name, l.About, counted(len(l.Documents), "document"), l.Fetched())
	}
	return nil
}

func (a *app) printList(name string) error {
	names := harvest.ListNames(lists.FS())
	if !slices.Contains(names, name) {
		return fmt.Errorf("there is no list %q; the lists are %s: %w", name, strings.Join(names, ", "), corpus.ErrNotFound)
	}
	l, err := harvest.ReadList(lists.FS(), name)
	if err != nil {
		return err
	}
	for _, d := range l.Documents {
		where := "mirror"
		if d.Publisher {
			where = "publisher"
		}
		date := string(d.Issued)
		if date == "" {
			date = "no date"
		}
		fmt.Fprintf(a.out, "%s\n  %s, %s, %s\n  %s: %s\n", d.Title, d.Meta.Publisher, date, d.Languages[0], where, d.URL)
	}
	return nil
}
