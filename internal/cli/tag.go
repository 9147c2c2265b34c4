package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"marsa/corpus"
	"marsa/internal/ingest"
	"marsa/internal/search"
)

func (a *app) tagCommand() *cobra.Command {
	var confirm, reject, back []string
	var by, role string
	c := &cobra.Command{
		Use:   "tag ID",
		Short: "Show the tags of a document, and confirm, add, reject or take back some",
		Long: `Show the tags of a document, and confirm, add, reject or take back some. What
people say of a tag stands above what the rules find: it is kept when the document is read or
tagged again, and readers see whose word it is. --confirm also adds a tag that the rules did not find.

A country may have several tags: what the document is about or only mentions, where people come from
(origin), go through (transit) and go to (destination) in it, and where it was published. --role says
which of these is meant.`,
		Example: "  marsa tag old-study-3fa9c1\n" +
			"  marsa tag old-study-3fa9c1 --confirm country/ma --reject topic/asylum --by 'Samira Haddad'\n" +
			"  marsa tag old-study-3fa9c1 --confirm country/ly --role transit --by 'Samira Haddad'\n" +
			"  marsa tag old-study-3fa9c1 --take-back topic/asylum --by 'Samira Haddad'",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var words []ingest.Word
			if !slices.Contains(corpus.Roles(), corpus.Role(role)) {
				return usagef("--role is %q; write one of %s", role, roles())
			}
			for state, ids := range map[corpus.TagState][]string{corpus.Confirmed: confirm, corpus.Rejected: reject, corpus.Proposed: back} {
				for _, id := range ids {
					words = append(words, ingest.Word{Concept: corpus.ConceptID(id), Role: corpus.Role(role), State: state, By: by})
				}
			}
			if len(words) > 0 && by == "" {
				return usagef("say whose word it is, with --by; readers see the name")
			}
			l, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer l.Close()
			if len(words) > 0 {
				if err := l.Judge(cmd.Context(), corpus.ID(args[0]), words); err != nil {
					return err
				}
			}
			r, err := l.Record(cmd.Context(), corpus.ID(args[0]), "en")
			if err != nil {
				return err
			}
			printTags(a.out, r)
			return nil
		},
	}
	c.Flags().StringArrayVar(&confirm, "confirm", nil, "a country or topic that the document is about, as country/ma or topic/asylum")
	c.Flags().StringArrayVar(&reject, "reject", nil, "one that it is not about")
	c.Flags().StringArrayVar(&back, "take-back", nil, "one of which nothing is said any more: the rules decide again")
	c.Flags().StringVar(&role, "role", string(corpus.About), "what the countries are in the document: "+roles())
	c.Flags().StringVar(&by, "by", os.Getenv("MARSA_NAME"), "your name, or MARSA_NAME in the environment")
	return c
}

// roles lists what a country can be in a document.
func roles() string {
	var names []string
	for _, r := range corpus.Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

func printTags(w io.Writer, r *search.Record) {
	for _, t := range r.Tags {
		fmt.Fprintf(w, "%-10s %-30s %-12s %.2f  %s", t.State, t.Concept, t.Role, t.Weight, t.By)
		if t.Rule != "" && t.By == corpus.ByRule {
			fmt.Fprintf(w, " (%s)", t.Rule)
		}
		fmt.Fprintln(w)
		for _, s := range t.Evidence {
			fmt.Fprintf(w, "  p. %d: %s\n", s.Page, marked(s.Parts, false))
		}
	}
	for _, t := range r.Document.Tags {
		if t.State == corpus.Rejected {
			fmt.Fprintf(w, "%-10s %-30s %-12s       %s\n", t.State, t.Concept, t.Role, t.By)
		}
	}
}
