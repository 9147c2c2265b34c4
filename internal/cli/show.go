package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"marsa/corpus"
	"marsa/internal/search"
	"marsa/web"
)

func (a *app) showCommand() *cobra.Command {
	var page int
	var asJSON bool
	c := &cobra.Command{
		Use:     "show ID",
		Short:   "Print the record of a document, or the text of one of its pages",
		Example: "  marsa show domestic-work-lebanon-jordan-en\n  marsa show domestic-work-lebanon-jordan-en --page 3",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			l, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer l.Close()
			id := corpus.ID(args[0])
			if cmd.Flags().Changed("page") {
				m, err := l.MarkPage(cmd.Context(), id, page, search.Request{})
				if err != nil {
					return fmt.Errorf("%w; marsa show %s lists the pages", err, id)
				}
				if asJSON {
					return writeJSON(a.out, web.PageJSON(id, m, "", "en", a.config.BaseURL))
				}
				fmt.Fprintln(a.out, m.Page.Text)
				return nil
			}
			r, err := l.Record(cmd.Context(), id, "en")
			if err != nil {
				return fmt.Errorf("%w; marsa search finds the IDs", err)
			}
			if asJSON {
				return writeJSON(a.out, web.DocumentJSON(r, "en", a.config.BaseURL))
			}
			printRecord(a.out, r)
			return nil
		},
	}
	c.Flags().IntVar(&page, "page", 0, "page to print, from 1")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON, as the API gives it")
	return c
}

func printRecord(w io.Writer, r *search.Record) {
	d := r.Document
	fmt.Fprintf(w, "%s\n\n", d.Title)
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(w, "%-10s %s\n", name, value)
		}
	}
	line("id", string(d.ID))
	line("authors", strings.Join(d.Authors, "; "))
	line("publisher", d.Publisher)
	line("issued", string(d.Issued))
	line("kind", string(d.Kind))
	line("languages", joinLangs(d.Languages))
	line("pages", fmt.Sprint(d.NumPages))
	line("state", string(d.State))
	line("licence", d.Licence)
	line("notice", d.Notice)
	for _, o := range d.Origins {
		line("origin", o.URL)
	}
	for _, v := range r.Versions {
		line("version", fmt.Sprintf("%s (%s) %s", v.ID, v.Language, v.Title))
	}
	for _, s := range d.Warnings {
		line("warning", s)
	}
	for _, a := range d.Abstracts {
		fmt.Fprintf(w, "\nabstract (%s)\n", a.Lang)
		for _, p := range append(nonEmpty([]string{a.Title}), strings.Split(a.Text, "\n\n")...) {
			fmt.Fprintf(w, "  %s\n", p)
		}
	}
	for _, t := range r.Tags {
		fmt.Fprintf(w, "\n%s: %s (%s, %.2f, by %s, rule %s)\n", t.Role, t.Label, t.Concept, t.Weight, t.By, t.Rule)
		for _, e := range t.Evidence {
			fmt.Fprintf(w, "  p. %d: %s\n", e.Page, plain(e.Parts))
		}
	}
	fmt.Fprintln(w)
	for _, p := range r.Pages {
		fmt.Fprintf(w, "page %d%s: %s\n", p.Number, labelled(p.Label), p.Opening)
		for _, n := range d.Notes {
			if n.Page == p.Number {
				fmt.Fprintf(w, "  in short (%s): %s\n", n.Lang, n.Text)
			}
		}
	}
}

func joinLangs(ls []corpus.Lang) string {
	var ss []string
	for _, l := range ls {
		ss = append(ss, string(l))
	}
	return strings.Join(ss, ", ")
}
