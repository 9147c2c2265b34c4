package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

// q1 finds the better of its two documents: nDCG 2 / (2 + 1/log2(3)), MAP and
// recall 1/2. q2 finds its one document, first; q3 nothing. q4 has nothing to
// find and does not count.
const tiny = `tiny	nDCG@10	0.5867
tiny	MAP	0.5000
tiny	R@100	0.5000
tiny	MRR@10	0.6667
tiny/en	nDCG@10	0.3801
tiny/en	MAP	0.2500
tiny/en	R@100	0.2500
tiny/en	MRR@10	0.5000
tiny/fr	nDCG@10	1.0000
tiny/fr	MAP	1.0000
tiny/fr	R@100	1.0000
tiny/fr	MRR@10	1.0000
tiny:all-languages	nDCG@10	0.7654
tiny:all-languages	MAP	0.6667
tiny:all-languages	R@100	0.6667
tiny:all-languages	MRR@10	1.0000
tiny:all-languages/fr	nDCG@10	0.7654
tiny:all-languages/fr	MAP	0.6667
tiny:all-languages/fr	R@100	0.6667
tiny:all-languages/fr	MRR@10	1.0000
tiny	p50 ms
tiny	p95 ms
`

const tinyPages = `tiny	page@1	0.6667
tiny/en	page@1	0.5000
tiny/fr	page@1	1.0000
tiny:all-languages	page@1	1.0000
tiny:all-languages/fr	page@1	1.0000
tiny	p50 ms
tiny	p95 ms
`

const tinyNotes = `tiny: qrels-codes.tsv left out: its columns are not "query-id", "corpus-id", "score"
tiny: document Gone is judged and not in the collection
`

func TestRun(t *testing.T) {
	for group, want := range map[int]string{0: tiny, 2: tinyPages} {
		var out, notes bytes.Buffer
		if err := run(t.Context(), []string{"testdata/tiny"}, group, &out, &notes); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, withoutTimes(out.String())); diff != "" {
			t.Errorf("group %d (-want +got):\n%s", group, diff)
		}
		if diff := cmp.Diff(tinyNotes, notes.String()); diff != "" {
			t.Errorf("notes of group %d (-want +got):\n%s", group, diff)
		}
	}
}

// withoutTimes cuts the figures from lines of times.
func withoutTimes(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if head, _, ok := strings.Cut(line, " ms\t"); ok {
			line = head + " ms\n"
		}
		b.WriteString(line)
	}
	return b.String()
}

func TestRunStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, notes bytes.Buffer
	if err := run(ctx, []string{"testdata/tiny"}, 0, &out, &notes); err == nil {
		t.Errorf("a run that is over printed %q", out.String())
	}
}

func TestQuestionTooLongFindsNothing(t *testing.T) {
	dir := collectionDir(t, map[string]string{
		"queries.jsonl": `{"_id": "q", "text": "` + strings.Repeat("word ", 201) + `"}`,
	})
	var out, notes bytes.Buffer
	if err := run(t.Context(), []string{dir}, 0, &out, &notes); err != nil {
		t.Fatal(err)
	}
	if want := "\tnDCG@10\t0.0000\n"; !strings.Contains(out.String(), want) || strings.Contains(out.String(), " ms") {
		t.Errorf("printed %q, want %q and no times", out.String(), want)
	}
	if want := "question q has 1005 bytes"; !strings.Contains(notes.String(), want) {
		t.Errorf("noted %q, want %q", notes.String(), want)
	}
}

