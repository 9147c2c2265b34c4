package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/catalog"
	"marsa/internal/extract"
	"marsa/internal/harvest"
	"marsa/internal/ingest"
)

// memory is an engine that only remembers what it was given.
type memory struct {
	mu   sync.Mutex
	revs map[corpus.ID]corpus.Hash
	fail error
}

func newMemory() *memory { return &memory{revs: map[corpus.ID]corpus.Hash{}} }

func (m *memory) Put(_ context.Context, es ...*corpus.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	for _, e := range es {
		m.revs[e.ID] = e.Rev
	}
	return nil
}

func (m *memory) Delete(_ context.Context, ids ...corpus.ID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, id := range ids {
		delete(m.revs, id)
	}
	return nil
}

func (m *memory) Revs(context.Context) (map[corpus.ID]corpus.Hash, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.revs), nil
}

func (m *memory) Similar(context.Context, string, string, corpus.Lang) ([]index.Spelling, error) {
	return nil, nil
}

func (m *memory) Related(context.Context, *index.Profile) ([]index.Relative, error) { return nil, nil }

func (m *memory) Search(context.Context, *index.Query) (*index.Result, error) {
	return nil, corpus.ErrUnavailable
}

func (m *memory) Close() error { return nil }

// reader reads a made-up format: pages are parted by form feeds, and a page
// "!password" makes reading fail with that reason, "!scan" is a scan, "!wait"
// waits until the run is over.
type reader struct{ called func(name string) }

func (r reader) Extract(ctx context.Context, name string, data []byte) (*extract.Content, error) {
	if r.called != nil {
		r.called(name)
	}
	c := &extract.Content{MediaType: "text/plain", State: corpus.Complete}
	for i, text := range strings.Split(string(data), "\f") {
		p := corpus.Page{Number: i + 1, Text: text, Quality: corpus.Quality{State: corpus.Complete}}
		key, ok := strings.CutPrefix(strings.TrimSpace(text), "!")
		switch {
		case !ok:
		case key == "scan":
			p.Text, p.Quality.State = "", corpus.Scan
		case key == "wait":
			<-ctx.Done()
			return nil, ctx.Err()
		case key == "wrong":
			p.Number = 7
		default:
			return nil, fmt.Errorf("extract %s: %w", name, extract.Cause(key))
		}
		c.Pages = append(c.Pages, p)
	}
	return c, nil
}

// library is a pipeline with a folder to take in.
type library struct {
	*ingest.Pipeline
	t      *testing.T
	engine *memory
	folder string
	data   string // where the catalog is
}

func newLibrary(t *testing.T) *library {
	t.Helper()
	data := t.TempDir()
	c, err := catalog.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	m := newMemory()
	return &library{t: t, engine: m, folder: t.TempDir(), data: data,
		Pipeline: &ingest.Pipeline{Catalog: c, Engine: m, Extractor: reader{}, Workers: 3}}
}

func (l *library) write(name, content string) {
	l.t.Helper()
	path := filepath.Join(l.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		l.t.Fatal(err)
	}
}

func (l *library) remove(name string) {
	l.t.Helper()
	if err := os.Remove(filepath.Join(l.folder, name)); err != nil {
		l.t.Fatal(err)
	}
}

// run takes the folder in and returns the outcome of each file.
func (l *library) run(o ingest.Options) map[string]ingest.Item {
	l.t.Helper()
	report, err := l.Run(l.t.Context(), harvest.Files(l.folder), o)
	if err != nil {
		l.t.Fatal(err)
	}
	items := map[string]ingest.Item{}
	for _, it := range report.Items {
		items[strings.TrimPrefix(it.Origin, "file://"+l.folder+"/")] = it
	}
	l.checkIndex()
	return items
}

// checkIndex checks that the index holds what the catalog holds.
func (l *library) checkIndex() {
	l.t.Helper()
	want, err := l.Catalog.Revs()
	if err != nil {
		l.t.Fatal(err)
	}
	have, _ := l.engine.Revs(l.t.Context())
	if diff := cmp.Diff(want, have); diff != "" {
		l.t.Errorf("catalog and index (-catalog +index):\n%s", diff)
	}
}

