package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"marsa/corpus"
)

func (a *app) statusCommand() *cobra.Command {
	var asJSON, quality bool
	var f corpus.QualityFilter
	c := &cobra.Command{
		Use:     "status",
		Short:   "Say what is in the catalog and the index, and what could not be read and why",
		Example: "  marsa status\n  marsa status --json\n  marsa status --quality --state scan",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			l, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer l.Close()
			if quality {
				return a.printQuality(cmd.Context(), l, f, asJSON)
			}
			s, err := l.Status(cmd.Context())
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.out, s)
			}
			printStatus(a.out, s)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.Flags().BoolVar(&quality, "quality", false, "say page by page what was not read as it is printed")
	c.Flags().StringVar((*string)(&f.State), "state", "", "with --quality: only documents read like this: "+states())
	c.Flags().StringVar(&f.Reason, "reason", "", "with --quality: only documents with pages for this reason: "+strings.Join(corpus.Reasons(), ", "))
	return c
}

func printStatus(w io.Writer, s *status) {
	fmt.Fprintf(w, "%s: %d documents (%d works, %d pages), %d in the index, %d removed\n",
		s.DataDir, s.Documents, s.Works, s.Pages, s.Indexed, s.Removed)
	for _, d := range s.Quality {
		fmt.Fprintf(w, "%s: %s%s\n", d.State, d.ID, indented(d.Warnings))
	}
	for _, reason := range slices.Sorted(maps.Keys(s.Failures)) {
		fmt.Fprintf(w, "\n%d files could not be read: %s\n", s.Failures[reason], reason)
		for _, f := range s.Failed {
			if f.Reason == reason {
				fmt.Fprintf(w, "  %s: %s\n", printable(f.Origin), printable(f.Message))
			}
		}
	}
}

func indented(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return "\n  " + printable(strings.Join(lines, "\n  "))
}
