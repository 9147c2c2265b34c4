package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/catalog"
	"marsa/internal/search"
)

// leafed is how many pages a made publication has.
const leafed = 25

// batchText is how much text goes to the engine at once, as in a long run of
// ingest.
const batchText = 6 << 20

// asked is how many questions are timed.
const asked = 400

// runSpeed makes n publications of 25 real pages each out of the library in a
// data directory, puts them into an index and times whole answers over it: all
// facets, expansion and excerpts, without a filter and then with three facets
// ticked, one after another on one core. With a folder they are written there and
// nothing is timed.
func runSpeed(ctx context.Context, n int, data, folder string, out io.Writer) error {
	entries, err := entriesOf(data)
	if err != nil {
		return err
	}
	made := makeShelf(entries, n)
	if len(made.entries) == 0 {
		return fmt.Errorf("no language has %d pages in %s: %w", leafed, data, corpus.ErrInvalid)
	}
	if folder != "" {
		return made.write(folder)
	}
	engine, remove, err := emptyIndex()
	if err != nil {
		return err
	}
	defer remove()
	start := time.Now()
	text, err := made.put(ctx, engine)
	if err != nil {
		return err
	}
	took := time.Since(start)
	fmt.Fprintf(out, "speed\tpublications\t%d\nspeed\tpages\t%d\nspeed\ttext MB\t%.1f\nspeed\tindexed MB/s\t%.2f\n",
		n, n*leafed, float64(text)/1e6, float64(text)/1e6/took.Seconds())
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(out, "speed\tmemory MB\t%d\n", m.Sys>>20)

	s, err := newSearch(engine, made)
	if err != nil {
		return err
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, ticked := range []bool{false, true} {
		times, err := timed(ctx, s, made.requests(ticked))
		if err != nil {
			return err
		}
		at := func(p int) float64 { return float64(times[(len(times)-1)*p/100].Microseconds()) / 1000 }
		name := map[bool]string{false: "free", true: "three facets ticked"}[ticked]
		fmt.Fprintf(out, "speed\t%[1]s p50 ms\t%.1[2]f\nspeed\t%[1]s p95 ms\t%.1[3]f\nspeed\t%[1]s max ms\t%.1[4]f\n", name, at(50), at(95), at(100))
	}
	return nil
}

func entriesOf(data string) ([]*corpus.Entry, error) {
	c, err := catalog.Open(data)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	ids, err := c.IDs()
	if err != nil {
		return nil, err
	}
	var out []*corpus.Entry
	for _, id := range ids {
		e, err := c.Entry(id)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// shelf is a library of made publications, in memory.
type shelf struct {
	entries []*corpus.Entry
	byID    map[corpus.ID]*corpus.Entry
}

// makeShelf makes n publications. Each has the record of a document and 25 pages
// of its language that stand together, taken in turn from all documents.
func makeShelf(entries []*corpus.Entry, n int) *shelf {
	pages := map[corpus.Lang][]corpus.Page{}
	for _, e := range entries {
		for _, p := range e.Pages {
			if p.Quality.State.Searchable() && p.Text != "" {
				pages[e.Lang] = append(pages[e.Lang], p)
			}
		}
	}
	var records []*corpus.Entry
	for _, e := range entries {
		if len(pages[e.Lang]) >= leafed {
			records = append(records, e)
		}
	}
	s := &shelf{byID: map[corpus.ID]*corpus.Entry{}}
	at := map[corpus.Lang]int{}
	for i := 0; i < n && len(records) > 0; i++ {
		record := records[i%len(records)]
		e := &corpus.Entry{Document: record.Document}
		e.ID = corpus.ID(fmt.Sprintf("made-%05d", i))
		e.Work = e.ID
		pool := pages[e.Lang]
		for k := range leafed {
			p := pool[(at[e.Lang]+k)%len(pool)]
			p.Number, p.Boxes = k+1, nil
			e.Pages = append(e.Pages, p)
		}
		at[e.Lang] += 7 // no two publications begin at the same page before all have
		e.NumPages = leafed
		s.entries, s.byID[e.ID] = append(s.entries, e), e
	}
	return s
}

func (s *shelf) put(ctx context.Context, engine index.Engine) (text int, err error) {
	var batch []*corpus.Entry
	size := 0
	flush := func() error {
		text += size
		err := engine.Put(ctx, batch...)
		batch, size = nil, 0
		return err
	}
	for _, e := range s.entries {
		batch = append(batch, e)
		for i := range e.Pages {
			size += len(e.Pages[i].Text)
		}
		if size >= batchText {
			if err := flush(); err != nil {
				return text, err
			}
		}
	}
	return text, flush()
}

// requests are made of the words of titles and of labels, one to three words, a
// phrase every tenth.
func (s *shelf) requests(ticked bool) []search.Request {
	out := make([]search.Request, asked)
	for i := range out {
		e := s.entries[i*7919%len(s.entries)]
		words := strings.Fields(e.Title)
		from := i % len(words)
		text := strings.Join(words[from:min(len(words), from+1+i%3)], " ")
		if i%10 == 9 {
			text = `"` + text + `"`
		}
		out[i] = search.Request{Text: text, Lang: "en"}
		if ticked {
			out[i].Values = map[index.Field][]string{}
			for _, f := range []index.Field{index.FieldCountry, index.FieldTopic, index.FieldLanguage} {
				if vs := index.Values(&e.Document, f); len(vs) > 0 {
					out[i].Values[f] = vs[:1]
				}
			}
		}
	}
	return out
}

// timed asks each request twice and returns the times of the second round in
// rising order.
func timed(ctx context.Context, s *search.Service, requests []search.Request) ([]time.Duration, error) {
	var times []time.Duration
	for round := range 2 {
		for _, r := range requests {
			start := time.Now()
			if _, err := s.Search(ctx, r); err != nil {
				return nil, fmt.Errorf("search %q: %w", r.Text, err)
			}
			if round == 1 {
				times = append(times, time.Since(start))
			}
		}
	}
	slices.Sort(times)
	return times, nil
}

var _ search.Library = (*shelf)(nil)

func (s *shelf) Document(id corpus.ID) (*corpus.Document, error) {
	if e, ok := s.byID[id]; ok {
		return &e.Document, nil
	}
	return nil, corpus.ErrNotFound
}

func (s *shelf) Page(id corpus.ID, number int) (*corpus.Page, error) {
	e, ok := s.byID[id]
	if !ok || number < 1 || number > len(e.Pages) {
		return nil, corpus.ErrNotFound
	}
	return &e.Pages[number-1], nil
}

func (s *shelf) PageSummaries(id corpus.ID) ([]corpus.PageSummary, error) {
	e, ok := s.byID[id]
	if !ok {
		return nil, corpus.ErrNotFound
	}
	var out []corpus.PageSummary
	for _, p := range e.Pages {
		out = append(out, corpus.PageSummary{Number: p.Number, Label: p.Label, Lang: p.Lang, Quality: p.Quality})
	}
	return out, nil
}

func (s *shelf) Versions(work corpus.ID) ([]*corpus.Document, error) {
	d, err := s.Document(work)
	return []*corpus.Document{d}, err
}