func (l *library) outcomes(o ingest.Options) map[string]ingest.Outcome {
	l.t.Helper()
	out := map[string]ingest.Outcome{}
	for name, it := range l.run(o) {
		out[name] = it.Outcome
	}
	return out
}

func (l *library) want(o ingest.Options, want map[string]ingest.Outcome) {
	l.t.Helper()
	if diff := cmp.Diff(want, l.outcomes(o)); diff != "" {
		l.t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

type outcomes = map[string]ingest.Outcome

func TestAgainAndChanged(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "one")
	l.write("sub/b.txt", "two\fthree")
	l.write("copy.txt", "two\fthree")
	first := l.run(ingest.Options{})
	if first["a.txt"].Outcome != ingest.Added || first["copy.txt"].Outcome != ingest.Added || first["sub/b.txt"].Outcome != ingest.Duplicate {
		t.Fatalf("first run: %+v", first)
	}
	if first["sub/b.txt"].ID != first["copy.txt"].ID || first["copy.txt"].Pages != 2 {
		t.Errorf("duplicate: %+v", first)
	}
	l.want(ingest.Options{}, outcomes{"a.txt": ingest.Unchanged, "copy.txt": ingest.Unchanged, "sub/b.txt": ingest.Unchanged})

	l.write("a.txt", "one, second edition")
	again := l.run(ingest.Options{})
	if it := again["a.txt"]; it.Outcome != ingest.Changed || it.ID != first["a.txt"].ID {
		t.Errorf("changed file: %+v", it)
	}
	if d, err := l.Catalog.Document(first["a.txt"].ID); err != nil || d.Original.Hash != corpus.HashOf([]byte("one, second edition")) {
		t.Errorf("document: %+v, %v", d, err)
	}

	// A copy that changes becomes a document of its own; the first place keeps the ID.
	l.write("sub/b.txt", "four")
	again = l.run(ingest.Options{})
	if it := again["sub/b.txt"]; it.Outcome != ingest.Added || it.ID == first["copy.txt"].ID {
		t.Errorf("changed copy: %+v", it)
	}
	l.want(ingest.Options{}, outcomes{"a.txt": ingest.Unchanged, "copy.txt": ingest.Unchanged, "sub/b.txt": ingest.Unchanged})
}

func TestChangedFileThatCannotBeRead(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "good text")
	id := l.run(ingest.Options{})["a.txt"].ID
	l.write("a.txt", "!damaged")
	for range 2 { // and again: it is tried anew each time
		it := l.run(ingest.Options{})["a.txt"]
		if it.Outcome != ingest.Kept || it.ID != id || it.Reason != "damaged" || !strings.Contains(it.Message, "keeps its former text") {
			t.Errorf("item: %+v", it)
		}
	}
	if p, err := l.Catalog.Page(id, 1); err != nil || p.Text != "good text" {
		t.Errorf("page: %+v, %v", p, err)
	}
	if s, err := l.Catalog.Stats(); err != nil || s.Failures["damaged"] != 1 {
		t.Errorf("stats: %+v, %v", s, err)
	}
	l.write("a.txt", "good text")
	l.want(ingest.Options{}, outcomes{"a.txt": ingest.Unchanged})
	if s, err := l.Catalog.Stats(); err != nil || len(s.Failures) != 0 {
		t.Errorf("a file that is good again still counts as failed: %+v, %v", s, err)
	}
}

func TestFailures(t *testing.T) {
	l := newLibrary(t)
	reasons := []string{"password", "empty", "too-large", "unsupported", "damaged", "timeout", "crashed", "memory", "no-text"}
	for _, r := range reasons {
		l.write(r+".txt", "!"+r)
	}
	l.write("wrong.txt", "!wrong")
	l.write("good.txt", "text")
	items := l.run(ingest.Options{})
	for _, r := range reasons {
		it := items[r+".txt"]
		if it.Outcome != ingest.Failed || it.Reason != r || !strings.Contains(it.Message, r+".txt") || !strings.Contains(it.Message, ": ") {
			t.Errorf("%s: %+v", r, it)
		}
	}
	if it := items["wrong.txt"]; it.Reason != "crashed" {
		t.Errorf("pages in disorder: %+v", it)
	}
	if items["good.txt"].Outcome != ingest.Added {
		t.Errorf("good file: %+v", items["good.txt"])
	}
	if s, err := l.Catalog.Stats(); err != nil || len(s.Failures) != len(reasons) || s.Documents != 1 {
		t.Errorf("stats: %+v, %v", s, err)
	}
}

