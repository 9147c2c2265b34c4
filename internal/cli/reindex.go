package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) reindexCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "reindex",
		Short: "Build the index anew from the catalog",
		Long: `Build the index anew from the catalog, without network. Searches go on with the
old index until the new one is ready.`,
		Example: "  marsa reindex",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			l, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer l.Close()
			show, done := a.progress()
			err = l.Reindex(cmd.Context(), watch{onProgress: show})
			done()
			if err != nil {
				return err
			}
			s, err := l.Status(cmd.Context())
			if err != nil {
				return err
			}
			fmt.Fprintf(a.out, "indexed %s\n", counted(s.Indexed, "document"))
			return nil
		},
	}
}
