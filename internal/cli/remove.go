package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"marsa/corpus"
)

func (a *app) removeCommand() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:   "remove ID --reason TEXT",
		Short: "Take a document out for good: catalog, index and original",
		Long: `Take a document out for good: catalog, index and original. That it was removed
and why is remembered, and the same file is never taken in again.`,
		Example: `  marsa remove old-study-3fa9c1 --reason "withdrawn by its publisher"`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if reason == "" {
				return usagef("say why the document goes, with --reason; it is remembered, so that the document is not taken in again")
			}
			l, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer l.Close()
			if err := l.Remove(cmd.Context(), corpus.ID(args[0]), reason); err != nil {
				return fmt.Errorf("%w; marsa search finds the IDs, and what was removed stays removed", err)
			}
			fmt.Fprintf(a.out, "removed %s\n", args[0])
			return nil
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why it goes; kept with the record of the removal")
	return c
}