// TestSentences checks that what people are told to do can be done with the file.
func TestSentences(t *testing.T) {
	l := newLibrary(t)
	for name, want := range map[string]string{
		"locked.PDF": "print it to a new PDF",
		"book.azw":   "convert it to PDF",
		"scan.pdf":   "text recognition",
		"photo.JPG":  "text recognition",
		"blank.docx": "replace it",
	} {
		reason := "!unsupported"
		if strings.Contains("scan.pdf photo.JPG blank.docx", name) {
			reason = "!no-text"
		}
		l.write(name, reason+"\f"+name)
		if it := l.run(ingest.Options{})[name]; it.Outcome != ingest.Failed || !strings.Contains(it.Message, want) {
			t.Errorf("%s: %+v", name, it)
		}
	}
}

func TestGone(t *testing.T) {
	l := newLibrary(t)
	for _, name := range []string{"a.txt", "b.txt", "moved.txt"} {
		l.write(name, name)
	}
	first := l.run(ingest.Options{})
	l.remove("b.txt")
	l.remove("moved.txt")
	l.write("new/moved.txt", "moved.txt")
	l.want(ingest.Options{}, outcomes{"a.txt": ingest.Unchanged, "b.txt": ingest.Gone, "moved.txt": ingest.Gone, "new/moved.txt": ingest.Duplicate})
	if _, err := l.Catalog.Document(first["b.txt"].ID); err != nil {
		t.Errorf("document of a file that is gone: %v", err)
	}
	l.want(ingest.Options{Prune: true}, outcomes{"a.txt": ingest.Unchanged, "b.txt": ingest.Removed, "new/moved.txt": ingest.Unchanged})
	if _, err := l.Catalog.Document(first["b.txt"].ID); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("pruned document: %v", err)
	}
	if _, err := l.Catalog.Document(first["moved.txt"].ID); err != nil {
		t.Errorf("moved document: %v", err)
	}
	// What was pruned may come back.
	l.write("b.txt", "b.txt")
	if it := l.run(ingest.Options{})["b.txt"]; it.Outcome != ingest.Added {
		t.Errorf("pruned and back: %+v", it)
	}
}

// TestAllPlacesGone checks that a document is taken out once when nothing is left
// at any of its places.
func TestAllPlacesGone(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "the same")
	l.write("b.txt", "the same")
	l.write("z.txt", "other")
	l.run(ingest.Options{})
	l.remove("a.txt")
	l.remove("b.txt")
	l.want(ingest.Options{}, outcomes{"a.txt": ingest.Gone, "b.txt": ingest.Gone, "z.txt": ingest.Unchanged})
	o := ingest.Options{Prune: true, Progress: func(p ingest.Progress) {
		if p.FilesDone > p.Files {
			t.Errorf("progress: %+v", p)
		}
	}}
	l.want(o, outcomes{"a.txt": ingest.Removed, "b.txt": ingest.Removed, "z.txt": ingest.Unchanged})
	l.want(o, outcomes{"z.txt": ingest.Unchanged})
}

func TestFailureOfAFileThatIsGone(t *testing.T) {
	l := newLibrary(t)
	l.write("a/bad.txt", "!password")
	l.write("b/bad.txt", "!password")
	l.run(ingest.Options{})
	l.remove("a/bad.txt")
	l.remove("b/bad.txt")
	if _, err := l.Run(t.Context(), harvest.Files(filepath.Join(l.folder, "a")), ingest.Options{}); err != nil {
		t.Fatal(err)
	}
	all, err := l.Catalog.Failures()
	if err != nil || len(all) != 1 || !strings.HasSuffix(all[0].Origin, "b/bad.txt") {
		t.Errorf("failures after a run over one of two folders: %+v, %v", all, err)
	}
}

