package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/index"
	"marsa/internal/search"
)

// Shelf is a small library that answers as the real one would, from what stands
// in this file.
type Shelf struct {
	Entries []*corpus.Entry
	Labels  *vocab.Vocabulary
	Asked   search.Request // the last one

	mu sync.Mutex // held while Asked is written: a browser asks for several pages at once
}

var errSecret = errors.New("open /srv/secret/catalog.db: permission denied")

// Search answers with all documents that have one of the words, the works with
// all of them first. Some words make it fail.
func (s *Shelf) Search(ctx context.Context, r search.Request) (*search.Response, error) {
	s.mu.Lock()
	s.Asked = r
	s.mu.Unlock()
	switch r.Text {
	case "boom":
		return nil, errSecret
	case "panic":
		panic("secret of the engine")
	case "later":
		return nil, fmt.Errorf("search: %w", corpus.ErrUnavailable)
	case "slow":
		return nil, fmt.Errorf("search: %w", context.DeadlineExceeded)
	case "odd":
		return nil, fmt.Errorf("too many words: %w", corpus.ErrInvalid)
	}
	resp := &search.Response{
		Offset: r.Offset, Limit: r.Limit,
		Query: search.Echo{Typed: r.Text},
	}
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(r.Text, `"`, " ")))
	if strings.Count(r.Text, `"`)%2 == 1 {
		resp.Query.Notes = append(resp.Query.Notes, search.Note{Key: search.NoteUnclosedQuote, At: strings.LastIndex(r.Text, `"`)})
	}
	for _, w := range words {
		if !slices.ContainsFunc(s.Entries, func(e *corpus.Entry) bool { return has(e, w) }) {
			resp.Query.Missing = append(resp.Query.Missing, w)
		}
	}
	if strings.Contains(r.Text, "domestic workers") {
		resp.Query.Expansions = []search.Expansion{{Concept: "topic/domestic-work", Typed: "domestic workers",
			Labels: []search.Label{{Text: "travail domestique", Lang: "fr"}, {Text: "العمل المنزلي", Lang: "ar"}}}}
	}
	var all, most []search.Hit
	for _, e := range s.firsts(r.Lang) {
		n := 0
		for _, w := range words {
			if s.workHas(e, w) {
				n++
			}
		}
		h := s.hit(e, words, r.Lang)
		if r.Explain {
			for _, w := range words {
				h.Why = append(h.Why, search.Why{Word: w, Title: true, Heading: true, Tag: true, Times: 3, Documents: 2, Share: 50, Forms: []string{w + "s"}})
			}
			h.Why = append(h.Why, search.Why{Word: "العمل المنزلي", Language: "ar", Of: "domestic workers", Times: 1, Documents: 1})
		}
		if !s.passes(e, r) || (len(words) > 0 && n == 0) {
			continue
		}
		if n < len(words) {
			h.Partial = true
			for _, w := range words {
				if !s.workHas(e, w) {
					h.Lacks = append(h.Lacks, w)
				}
			}
			most = append(most, h)
		} else {
			all = append(all, h)
		}
	}
	resp.Total, resp.Partial, resp.Documents = len(all), len(most), len(all)+1
	hits := append(all, most...)
	resp.Hits = hits[min(r.Offset, len(hits)):min(r.Offset+r.Limit, len(hits))]
	for f, vs := range r.Values {
		for _, v := range vs {
			if v == "atlantis" {
				resp.Query.Notes = append(resp.Query.Notes, search.Note{Key: search.NoteUnknownValue, Arg: string(f) + "=" + v})
			}
		}
	}
	resp.Facets = s.facets(r)
	return resp, nil
}

func has(e *corpus.Entry, word string) bool {
	return slices.ContainsFunc(e.Pages, func(p corpus.Page) bool { return strings.Contains(strings.ToLower(p.Text), word) })
}

// workHas says whether a version of the work has the word, as the real search
// finds a work by the labels of concepts in other languages.
func (s *Shelf) workHas(e *corpus.Entry, word string) bool {
	return slices.ContainsFunc(s.Entries, func(o *corpus.Entry) bool { return o.Work == e.Work && has(o, word) })
}

