package bleve

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index"
	"marsa/index/indextest"
)

func TestConformance(t *testing.T) {
	indextest.Run(t, func(t *testing.T) index.Engine { return openTemp(t) })
}

func openTemp(t testing.TB) *Engine {
	t.Helper()
	e, err := Open(t.TempDir(), Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func entry(id corpus.ID, pages ...string) *corpus.Entry {
	e := &corpus.Entry{Document: corpus.Document{ID: id, Title: "Title of " + string(id), Lang: "en", Languages: []corpus.Lang{"en"}}}
	for i, text := range pages {
		e.Pages = append(e.Pages, corpus.Page{Number: i + 1, Lang: "en", Text: text})
	}
	return e
}

func put(t testing.TB, e *Engine, es ...*corpus.Entry) {
	t.Helper()
	if err := e.Put(context.Background(), es...); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasPutIsThereAfterOpeningAgain(t *testing.T) {
	dir := t.TempDir()
	e, err := Open(dir, Config{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	a := entry("a", "harvest", "", "more harvest")
	a.Kind, a.Issued, a.Work = "study", "2001-02", "w"
	a.Pages[2].Number = 7
	put(t, e, a, entry("b", "drought"))
	put(t, e, entry("c", "harvest"))
	if err := e.Delete(context.Background(), "c"); err != nil {
		t.Fatal(err)
	}
	q := &index.Query{
		Match: index.Word{Text: "harvest"}, Limit: 10, Pages: 10,
		Facets:  []index.FacetRequest{{Field: index.FieldKind}, {Field: index.FieldYear}},
		Filters: []index.Filter{{Field: index.FieldYear, From: 2000, To: 2002}},
	}
	before, err := e.Search(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	if before.Total != 1 || before.Hits[0].Work != "w" || before.Hits[0].MatchingPages != 2 {
		t.Fatalf("before closing: %+v", before)
	}
	stats := e.table.stats
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if e, err = Open(dir, Config{}); err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	after, err := e.Search(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, after); d != "" {
		t.Errorf("after opening again (-before +after):\n%s", d)
	}
	if stats != e.table.stats {
		t.Errorf("statistics %v, before %v", e.table.stats, stats)
	}
}

func TestOpenRefusesOtherVersions(t *testing.T) {
	for name, prepare := range map[string]func(dir string) error{
		"older":   func(dir string) error { return os.WriteFile(filepath.Join(dir, "schema"), []byte("0\n"), 0o600) },
		"unknown": func(dir string) error { return os.Mkdir(filepath.Join(dir, "store"), 0o700) },
	} {
		dir := t.TempDir()
		if err := prepare(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, Config{}); !errors.Is(err, ErrSchema) {
			t.Errorf("%s: %v, want ErrSchema", name, err)
		}
	}
}

func TestOpenRefusesWhatIsOpen(t *testing.T) {
	dir := t.TempDir()
	e, err := Open(dir, Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if _, err := Open(dir, Config{}); !errors.Is(err, corpus.ErrUnavailable) {
		t.Errorf("second Open: %v, want ErrUnavailable", err)
	}
}

// TestDamageIsSeen: a segment that cannot be read is as good as not written, so
// that comparing Revs with the catalog puts its documents again.
func TestDamageIsSeen(t *testing.T) {
	dir := t.TempDir()
	e, err := Open(dir, Config{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, e, entry("a", "harvest"))
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	segments, err := filepath.Glob(filepath.Join(dir, "store", "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatalf("no segments: %v", err)
	}
	for _, s := range segments {
		if err := os.WriteFile(s, []byte("not a segment"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if e, err = Open(dir, Config{}); err != nil {
		return
	}
	defer e.Close()
	revs, err := e.Revs(context.Background())
	if err != nil || len(revs) > 0 {
		t.Fatalf("Revs of a damaged index: %v, %v", revs, err)
	}
	put(t, e, entry("a", "harvest"))
	r, err := e.Search(context.Background(), &index.Query{Match: index.Word{Text: "harvest"}})
	if err != nil || r.Total != 1 {
		t.Errorf("after putting again: %+v, %v", r, err)
	}
}

func TestClosedEngine(t *testing.T) {
	ctx := context.Background()
	e, err := Open(t.TempDir(), Config{})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	put(t, e, entry("a", "harvest"))
	for range 8 {
		wg.Go(func() {
			for {
				if _, err := e.Search(ctx, &index.Query{Match: index.Word{Text: "harvest"}, Limit: 1, Pages: 1}); err != nil {
					if !errors.Is(err, corpus.ErrUnavailable) {
						t.Errorf("search while closing: %v", err)
					}
					return
				}
			}
		})
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	wg.Wait()
	if err := e.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
	_, searchErr := e.Search(ctx, &index.Query{})
	_, revsErr := e.Revs(ctx)
	for name, err := range map[string]error{
		"Put": e.Put(ctx, entry("b", "x")), "Delete": e.Delete(ctx, "a"), "Search": searchErr, "Revs": revsErr,
	} {
		if !errors.Is(err, corpus.ErrUnavailable) {
			t.Errorf("%s after Close: %v, want ErrUnavailable", name, err)
		}
	}
}

// TestLengths: what BM25 is told of lengths and averages is counted in words,
// over the documents that have the field, and stays right when segments merge.
func TestLengths(t *testing.T) {
	e := openTemp(t)
	want := map[corpus.ID]int{}
	for i := range 30 {
		id := corpus.ID(fmt.Sprint("d", i))
		want[id] = 1 + 37*i*i
		put(t, e, entry(id, "needle"+strings.Repeat(" hay", want[id]-1)))
	}
	french := entry("fr", "aiguille foin")
	french.Lang, french.Languages, french.Pages[0].Lang = "fr", []corpus.Lang{"fr"}, "fr"
	put(t, e, french)
	if err := e.Delete(context.Background(), "d7"); err != nil {
		t.Fatal(err)
	}
	delete(want, "d7")
	v := e.take()
	defer e.release(v)
	r := &run{ctx: context.Background(), view: v, a: e.analysis, dfs: map[termKey]int{}, pfs: map[termKey]int{}}
	sum := 0
	f := textField(analyzerOf("en"))
	err := r.each(f, "needl", nil, false, func(p posting) error {
		row := v.rows[p.doc]
		if p.length != want[row.id] {
			t.Errorf("%s: length %d, want %d", row.id, p.length, want[row.id])
		}
		sum += p.length
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := v.stats[f]; got != (fieldStats{len(want), sum}) {
		t.Errorf("text.en: %+v, want %d documents of %d words", got, len(want), sum)
	}
	if got := v.stats[textField(common)]; got != (fieldStats{len(want) + 1, sum + 2}) {
		t.Errorf("text.common: %+v", got)
	}
	if n, err := r.df(f, "needl"); err != nil || n != len(want) {
		t.Errorf("df %d, %v, want %d", n, err, len(want))
	}
}

func TestBM25(t *testing.T) {
	if got, want := idf(1, 10), math.Log(1+9.5/1.5); math.Abs(got-want) > 1e-12 {
		t.Errorf("idf = %v, want %v", got, want)
	}
	if got := idf(10, 10); got <= 0 {
		t.Errorf("idf of a word that all have = %v, want more than 0", got)
	}
	if got, want := saturation(2, 100, 100), 2/(2+k1); math.Abs(got-want) > 1e-12 {
		t.Errorf("saturation at the average length = %v, want %v", got, want)
	}
	if saturation(2, 50, 100) <= saturation(2, 200, 100) {
		t.Error("a longer text earns as much as a shorter one")
	}
}

func TestBestPageComesFirst(t *testing.T) {
	e := openTemp(t)
	put(t, e,
		entry("a", "domestic things", "workers elsewhere "+strings.Repeat("and so on ", 50),
			"the rights of domestic workers", "domestic "+strings.Repeat("and so on ", 50)+" workers"),
		entry("b", "domestic "+strings.Repeat("and so on ", 100)+" workers"),
	)
	r, err := e.Search(context.Background(), &index.Query{
		Match: index.All{index.Word{Text: "domestic"}, index.Word{Text: "workers"}}, Limit: 2, Pages: 4,
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.Total != 2 || r.Hits[0].Work != "a" || r.Hits[0].MatchingPages != 4 {
		t.Fatalf("%+v", r)
	}
	if got := r.Hits[0].Pages[0].Number; got != 3 {
		t.Errorf("best page %d, want 3", got)
	}
}

// TestSearchDoesNotWaitForPut: while someone writes, searches see what was
// there before.
func TestSearchDoesNotWaitForPut(t *testing.T) {
	e := openTemp(t)
	put(t, e, entry("a", "harvest"))
	e.write.Lock()
	defer e.write.Unlock()
	r, err := e.Search(context.Background(), &index.Query{Match: index.Word{Text: "harvest"}})
	if err != nil || r.Total != 1 {
		t.Errorf("search while the index is being written: %+v, %v", r, err)
	}
}

func TestViewsAreReleased(t *testing.T) {
	e := openTemp(t)
	put(t, e, entry("a", "harvest"))
	v := e.take()
	put(t, e, entry("b", "harvest"))
	if v.users != 1 {
		t.Errorf("an old view has %d users, want the 1 search", v.users)
	}
	if len(v.rows) != 1 || v.live != 1 {
		t.Errorf("the view of a running search changed: %d rows", len(v.rows))
	}
	e.release(v)
	if v.users != 0 {
		t.Errorf("%d users after release", v.users)
	}
	if now := e.take(); now.live != 2 {
		t.Errorf("%d documents in the new view, want 2", now.live)
	} else {
		e.release(now)
	}
}