func TestPruneLooksOnlyUnderTheFolder(t *testing.T) {
	l := newLibrary(t)
	l.write("a/one.txt", "one")
	l.write("ab/two.txt", "two")
	l.run(ingest.Options{})
	l.remove("ab/two.txt")
	l.remove("a/one.txt")
	report, err := l.Run(t.Context(), harvest.Files(filepath.Join(l.folder, "a")), ingest.Options{Prune: true})
	if err != nil || len(report.Items) != 1 || report.Items[0].Outcome != ingest.Removed {
		t.Errorf("report: %+v, %v", report, err)
	}
	// A folder that is not there any more prunes nothing: its disk may not be there.
	if err := os.RemoveAll(filepath.Join(l.folder, "ab")); err != nil {
		t.Fatal(err)
	}
	report, err = l.Run(t.Context(), harvest.Files(filepath.Join(l.folder, "ab")), ingest.Options{Prune: true})
	if err != nil || len(report.Items) != 1 || report.Items[0].Reason != "missing" {
		t.Errorf("report: %+v, %v", report, err)
	}
	if s, err := l.Catalog.Stats(); err != nil || s.Documents != 1 {
		t.Errorf("stats: %+v, %v", s, err)
	}
}

func TestBrokenManifestPrunesNothing(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "one")
	l.run(ingest.Options{})
	l.write("manifest.tsv", "file\ttitel\na.txt\tA\n")
	items := l.run(ingest.Options{Prune: true})
	if it := items[""]; it.Reason != "record" || !strings.Contains(it.Message, "titel") || !strings.Contains(it.Message, "line 1") {
		t.Errorf("items: %+v", items)
	}
	if s, err := l.Catalog.Stats(); err != nil || s.Documents != 1 {
		t.Errorf("stats: %+v, %v", s, err)
	}
}

func TestRemovedStaysOut(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "one")
	l.write("a.txt.yaml", "id: guide\n")
	l.run(ingest.Options{})
	if err := l.Remove(t.Context(), "guide", "asked by its author"); err != nil {
		t.Fatal(err)
	}
	l.checkIndex()
	l.write("copy.txt", "one") // the same bytes elsewhere
	l.write("other.txt", "new edition")
	l.write("other.txt.yaml", "id: guide\n") // the same ID
	l.write("a.txt", "changed")              // the same place
	items := l.run(ingest.Options{})
	for _, name := range []string{"a.txt", "copy.txt", "other.txt"} {
		if it := items[name]; it.Outcome != ingest.Refused || !strings.Contains(it.Message, "asked by its author") {
			t.Errorf("%s: %+v", name, it)
		}
	}
	if err := l.Remove(t.Context(), "guide", "again"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
}

func TestRecord(t *testing.T) {
	l := newLibrary(t)
	l.write("guide.pdf", "Les travailleurs domestiques ont des droits que la loi de leur pays protège.\f!scan")
	l.write("guide.pdf.yaml", `
id: guide
work: guide-work
title: Guide
authors: [A, B]
publisher: P
issued: 2009-05
kind: kind/study
languages: [fr, ar]
countries: [lb]
topics: labour-migration
url: https://example.org/guide#top
licence: CC BY 4.0
notice: N
abstract: Sur les droits.
notes.en: {1: Rights of workers., 9: Nothing.}
title.fr: Le guide
title.en: The guide
title.ar: Guide
`)
	it := l.run(ingest.Options{})["guide.pdf"]
	e, err := l.Catalog.Entry("guide")
	if err != nil {
		t.Fatalf("%v: %+v", err, it)
	}
	want := corpus.Document{
		ID: "guide", Work: "guide-work", Title: "Guide", Lang: "fr", Languages: []corpus.Lang{"fr", "ar"}, Authors: []string{"A", "B"},
		Publisher: "P", Issued: "2009-05", Kind: "study", Licence: "CC BY 4.0", Notice: "N", State: corpus.Partial, NumPages: 2,
		Origins: []corpus.Origin{{URL: "https://example.org/guide"}, {URL: "file://" + l.folder + "/guide.pdf"}},
		Tags: []corpus.Tag{
			{Concept: "country/lb", Role: corpus.About, Weight: 1, Rule: "record", By: corpus.ByRecord, State: corpus.Proposed},
			{Concept: "topic/labour-migration", Role: corpus.About, Weight: 1, Rule: "record", By: corpus.ByRecord, State: corpus.Proposed},
		},
		Source: map[string]corpus.Provenance{"title": corpus.FromRecord, "authors": corpus.FromRecord, "publisher": corpus.FromRecord,
			"issued": corpus.FromRecord, "lang": corpus.FromRecord, "kind": corpus.FromRecord, "work": corpus.FromRecord, "abstracts": corpus.FromRecord, "notes": corpus.FromRecord},
		Abstracts: []corpus.Abstract{{Lang: "en", Title: "The guide"}, {Lang: "fr", Text: "Sur les droits."}}, // a title that is its own says nothing
		Notes:     []corpus.PageNote{{Page: 1, Lang: "en", Text: "Rights of workers."}},
		Warnings:  []string{"notes of the record that are left out, because the document has no such page, or another note to it: 1", "page 2: scan, no text; to make all of it searchable, install tesseract with the data of its language (on Debian tesseract-ocr and, for Arabic, tesseract-ocr-ara) and take it in again"},
		Rev:       e.Rev, Original: e.Original,
	}
	if diff := cmp.Diff(want, e.Document); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
	if e.Pages[0].Lang != "fr" {
		t.Errorf("page 1 is in %q", e.Pages[0].Lang)
	}
	// A record that changes is a change, though the file is the same.
	l.write("guide.pdf.yaml", "id: other\ntitle: Second\n")
	it = l.run(ingest.Options{})["guide.pdf"]
	if it.Outcome != ingest.Changed || it.ID != "guide" || it.Title != "Second" || !strings.Contains(strings.Join(it.Warnings, " "), "stays guide") {
		t.Errorf("changed record: %+v", it)
	}
	l.want(ingest.Options{}, outcomes{"guide.pdf": ingest.Unchanged})
}