func (s *Shelf) passes(e *corpus.Entry, r search.Request) bool {
	for f, vs := range r.Values {
		if !slices.ContainsFunc(index.Values(&e.Document, f), func(v string) bool { return slices.Contains(vs, v) }) {
			return false
		}
	}
	for f, vs := range r.Without {
		if slices.ContainsFunc(index.Values(&e.Document, f), func(v string) bool { return slices.Contains(vs, v) }) {
			return false
		}
	}
	y := e.Issued.Year()
	return (r.From == 0 || y >= r.From) && (r.To == 0 || y <= r.To)
}

// firsts are the works, each as the version in the reader's language if there is
// one.
func (s *Shelf) firsts(l corpus.Lang) []*corpus.Entry {
	var works []*corpus.Entry
	for _, e := range s.Entries {
		i := slices.IndexFunc(works, func(w *corpus.Entry) bool { return w.Work == e.Work })
		switch {
		case i < 0:
			works = append(works, e)
		case e.Lang == l:
			works[i] = e
		}
	}
	return works
}

func (s *Shelf) versions(e *corpus.Entry) []search.Version {
	vs := []search.Version{{ID: e.ID, Language: e.Lang, Title: e.Title}}
	for _, o := range s.Entries {
		if o.Work == e.Work && o.ID != e.ID {
			vs = append(vs, search.Version{ID: o.ID, Language: o.Lang, Title: o.Title})
		}
	}
	return vs
}

func (s *Shelf) hit(e *corpus.Entry, words []string, l corpus.Lang) search.Hit {
	h := search.Hit{Document: &e.Document, Versions: s.versions(e), Score: 12.5}
	from := e
	for _, o := range s.Entries {
		if o.Work == e.Work && len(words) > 0 && has(o, words[0]) && !has(from, words[0]) {
			from = o
		}
	}
	for _, p := range from.Pages {
		parts := mark(p.Text, words)
		if !slices.ContainsFunc(parts, func(p search.Part) bool { return p.Hit }) {
			continue
		}
		h.MatchingPages++
		if len(h.Pages) < 2 {
			h.Pages = append(h.Pages, search.PageHit{
				Document: from.ID, Number: p.Number, Label: p.Label, Language: p.Lang, Quality: p.Quality.State,
				Excerpt: excerpt(parts),
			})
		}
	}
	for _, t := range e.Tags {
		label, _ := s.Labels.Label(t.Concept, l)
		h.Tags = append(h.Tags, search.Tag{Tag: t, Label: label})
	}
	return h
}

// excerpt cuts text around the first hit.
func excerpt(parts []search.Part) []search.Part {
	i := slices.IndexFunc(parts, func(p search.Part) bool { return p.Hit })
	from := max(i-1, 0)
	cut := slices.Clone(parts[from:min(i+4, len(parts))])
	for j := range cut {
		cut[j].Text = strings.ReplaceAll(cut[j].Text, "\n", " ")
	}
	if r := []rune(cut[0].Text); from < i && len(r) > 90 {
		cut[0].Text = "… " + string(r[len(r)-90:])
	}
	last := len(cut) - 1
	if r := []rune(cut[last].Text); last > 0 && len(r) > 120 {
		cut[last].Text = string(r[:120]) + " …"
	}
	return cut
}

// mark cuts text at the words, whatever their case.
func mark(text string, words []string) []search.Part {
	var parts []search.Part
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		lower = text
	}
	start := 0
	for i := 0; i < len(text); {
		n := 0
		for _, w := range words {
			if strings.HasPrefix(lower[i:], w) {
				n = max(n, len(w))
			}
		}
		if n == 0 {
			i++
			continue
		}
		if i > start {
			parts = append(parts, search.Part{Text: text[start:i]})
		}
		parts = append(parts, search.Part{Text: text[i : i+n], Hit: true})
		i += n
		start = i
	}
	if start < len(text) {
		parts = append(parts, search.Part{Text: text[start:]})
	}
	return parts
}

