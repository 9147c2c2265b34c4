package indextest

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index"
)

// Scripts are files of lines. A line that begins with # says why; empty lines
// part. What comes before the first query is put into the index.
//
//	doc ID KEY=VALUE…     a document: work, lang, title, issued, kind, author, publisher;
//	                      country, topic, mentions, origin, transit, destination, published-by may be
//	                      lists with commas
//	page [LANG] [STATE]   its next page; the lines after it, indented, are its text
//	abstract LANG [TITLE] its next abstract, with its title in that language
//	note PAGE LANG        a note to a page of it
//	query CLAUSE…         what is asked: see parseClauses
//	prefer LANG…  sort ORDER  filter FIELD VALUE…  years FROM TO  facet FIELD
//	broader NARROW BROAD…  always VALUE…            of the facet above
//	want total N | partial N | documents N | missing WORD… | cut WORD…
//	want hits WORK…       in this order; ~WORK has only some of the words
//	want shown DOC…       the version shown of each hit
//	want versions WORK DOC…
//	want pages WORK N…    the pages of a hit, best first
//	want matching WORK N
//	want lacks WORK WORD…  what a hit does not have
//	want why WORK WORD=TIMES…  what counts for a hit: +WORD stands in the title too,
//	                      ~WORD is a label of a concept, /N at the end is the documents that have it
//	want spans WORK N TEXT…  the marked places of a page, in order
//	want abstract WORK LANG TEXT…  the abstract that answers a hit best and its marked places; no LANG where none does
//	want note WORK N LANG TEXT…  the note that is shown for a page and its marked places; no LANG where none does
//	want buckets FIELD VALUE=N…
//
// Values with spaces stand in single quotes, or in double ones after want; \uXXXX is a character that would
// not be seen.
//
//go:embed testdata/*.txt
var scripts embed.FS

type script struct {
	entries []*corpus.Entry
	asked   []*asked
}

type asked struct {
	line  int
	text  string
	query index.Query
	wants []want
}

type want struct {
	line   int
	kind   string
	fields []string
}

func runScripts(t *testing.T, open func(t *testing.T) index.Engine) {
	names, err := fs.Glob(scripts, "testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(name, "testdata/"), ".txt"), func(t *testing.T) {
			data, err := scripts.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			s, err := parseScript(string(data))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			s.run(t, name, open(t))
		})
	}
}

func (s *script) run(t *testing.T, name string, e index.Engine) {
	put(t, e, s.entries...)
	texts := map[corpus.ID]*corpus.Entry{}
	for _, entry := range s.entries {
		texts[entry.ID] = entry
	}
	for _, a := range s.asked {
		r := search(t, e, &a.query)
		for _, w := range a.wants {
			got := answer(r, w, texts)
			if d := cmp.Diff(w.fields, got); d != "" {
				t.Errorf("%s:%d: query %s (line %d): want %s (-want +got):\n%s", name, w.line, a.text, a.line, w.kind, d)
			}
		}
	}
}

// answer says what came back in the form of the line that wants it.
func answer(r *index.Result, w want, entries map[corpus.ID]*corpus.Entry) []string {
	switch w.kind {
	case "mixed":
		return []string{strconv.FormatBool(r.Mixed)}
	case "total":
		return []string{strconv.Itoa(r.Total)}
	case "partial":
		return []string{strconv.Itoa(r.Partial)}
	case "documents":
		return []string{strconv.Itoa(r.Documents)}
	case "missing":
		return append([]string{}, r.Missing...)
	case "cut":
		return append([]string{}, r.Cut...)
	case "hits":
		return hitNames(r)
	case "shown":
		out := []string{}
		for _, id := range shown(r) {
			out = append(out, string(id))
		}
		return out
	case "buckets":
		return bucketNames(r, w.fields[0])
	}
	return hitAnswer(r, w, entries)
}

func hitNames(r *index.Result) []string {
	out := []string{}
	for _, h := range r.Hits {
		if h.Partial {
			out = append(out, "~"+string(h.Work))
		} else {
			out = append(out, string(h.Work))
		}
	}
	return out
}

func bucketNames(r *index.Result, field string) []string {
	out := []string{field}
	for _, b := range r.Facets[index.Field(field)] {
		out = append(out, fmt.Sprintf("%s=%d", b.Value, b.Count))
	}
	return out
}

// hitAnswer answers about the hit of the work that is the first field.
func hitAnswer(r *index.Result, w want, entries map[corpus.ID]*corpus.Entry) []string {
	out := w.fields[:1:1]
	i := slices.IndexFunc(r.Hits, func(h index.Hit) bool { return string(h.Work) == w.fields[0] })
	if i < 0 {
		return []string{"no such hit"}
	}
	h := r.Hits[i]
	switch w.kind {
	case "versions":
		for _, d := range h.Documents {
			out = append(out, string(d))
		}
	case "pages":
		for _, p := range h.Pages {
			out = append(out, strconv.Itoa(p.Number))
		}
	case "lacks":
		out = append(out, h.Lacks...)
	case "why":
		for _, y := range h.Why {
			sign := ""
			if y.Label {
				sign += "~"
			}
			if y.Title {
				sign += "+"
			}
			out = append(out, fmt.Sprintf("%s%s=%d/%d", sign, y.Word, y.Times, y.Documents))
		}
	case "matching":
		out = append(out, strconv.Itoa(h.MatchingPages))
	case "abstract":
		if h.Abstract == nil {
			return out
		}
		out = append(out, string(h.Abstract.Lang))
		for _, s := range h.Abstract.Spans {
			out = append(out, abstractText(entries[h.Abstract.ID], h.Abstract.Lang, s))
		}
	case "note":
		return append(w.fields[:2:2], noteAnswer(h, w.fields[1], entries)...)
	case "spans":
		return append(w.fields[:2:2], spanTexts(h, w.fields[1], entries)...)
	}
	return out
}

func abstractText(e *corpus.Entry, l corpus.Lang, s index.Match) string {
	for _, a := range e.Abstracts {
		if a.Lang == l {
			return a.Text[s.Start:s.End]
		}
	}
	return "no such abstract"
}

func noteAnswer(h index.Hit, number string, entries map[corpus.ID]*corpus.Entry) []string {
	i := slices.IndexFunc(h.Pages, func(p index.PageHit) bool { return strconv.Itoa(p.Number) == number })
	if i < 0 {
		return []string{"no such page"}
	}
	p := h.Pages[i]
	if p.Note == nil {
		return nil
	}
	out := []string{string(p.Note.Lang)}
	for _, s := range p.Note.Spans {
		out = append(out, entries[p.ID].Note(p.Number, p.Note.Lang)[s.Start:s.End])
	}
	return out
}

func spanTexts(h index.Hit, number string, entries map[corpus.ID]*corpus.Entry) []string {
	var out []string
	for _, p := range h.Pages {
		if strconv.Itoa(p.Number) != number {
			continue
		}
		for _, s := range p.Spans {
			out = append(out, pageText(entries[p.ID], s))
		}
	}
	return out
}

func pageText(e *corpus.Entry, s index.Match) string {
	for _, p := range e.Pages {
		if p.Number == s.Page && 0 <= s.Start && s.Start <= s.End && s.End <= len(p.Text) {
			return p.Text[s.Start:s.End]
		}
	}
	return fmt.Sprintf("no place %+v", s)
}