func TestScan(t *testing.T) {
	l := newLibrary(t)
	l.write("old_law_1936.pdf", "!scan\f!scan")
	it := l.run(ingest.Options{})["old_law_1936.pdf"]
	if it.Outcome != ingest.Added || it.Title != "old law 1936" || len(it.Warnings) != 1 || !strings.HasPrefix(it.Warnings[0], "scan, no text") {
		t.Errorf("item: %+v", it)
	}
	if d, err := l.Catalog.Document(it.ID); err != nil || d.State != corpus.Scan || d.Source["title"] != corpus.FromGuess {
		t.Errorf("document: %+v, %v", d, err)
	}
}

func TestTwoFilesOneID(t *testing.T) {
	l := newLibrary(t)
	l.write("manifest.tsv", "file\tid\na.txt\tguide\nb.txt\tguide\n")
	l.write("a.txt", "one")
	l.write("b.txt", "two")
	for range 2 {
		items := l.run(ingest.Options{})
		if it := items["b.txt"]; it.Outcome != ingest.Failed || it.Reason != ingest.ReasonIDTaken || !strings.Contains(it.Message, "a.txt") {
			t.Errorf("second file: %+v", it)
		}
		if items["a.txt"].ID != "guide" {
			t.Errorf("first file: %+v", items["a.txt"])
		}
	}
	// Its file moved and changed at once: the ID says that it is the same document.
	l.remove("a.txt")
	l.write("manifest.tsv", "file\tid\nnew.txt\tguide\nb.txt\tother\n")
	l.write("new.txt", "one, second edition")
	l.want(ingest.Options{}, outcomes{"a.txt": ingest.Gone, "new.txt": ingest.Changed, "b.txt": ingest.Added})
}

func TestPersonsTagsStay(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "one")
	id := l.run(ingest.Options{})["a.txt"].ID
	e, err := l.Catalog.Entry(id)
	if err != nil {
		t.Fatal(err)
	}
	e.Tags = []corpus.Tag{{Concept: "country/ma", Role: corpus.About, Weight: 1, By: "nadia", State: corpus.Rejected, Evidence: []corpus.Span{{Page: 1, End: 3}}}}
	place, err := l.Catalog.OriginsOf(id)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Catalog.Put(e, []byte("one"), place[0].Seen); err != nil {
		t.Fatal(err)
	}
	l.write("a.txt", "two")
	l.run(ingest.Options{})
	d, err := l.Catalog.Document(id)
	if err != nil {
		t.Fatal(err)
	}
	want := []corpus.Tag{{Concept: "country/ma", Role: corpus.About, Weight: 1, By: "nadia", State: corpus.Rejected}}
	if diff := cmp.Diff(want, d.Tags); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
}