func TestPublish(t *testing.T) {
	documents := []item{
		{ID: "a", Title: "First  title", Text: "one\r\n\r\n\r\ntwo"}, {ID: "b", Title: "Second", Text: "three"}, {ID: "c"}, {ID: "d"}, {ID: "e", Text: "Το τρίτο κείμενο"},
	}
	for i := range 3 {
		documents[i].Metadata.Lang = "en"
	}
	documents[3].Metadata.Lang = "fr"
	p := publish(documents, 2)
	type shape struct {
		Title string
		Lang  corpus.Lang
		Texts []string
	}
	var got []shape
	for _, e := range p.entries {
		s := shape{Title: e.Title, Lang: e.Lang}
		for _, page := range e.Pages {
			s.Texts = append(s.Texts, page.Text)
		}
		got = append(got, s)
	}
	want := []shape{
		{"First title", "en", []string{"one\n\ntwo", "three"}},
		{"", "en", []string{""}},
		{"", "fr", []string{""}},
		{"", "el", []string{"Το τρίτο κείμενο"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("publications (-want +got):\n%s", diff)
	}
	if got := p.documents[place{p.entries[0].ID, 2}]; got != "b" {
		t.Errorf("page 2 of the first publication is %q, want b", got)
	}
}

// collectionDir writes a collection of one document and one question, with other
// files in place of its own.
func collectionDir(t *testing.T, other map[string]string) string {
	t.Helper()
	files := map[string]string{
		"corpus.jsonl":  `{"_id": "d", "text": "word"}` + "\n",
		"queries.jsonl": `{"_id": "q", "text": "word"}` + "\n",
		"qrels.tsv":     "query-id\tcorpus-id\tscore\nq\td\t1\n",
	}
	for name, text := range other {
		files[name] = text
	}
	dir := t.TempDir()
	for name, text := range files {
		if text == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestReadNamesFileAndLine(t *testing.T) {
	const head = "query-id\tcorpus-id\tscore\n"
	for name, c := range map[string]struct{ file, text, want string }{
		"not JSON":        {"corpus.jsonl", "{\"_id\": \"d\"}\n{\"_id\": \n", "corpus.jsonl:2: "},
		"no id":           {"corpus.jsonl", "{\"text\": \"x\"}\n", "corpus.jsonl:1: _id \"\" is empty"},
		"id is a number":  {"queries.jsonl", "{\"_id\": 1}\n", "queries.jsonl:1: "},
		"question twice":  {"queries.jsonl", "{\"_id\": \"q\"}\n{\"_id\": \"q\"}\n", "queries.jsonl:2: _id \"q\""},
		"two columns":     {"qrels.tsv", head + "q\td\n", "qrels.tsv:2: 2 columns"},
		"score of a word": {"qrels.tsv", head + "q\td\tgood\n", "qrels.tsv:2: score \"good\""},
		"pair twice":      {"qrels.tsv", head + "q\td\t1\nq\td\t2\n", "qrels.tsv:3: question \"q\" and document \"d\" are judged twice"},
		"other columns":   {"qrels.tsv", "q\td\t1\n", "qrels.tsv:1: its columns are not"},
		"no judgements":   {"qrels.tsv", "", "no qrels.tsv"},
		"not compressed":  {"corpus.jsonl.gz", "{\"_id\": \"d\"}\n", "corpus.jsonl.gz: gzip"},
		"nothing right":   {"qrels.tsv", head + "q\td\t0\n", "no question has a right document"},
	} {
		dir := collectionDir(t, map[string]string{c.file: c.text})
		var out, notes bytes.Buffer
		err := run(t.Context(), []string{dir}, 0, &out, &notes)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), dir) && name != "nothing right" {
			t.Errorf("%s: error %v, want one with %q and the folder", name, err, c.want)
		}
	}
}

func TestReadCompressed(t *testing.T) {
	packed := func(text string) string {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	whole := packed(`{"_id": "packed"}` + "\n")
	dir := collectionDir(t, map[string]string{
		"corpus.jsonl.gz":   whole,
		"qrels-more.tsv.gz": packed("query-id\tcorpus-id\tscore\nq\tpacked\t2\n"),
	})
	c, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]item{{ID: "packed"}}, c.documents); diff != "" {
		t.Errorf("documents (-want +got):\n%s", diff)
	}
	if len(c.judgements) != 2 || c.judgements[1].name != "more" || c.judgements[1].scores["q"]["packed"] != 2 {
		t.Errorf("judgements %+v, want those of qrels.tsv and of qrels-more.tsv.gz", c.judgements)
	}

	cut := collectionDir(t, map[string]string{"corpus.jsonl.gz": whole[:len(whole)-4]})
	if _, err := read(cut); err == nil || !strings.Contains(err.Error(), "corpus.jsonl.gz:2: unexpected EOF") {
		t.Errorf("a file that ends too early: error %v", err)
	}
}
