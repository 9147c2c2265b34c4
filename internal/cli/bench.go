package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
)

func (a *app) benchCommand() *cobra.Command {
	var n int
	c := &cobra.Command{
		Use:   "bench",
		Short: "Time searches over this library: whole answers with facets and excerpts",
		Long: `Time searches over this library. The queries are made of the titles and tags of
its own documents: one to three words, a phrase every tenth, filters every
fourth. Each is a whole answer, with all facets and the excerpts of ten results.`,
		Example: "  marsa bench\n  marsa bench --queries 1000 --data-dir /srv/marsa",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if n < 1 {
				return usagef("--queries is %d; time at least one", n)
			}
			l, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer l.Close()
			queries, err := benchQueries(cmd.Context(), l, n)
			if err != nil {
				return err
			}
			times, hits, err := timeQueries(cmd.Context(), l, queries)
			if err != nil {
				return err
			}
			slices.Sort(times)
			at := func(p int) time.Duration { return times[(len(times)-1)*p/100] }
			fmt.Fprintf(a.out, "%d queries, %d results: p50 %.1f ms, p95 %.1f ms, max %.1f ms\n",
				len(times), hits, ms(at(50)), ms(at(95)), ms(at(100)))
			return nil
		},
	}
	c.Flags().IntVar(&n, "queries", 200, "how many searches")
	return c
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// benchQueries makes n requests of the words of titles and tags, the same for
// the same library.
func benchQueries(ctx context.Context, l library, n int) ([]search.Request, error) {
	all, err := l.Search(ctx, search.Request{Limit: index.MaxLimit, Sort: index.ByTitle})
	if err != nil {
		return nil, err
	}
	var texts, countries []string
	for _, h := range all.Hits {
		words := strings.Fields(h.Document.Title)
		for i := range words {
			texts = append(texts, strings.Join(words[i:min(len(words), i+1+i%3)], " "))
		}
		for _, t := range h.Tags {
			texts = append(texts, t.Label)
			if c, ok := strings.CutPrefix(string(t.Concept), "country/"); ok && t.Role == corpus.About {
				countries = append(countries, c)
			}
		}
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("the library is empty; fill it with: marsa ingest: %w", corpus.ErrUnavailable)
	}
	reqs := make([]search.Request, n)
	for i := range reqs {
		text := texts[i*7919%len(texts)] // a prime, so that neighbours come from different documents
		if i%10 == 9 {
			text = `"` + text + `"`
		}
		reqs[i] = search.Request{Text: text, Lang: "en"}
		if i%4 == 3 && len(countries) > 0 {
			reqs[i].Values = map[index.Field][]string{index.FieldCountry: {countries[i%len(countries)]}}
		}
	}
	return reqs, nil
}

// timeQueries runs the requests one after another, after one round that warms
// the caches of the system.
func timeQueries(ctx context.Context, l library, reqs []search.Request) ([]time.Duration, int, error) {
	var times []time.Duration
	hits := 0
	for round := range 2 {
		for _, r := range reqs {
			start := time.Now()
			resp, err := l.Search(ctx, r)
			if err != nil {
				return nil, 0, fmt.Errorf("search %q: %w", r.Text, err)
			}
			if round == 1 {
				times = append(times, time.Since(start))
				hits += len(resp.Hits)
			}
		}
	}
	return times, hits, nil
}