func TestEmbedded(t *testing.T) {
	l := newLibrary(t)
	starter := fstest.MapFS{
		"manifest.tsv": {Data: []byte("file\tid\ttitle\na.md\tstarter-a\tA\n")},
		"a.md":         {Data: []byte("text a")},
		"b.md":         {Data: []byte("text b")},
	}
	for _, want := range []ingest.Outcome{ingest.Added, ingest.Unchanged} {
		report, err := l.Run(t.Context(), harvest.FS(starter, "starter"), ingest.Options{})
		if err != nil || report.Counts[want] != 2 || report.NothingToDo() != (want == ingest.Unchanged) {
			t.Fatalf("report: %+v, %v", report, err)
		}
	}
	if d, err := l.Catalog.Document("starter-a"); err != nil || d.Origins[0].URL != "starter:a.md" {
		t.Errorf("document: %+v, %v", d, err)
	}
	delete(starter, "b.md")
	report, err := l.Run(t.Context(), harvest.FS(starter, "starter"), ingest.Options{Prune: true})
	if err != nil || report.Counts[ingest.Removed] != 1 {
		t.Errorf("report: %+v, %v", report, err)
	}
}

func TestCancel(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "one")
	for i := range 5 {
		l.write(fmt.Sprintf("b%d.txt", i), "!wait")
	}
	ctx, cancel := context.WithCancel(t.Context())
	o := ingest.Options{Done: func(it ingest.Item) { cancel() }}
	report, err := l.Run(ctx, harvest.Files(l.folder), o)
	if !errors.Is(err, context.Canceled) || len(report.Items) != 1 || report.Items[0].Outcome != ingest.Added {
		t.Errorf("report: %+v, %v", report, err)
	}
	l.checkIndex() // what is in the catalog is in the index too
	if s, err := l.Catalog.Stats(); err != nil || len(s.Failures) != 0 {
		t.Errorf("cancelled files count as failed: %+v, %v", s, err)
	}
}

func TestEngineFails(t *testing.T) {
	l := newLibrary(t)
	for i := range 20 {
		l.write(fmt.Sprintf("%d.txt", i), fmt.Sprint("text ", i))
	}
	l.engine.fail = errors.New("index is broken")
	report, err := l.Run(t.Context(), harvest.Files(l.folder), ingest.Options{})
	if !errors.Is(err, l.engine.fail) {
		t.Fatalf("Run = %v", err)
	}
	l.engine.fail = nil
	done, err := l.Repair(t.Context())
	if err != nil || done.Put < report.Counts[ingest.Added] {
		t.Errorf("Repair = %+v, %v; reported %v", done, err, report.Counts)
	}
	l.checkIndex()
}

func TestRepairAndReindex(t *testing.T) {
	l := newLibrary(t)
	for i := range 5 {
		l.write(fmt.Sprintf("%d.txt", i), fmt.Sprint("text ", i))
	}
	ids := l.run(ingest.Options{})
	if done, err := l.Repair(t.Context()); err != nil || done != (ingest.Repaired{}) {
		t.Errorf("nothing to repair: %+v, %v", done, err)
	}
	delete(l.engine.revs, ids["0.txt"].ID)
	l.engine.revs[ids["1.txt"].ID] = "old"
	l.engine.revs["ghost"] = "x"
	if done, err := l.Repair(t.Context()); err != nil || done != (ingest.Repaired{Put: 2, Deleted: 1}) {
		t.Errorf("Repair = %+v, %v", done, err)
	}
	l.checkIndex()
	l.engine = newMemory()
	var seen []int
	if err := l.Reindex(t.Context(), l.engine, func(done, total int) { seen = append(seen, done, total) }); err != nil {
		t.Fatal(err)
	}
	l.checkIndex()
	if diff := cmp.Diff([]int{0, 5, 5, 5}, seen); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
}