func (s *Shelf) facets(r search.Request) []search.Facet {
	var facets []search.Facet
	fields := facetFields
	if r.Role != "" && r.Role != index.FieldCountry {
		fields = slices.Insert(slices.Clone(fields), 1, r.Role)
	}
	for _, f := range fields {
		counts := map[string]int{}
		for _, e := range s.firsts(r.Lang) {
			for _, v := range index.Values(&e.Document, f) {
				counts[v]++
				for _, broader := range s.Labels.Ancestors(corpus.ConceptID(string(f) + "/" + v)) {
					counts[strings.TrimPrefix(string(broader), string(f)+"/")]++
				}
			}
		}
		facet := search.Facet{Field: f}
		for v, n := range counts {
			b := search.Bucket{ID: v, Label: v, Count: n, Selected: slices.Contains(r.Values[f], v)}
			if scheme := schemeOf(f); scheme != "" {
				b.Label, b.Lang = s.Labels.Label(corpus.ConceptID(scheme+"/"+v), r.Lang)
			}
			facet.Buckets = append(facet.Buckets, b)
		}
		slices.SortFunc(facet.Buckets, func(a, b search.Bucket) int {
			if a.Count != b.Count {
				return b.Count - a.Count
			}
			return strings.Compare(a.ID, b.ID)
		})
		facets = append(facets, facet)
	}
	return facets
}

func (s *Shelf) entry(id corpus.ID) (*corpus.Entry, error) {
	for _, e := range s.Entries {
		if e.ID == id {
			return e, nil
		}
	}
	return nil, fmt.Errorf("document %s: %w", id, corpus.ErrNotFound)
}

func (s *Shelf) MarkPage(_ context.Context, id corpus.ID, page int, r search.Request) (*search.Marked, error) {
	e, err := s.entry(id)
	if err != nil {
		return nil, err
	}
	if page > len(e.Pages) {
		return nil, fmt.Errorf("page %d of %s: %w", page, id, corpus.ErrNotFound)
	}
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(r.Text, `"`, " ")))
	p := &e.Pages[page-1]
	m := &search.Marked{Page: p, Parts: mark(p.Text, words)}
	for _, o := range e.Pages {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(strings.ToLower(o.Text), w) }) {
			continue
		}
		m.MatchingPages++
		switch {
		case o.Number < page:
			m.Previous = o.Number
		case o.Number > page && m.Next == 0:
			m.Next = o.Number
		}
	}
	return m, nil
}

// Related returns the other works that share a tag.
func (s *Shelf) Related(_ context.Context, id corpus.ID, l corpus.Lang, limit int) ([]search.Related, error) {
	own, err := s.entry(id)
	if err != nil {
		return nil, err
	}
	var out []search.Related
	for _, e := range s.firsts(l) {
		r := search.Related{Document: &e.Document, Score: 0.5, Words: []string{"kafala"}}
		for _, t := range e.Tags {
			if slices.ContainsFunc(own.Tags, func(o corpus.Tag) bool { return o.Concept == t.Concept }) {
				label, _ := s.Labels.Label(t.Concept, l)
				r.Shared = append(r.Shared, search.Tag{Tag: t, Label: label})
			}
		}
		if e.Work != own.Work && len(r.Shared) > 0 && len(out) < limit {
			out = append(out, r)
		}
	}
	return out, nil
}

// Suggest completes by titles and by one topic.
func (s *Shelf) Suggest(_ context.Context, typed string, l corpus.Lang) ([]search.Completion, error) {
	var cs []search.Completion
	if strings.HasPrefix("domestic work", strings.ToLower(typed)) && typed != "" {
		cs = append(cs, search.Completion{Kind: "topic", Text: "domestic work", Label: "domestic work", Language: "en", Concept: "topic/domestic-work"},
			search.Completion{Kind: "topic", Text: "العمل المنزلي", Label: "العمل المنزلي", Language: "ar", Meaning: "domestic work", Concept: "topic/care-work"})
	}
	for _, e := range s.Entries[:3] {
		if strings.Contains(strings.ToLower(e.Title), strings.ToLower(typed)) {
			cs = append(cs, search.Completion{Kind: search.KindTitle, Text: e.Title, Label: e.Title, Language: e.Lang, Document: e.ID})
		}
	}
	return cs, nil
}