func TestProgressAndDone(t *testing.T) {
	l := newLibrary(t)
	for i := range 30 {
		l.write(fmt.Sprintf("%02d.txt", i), fmt.Sprint("text ", i))
	}
	l.write("bad.txt", "!damaged")
	var last ingest.Progress
	done := 0
	o := ingest.Options{
		Progress: func(p ingest.Progress) {
			if p.Files != 31 || p.FilesDone < last.FilesDone {
				t.Errorf("progress %+v after %+v", p, last)
			}
			last = p
		},
		Done: func(it ingest.Item) {
			done++
			if it.Outcome != ingest.Added {
				return
			}
			f, err := l.Catalog.Original(it.ID)
			if err != nil {
				t.Errorf("reported done and not there: %v", err)
				return
			}
			f.Close()
		},
	}
	report, err := l.Run(t.Context(), harvest.Files(l.folder), o)
	if err != nil {
		t.Fatal(err)
	}
	if last.FilesDone != 31 || last.Failed != 1 || last.Pages != 30 || done != 31 || report.Failed() != 1 {
		t.Errorf("last %+v, done %d, failed %d", last, done, report.Failed())
	}
	for i, it := range report.Items[:30] { // in the order of the source, whatever was read first
		if want := fmt.Sprintf("/%02d.txt", i); !strings.HasSuffix(it.Origin, want) {
			t.Errorf("item %d is %s", i, it.Origin)
		}
	}
}

// TestSameBytesInOneRun checks that copies become one document however the
// workers race.
func TestSameBytesInOneRun(t *testing.T) {
	l := newLibrary(t)
	for i := range 40 {
		l.write(fmt.Sprintf("%02d.txt", i), fmt.Sprint("text ", i%4))
	}
	var counts = map[ingest.Outcome]int{}
	for name, it := range l.run(ingest.Options{}) {
		counts[it.Outcome]++
		if it.Outcome == ingest.Added && name > "03.txt" {
			t.Errorf("%s is the original and not the first of its copies", name)
		}
	}
	if diff := cmp.Diff(map[ingest.Outcome]int{ingest.Added: 4, ingest.Duplicate: 36}, counts); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

func TestRemoveWhileTakingIn(t *testing.T) {
	l := newLibrary(t)
	for i := range 40 {
		l.write(fmt.Sprintf("%02d.txt", i), fmt.Sprint("text ", i))
	}
	var wg sync.WaitGroup
	o := ingest.Options{Done: func(it ingest.Item) {
		if strings.HasSuffix(it.Origin, "5.txt") {
			wg.Go(func() {
				if err := l.Remove(t.Context(), it.ID, "test"); err != nil {
					t.Error(err)
				}
			})
		}
	}}
	if _, err := l.Run(t.Context(), harvest.Files(l.folder), o); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	l.checkIndex()
	if s, err := l.Catalog.Stats(); err != nil || s.Documents != 36 || s.Removed != 4 {
		t.Errorf("stats: %+v, %v", s, err)
	}
}

// changing is a source whose item answers as a server does that knows ETags.
type changing struct{ calls []harvest.Validators }

func (c *changing) String() string { return "https://example.org/a" }

func (c *changing) Items(context.Context, time.Time) iter.Seq2[harvest.Item, error] {
	return func(yield func(harvest.Item, error) bool) {
		yield(harvest.Item{URL: "https://example.org/a", Name: "a", Size: -1, Fetch: c.fetch}, nil)
	}
}

func (c *changing) fetch(_ context.Context, have harvest.Validators) (*harvest.File, error) {
	c.calls = append(c.calls, have)
	if have.ETag == "v1" {
		return nil, harvest.ErrUnchanged
	}
	return &harvest.File{Data: []byte("text"), Name: "a.txt", Validators: harvest.Validators{ETag: "v1"}}, nil
}

func TestValidators(t *testing.T) {
	l := newLibrary(t)
	src := &changing{}
	for _, want := range []ingest.Outcome{ingest.Added, ingest.Unchanged, ingest.Unchanged} {
		report, err := l.Run(t.Context(), src, ingest.Options{})
		if err != nil || report.Counts[want] != 1 {
			t.Fatalf("report: %+v, %v", report, err)
		}
	}
	want := []harvest.Validators{{}, {ETag: "v1"}, {ETag: "v1"}}
	if diff := cmp.Diff(want, src.calls); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	ids, err := l.Catalog.IDs()
	if err != nil {
		t.Fatal(err)
	}
	f, err := l.Catalog.Original(ids[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := io.ReadAll(f); err != nil || string(data) != "text" {
		t.Errorf("original %q, %v", data, err)
	}
}