func (s *Shelf) Record(_ context.Context, id corpus.ID, l corpus.Lang) (*search.Record, error) {
	e, err := s.entry(id)
	if err != nil {
		return nil, err
	}
	r := &search.Record{Document: &e.Document, Versions: s.versions(e)[1:]}
	for _, t := range e.Tags {
		label, _ := s.Labels.Label(t.Concept, l)
		tr := search.TagRecord{Tag: search.Tag{Tag: t, Label: label}}
		for _, sp := range t.Evidence {
			p := e.Pages[sp.Page-1]
			tr.Evidence = append(tr.Evidence, search.Sentence{
				Page: p.Number, Label: p.Label, Language: p.Lang,
				Parts: []search.Part{{Text: strings.ReplaceAll(p.Text[sp.Start:sp.End], "\n", " ")}},
			})
		}
		r.Tags = append(r.Tags, tr)
	}
	for _, p := range e.Pages {
		opening, _, _ := strings.Cut(p.Text, "\n")
		r.Pages = append(r.Pages, corpus.PageSummary{Number: p.Number, Label: p.Label, Lang: p.Lang, Quality: p.Quality, Opening: opening})
	}
	return r, nil
}

func (s *Shelf) Document(id corpus.ID) (*corpus.Document, error) {
	e, err := s.entry(id)
	if err != nil {
		return nil, err
	}
	return &e.Document, nil
}

func (s *Shelf) Original(id corpus.ID) (io.ReadSeekCloser, error) {
	e, err := s.entry(id)
	if err != nil {
		return nil, err
	}
	return original{bytes.NewReader([]byte("%PDF-1.7 original of " + e.ID))}, nil
}

type original struct{ *bytes.Reader }

func (original) Close() error { return nil }

func (s *Shelf) Stats() (corpus.Stats, error) {
	st := corpus.Stats{Works: len(s.firsts("en")), Documents: len(s.Entries), Failures: map[string]int{"password": 2}}
	for _, e := range s.Entries {
		st.Pages += len(e.Pages)
	}
	return st, nil
}

func (s *Shelf) Quality(f corpus.QualityFilter) (*corpus.QualityReport, error) {
	library := map[corpus.State]int{}
	var docs []corpus.DoubtfulDocument
	for _, e := range s.Entries {
		library[e.State]++
		d := corpus.DoubtfulDocument{ID: e.ID, Title: e.Title, Lang: e.Lang, State: e.State, Format: e.Original.Format(), NumPages: e.NumPages}
		for _, p := range e.Pages {
			if q := p.Quality; q.State != corpus.Complete {
				d.AddPage(corpus.PageRun{From: p.Number, Label: p.Label, State: q.State, Reason: q.Reason, Engine: q.Engine})
			}
		}
		if e.State != corpus.Complete || len(d.Runs) > 0 {
			docs = append(docs, d)
		}
	}
	return corpus.NewQualityReport(library, docs, f), nil
}

// NewShelf is the shelf with its sample documents.
func NewShelf(t testing.TB) *Shelf {
	t.Helper()
	v, err := vocab.Default()
	if err != nil {
		t.Fatal(err)
	}
	return &Shelf{Entries: sampleEntries(), Labels: v}
}

// NewSite is the handler of a site over s; change may alter its configuration.
func NewSite(t testing.TB, s *Shelf, change func(*Config)) http.Handler {
	t.Helper()
	return newTestServer(t, s, change).mustHandler(t)
}

func newTestServer(t testing.TB, s *Shelf, change func(*Config)) *server {
	t.Helper()
	c := Config{Search: s, Library: s, Vocabulary: s.Labels, Version: "1.2.3", Log: slog.New(slog.DiscardHandler)}
	if change != nil {
		change(&c)
	}
	srv, err := newServer(c)
	if err != nil {
		t.Fatal(err)
	}
	return srv
}

func (s *server) mustHandler(t testing.TB) http.Handler {
	t.Helper()
	h, err := s.handler()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// evidence is the span of a sentence on a page.
func evidence(e *corpus.Entry, page int, sentence string) corpus.Span {
	i := strings.Index(e.Pages[page-1].Text, sentence)
	if i < 0 {
		panic("no such sentence on page " + strconv.Itoa(page) + ": " + sentence)
	}
	return corpus.Span{Page: page, Start: i, End: i + len(sentence)}
}

// Either serves the site that is reading documents in where the address says so,
// and the one at rest elsewhere.
func Either(running, rest http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "progress" {
			running.ServeHTTP(w, r)
			return
		}
		rest.ServeHTTP(w, r)
	})
}
