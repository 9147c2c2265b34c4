package catalog

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

func openTemp(t *testing.T) *Catalog {
	t.Helper()
	return openIn(t, t.TempDir())
}

func openIn(t *testing.T, dir string) *Catalog {
	t.Helper()
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// entry returns an entry that uses every field, and its original.
func entry(id corpus.ID, content string) (*corpus.Entry, []byte) {
	data := []byte(content)
	return &corpus.Entry{
		Document: corpus.Document{
			ID: id, Work: "guide", Title: "Guide des travailleurs – دليل", Lang: "fr", Languages: []corpus.Lang{"fr", "ar"},
			Authors: []string{"A. Author", "ب"}, Publisher: "P", Issued: "2009-05", Kind: "study", Licence: "CC BY 4.0", Notice: "N",
			Abstracts: []corpus.Abstract{{Lang: "ar", Title: "دليل", Text: "نص\n\nنص"}},
			Notes:     []corpus.PageNote{{Page: 1, Lang: "en", Text: "N"}},
			Origins:   []corpus.Origin{{URL: "https://example.org/guide"}},
			Original:  corpus.Original{Hash: corpus.HashOf(data), Name: "guide.pdf", MediaType: "application/pdf", Size: int64(len(data))},
			Outline:   []corpus.Heading{{Title: "Intro", Level: 1, Page: 1}},
			Tags: []corpus.Tag{{Concept: "country/lb", Role: corpus.About, Weight: 0.75, Rule: "title", By: corpus.ByRule, State: corpus.Proposed,
				Evidence: []corpus.Span{{Page: 1, Start: 0, End: 5}}}, {Concept: "topic/x", Role: corpus.About, Weight: 1, By: corpus.ByRecord}},
			Source: map[string]corpus.Provenance{"title": corpus.FromRecord}, State: corpus.Partial, Warnings: []string{"W"},
		},
		Pages: []corpus.Page{
			{Number: 1, Label: "i", Lang: "fr", Text: "Texte de " + content, Quality: corpus.Quality{State: corpus.Complete, Engine: "own", Agreement: 0.5, Confidence: 0.25},
				Boxes: []corpus.Box{{Start: 0, End: 5, X: 0, Y: 1, W: 0.25, H: 0.5}}, Running: []corpus.Stretch{{Start: 6, End: 8}}},
			{Number: 2, Label: "ii", Lang: "ar", Text: "نص", Quality: corpus.Quality{State: corpus.Scan, Reason: "scan"}},
		},
	}, data
}

func seenAt(url string) Seen { return Seen{URL: url, Recipe: "r", ETag: `"e"`, LastModified: "m"} }

func put(t *testing.T, c *Catalog, id corpus.ID, content, url string) *corpus.Entry {
	t.Helper()
	e, data := entry(id, content)
	if err := c.Put(e, data, seenAt(url)); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestPutAndRead(t *testing.T) {
	dir := t.TempDir()
	c := openIn(t, dir)
	want := put(t, c, "guide-fr", "one", "file:///a/guide.pdf")
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = openIn(t, dir)
	want.Origins = append(want.Origins, corpus.Origin{URL: "file:///a/guide.pdf"})
	boxes := want.Pages[0].Boxes
	got, err := c.Entry("guide-fr")
	if err != nil {
		t.Fatal(err)
	}
	near := cmp.Comparer(func(a, b float32) bool { return math.Abs(float64(a-b)) < 1e-4 })
	if diff := cmp.Diff(want, got, near); diff != "" {
		t.Errorf("entry (-want +got):\n%s", diff)
	}
	if got.Rev != got.Revision() {
		t.Errorf("stored revision %s is not that of the entry as read", got.Rev)
	}
	d, err := c.Document("guide-fr")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&want.Document, d); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
	p, err := c.Page("guide-fr", 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(boxes, p.Boxes, near); diff != "" {
		t.Errorf("boxes (-want +got):\n%s", diff)
	}
	sums, err := c.PageSummaries("guide-fr")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]corpus.PageSummary{
		{Number: 1, Label: "i", Lang: "fr", Quality: want.Pages[0].Quality, Opening: "Texte one"},
		{Number: 2, Label: "ii", Lang: "ar", Quality: want.Pages[1].Quality, Opening: "نص"}}, sums); diff != "" {
		t.Errorf("summaries (-want +got):\n%s", diff)
	}
	f, err := c.Original("guide-fr")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := io.ReadAll(f); err != nil || string(data) != "one" {
		t.Errorf("original = %q, %v", data, err)
	}
}

func TestReplaceKeepsFormerOriginalAndPlace(t *testing.T) {
	c := openTemp(t)
	first := put(t, c, "guide", "one", "file:///a")
	put(t, c, "guide", "two", "file:///a")
	originals, err := c.originals("guide")
	if err != nil || len(originals) != 2 || originals[1].Hash != first.Original.Hash {
		t.Fatalf("originals = %v, %v", originals, err)
	}
	for _, o := range originals {
		if _, err := os.Stat(c.originalPath(o.Hash)); err != nil {
			t.Error(err)
		}
	}
	if _, err := c.ByHash(first.Original.Hash); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("former hash is still found: %v", err)
	}
	// An entry that is read and put again keeps given and found addresses apart.
	e, err := c.Entry("guide")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Put(e, []byte("two"), seenAt("file:///a")); err != nil {
		t.Fatal(err)
	}
	d, err := c.Document("guide")
	if err != nil {
		t.Fatal(err)
	}
	want := []corpus.Origin{{URL: "https://example.org/guide"}, {URL: "file:///a"}}
	if diff := cmp.Diff(want, d.Origins); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
}

func TestOrigins(t *testing.T) {
	c := openTemp(t)
	e := put(t, c, "guide", "one", "file:///x/b.pdf")
	if err := c.AddOrigin("guide", seenAt("file:///x/a.pdf")); err != nil {
		t.Fatal(err)
	}
	put(t, c, "other", "two", "file:///xy/c.pdf")
	under, err := c.OriginsUnder("file:///x/")
	if err != nil {
		t.Fatal(err)
	}
	h := e.Original.Hash
	want := []Place{
		{Seen: seenAt("file:///x/b.pdf"), Document: "guide", Hash: h, Current: h, First: true},
		{Seen: seenAt("file:///x/a.pdf"), Document: "guide", Hash: h, Current: h},
	}
	if diff := cmp.Diff(want, under); diff != "" {
		t.Errorf("under (-want +got):\n%s", diff)
	}
	if err := c.DropOrigin("file:///x/b.pdf"); err != nil {
		t.Fatal(err)
	}
	if p, err := c.ByOrigin("file:///x/a.pdf"); err != nil || !p.First {
		t.Errorf("after the first place is dropped: %+v, %v", p, err)
	}
	if err := c.AddOrigin("nobody", seenAt("file:///n")); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("origin of nobody: %v", err)
	}
	if _, err := c.ByOrigin("file:///x/b.pdf"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("dropped origin: %v", err)
	}
}

func TestNotFound(t *testing.T) {
	c := openTemp(t)
	put(t, c, "guide", "one", "file:///a")
	calls := map[string]func() error{
		"document": func() error { _, err := c.Document("x"); return err },
		"entry":    func() error { _, err := c.Entry("x"); return err },
		"page":     func() error { _, err := c.Page("x", 1); return err },
		"page 0":   func() error { _, err := c.Page("guide", 0); return err },
		"page -1":  func() error { _, err := c.Page("guide", -1); return err },
		"page 1e9": func() error { _, err := c.Page("guide", 1e9); return err },
		"original": func() error { _, err := c.Original("x"); return err },
		"hash":     func() error { _, err := c.ByHash(""); return err },
		"delete":   func() error { return c.Delete("x") },
		"remove":   func() error { return c.Remove("x", "why") },
		"removed":  func() error { _, err := c.Removed("", "", ""); return err },
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestPutRefuses(t *testing.T) {
	c := openTemp(t)
	for name, change := range map[string]func(*corpus.Entry){
		"no id":       func(e *corpus.Entry) { e.ID = "" },
		"path as id":  func(e *corpus.Entry) { e.ID = "../../etc" },
		"wrong hash":  func(e *corpus.Entry) { e.Original.Hash = corpus.HashOf(nil) },
		"hash a path": func(e *corpus.Entry) { e.Original.Hash = "../../../etc/passwd" },
	} {
		e, data := entry("guide", "one")
		change(e)
		if err := c.Put(e, data, seenAt("file:///a")); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	e, data := entry("guide", "one")
	e.Pages[1].Number = 1 // twice the same page: the database refuses, and nothing of the entry may stay
	if err := c.Put(e, data, seenAt("file:///a")); err == nil {
		t.Error("two pages of one number were stored")
	}
	if ids, err := c.IDs(); err != nil || len(ids) != 0 {
		t.Errorf("after refusals: %v, %v", ids, err)
	}
	if n, err := c.Sweep(); err != nil || n != 1 {
		t.Errorf("Sweep = %d, %v; want the original of the refused entry", n, err)
	}
}

func TestRemove(t *testing.T) {
	c := openTemp(t)
	former := put(t, c, "guide", "one", "file:///a")
	now := put(t, c, "guide", "two", "file:///a")
	shared := put(t, c, "other", "two ", "file:///b")
	put(t, c, "other", "one", "file:///b") // the former original of guide is now other's
	if err := c.Remove("guide", "asked by the author"); err != nil {
		t.Fatal(err)
	}
	for h, kept := range map[corpus.Hash]bool{former.Original.Hash: true, now.Original.Hash: false, shared.Original.Hash: true} {
		if _, err := os.Stat(c.originalPath(h)); kept != (err == nil) || !kept && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("original %.8s, kept %v: %v", h, kept, err)
		}
	}
	for name, find := range map[string]func() (*Removal, error){
		"id":          func() (*Removal, error) { return c.Removed("guide", "", "") },
		"origin":      func() (*Removal, error) { return c.Removed("", "file:///a", "") },
		"hash":        func() (*Removal, error) { return c.Removed("", "", now.Original.Hash) },
		"former hash": func() (*Removal, error) { return c.Removed("", "", former.Original.Hash) },
	} {
		if r, err := find(); err != nil || r.ID != "guide" || r.Reason != "asked by the author" || r.Time.IsZero() {
			t.Errorf("removed by %s: %+v, %v", name, r, err)
		}
	}
	if _, err := c.Removed("other", "file:///b", shared.Original.Hash); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("other document counts as removed: %v", err)
	}
	if err := c.Delete("other"); err != nil {
		t.Fatal(err)
	}
	if s, err := c.Stats(); err != nil || s.Documents != 0 || s.Pages != 0 || s.Removed != 1 {
		t.Errorf("stats = %+v, %v", s, err)
	}
	if n, err := c.Sweep(); err != nil || n != 0 {
		t.Errorf("Sweep = %d, %v", n, err)
	}
}

func TestLists(t *testing.T) {
	c := openTemp(t)
	want := map[corpus.ID]corpus.Hash{}
	for i := range 5 {
		id := corpus.ID(fmt.Sprintf("guide-%d", i))
		want[id] = put(t, c, id, fmt.Sprint("text ", i), fmt.Sprint("file:///", i)).Rev
	}
	put(t, c, "guide", "main", "file:///main")
	revs, err := c.Revs()
	if err != nil || len(revs) != 6 {
		t.Fatalf("revs = %v, %v", revs, err)
	}
	delete(revs, "guide")
	if diff := cmp.Diff(want, revs); diff != "" {
		t.Errorf("revs (-want +got):\n%s", diff)
	}
	ids, err := c.IDs()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]corpus.ID{"guide", "guide-0", "guide-1", "guide-2", "guide-3", "guide-4"}, ids); diff != "" {
		t.Errorf("IDs (-want +got):\n%s", diff)
	}
	versions, err := c.Versions("guide")
	if err != nil || len(versions) != 6 || versions[0].ID != "guide" {
		t.Errorf("versions: %d, %v", len(versions), err)
	}
	s, err := c.Stats()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(corpus.Stats{Documents: 6, Works: 1, Pages: 12, Failures: map[string]int{}}, s); diff != "" {
		t.Errorf("stats (-want +got):\n%s", diff)
	}
}

func TestFailures(t *testing.T) {
	c := openTemp(t)
	for _, f := range []Failure{
		{Origin: "file:///a", Reason: "damaged", Message: "old"},
		{Origin: "file:///b", Reason: "password", Message: "say the password", Hash: "h"},
		{Origin: "file:///a", Reason: "password", Message: "new"},
	} {
		if err := c.Fail(f); err != nil {
			t.Fatal(err)
		}
	}
	all, err := c.Failures()
	if err != nil || len(all) != 2 || all[0].Message != "new" || all[1].Hash != "h" || all[1].Time.IsZero() {
		t.Fatalf("failures = %+v, %v", all, err)
	}
	put(t, c, "guide", "one", "file:///a") // reading it at last clears the failure
	if err := c.ClearFailure("file:///b"); err != nil {
		t.Fatal(err)
	}
	if all, err := c.Failures(); err != nil || len(all) != 0 {
		t.Errorf("failures = %+v, %v", all, err)
	}
}

func TestRuns(t *testing.T) {
	c := openTemp(t)
	for _, s := range []string{"one", "two", "three"} {
		if err := c.LogRun(Run{Source: s, Counts: map[string]int{"added": 3}}); err != nil {
			t.Fatal(err)
		}
	}
	runs, err := c.runs(2)
	if err != nil || len(runs) != 2 || runs[0].Source != "three" || runs[0].Counts["added"] != 3 {
		t.Errorf("runs = %+v, %v", runs, err)
	}
}

func TestReadersWhileWriting(t *testing.T) {
	c := openTemp(t)
	put(t, c, "guide", "one", "file:///a")
	var readers sync.WaitGroup
	stop := make(chan struct{})
	written := make(chan error, 1)
	go func() {
		var err error
		for i := 0; err == nil; i++ {
			select {
			case <-stop:
				written <- nil
				return
			default:
				e, data := entry("guide", fmt.Sprint("edition ", i))
				err = c.Put(e, data, seenAt("file:///a"))
			}
		}
		written <- err
	}()
	for range 200 {
		readers.Go(func() {
			for range 5 {
				e, err := c.Entry("guide")
				if err != nil {
					t.Error(err)
					return
				}
				// An entry is of one edition, whatever is written meanwhile.
				if e.Rev != e.Revision() {
					t.Errorf("entry mixes editions: %q", e.Pages[0].Text)
				}
			}
		})
	}
	readers.Wait()
	close(stop)
	if err := <-written; err != nil {
		t.Error(err)
	}
}

func TestNewerAndForeignDatabases(t *testing.T) {
	for name, c := range map[string]struct {
		sql  string
		want error
		says []string
	}{
		"newer":           {fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = 99", applicationID), ErrNewer, []string{"99", fmt.Sprint(len(migrations)), "--data-dir"}},
		"foreign":         {"CREATE TABLE t (a)", ErrForeign, []string{"--data-dir"}},
		"another program": {"PRAGMA application_id = 7", ErrForeign, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			db, err := sql.Open("sqlite", filepath.Join(dir, "catalog.db"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.Exec(c.sql); err != nil {
				t.Fatal(err)
			}
			db.Close()
			before, err := os.ReadFile(filepath.Join(dir, "catalog.db"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = Open(dir)
			if !errors.Is(err, c.want) {
				t.Fatalf("Open = %v", err)
			}
			for _, s := range c.says {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("error does not say %q: %v", s, err)
				}
			}
			after, err := os.ReadFile(filepath.Join(dir, "catalog.db"))
			if err != nil {
				t.Fatal(err)
			}
			if len(before) != len(after) {
				t.Error("a refused database was changed")
			}
		})
	}
	t.Run("no database", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "catalog.db"), []byte(strings.Repeat("not a database ", 100)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); !errors.Is(err, ErrForeign) {
			t.Errorf("Open = %v", err)
		}
	})
}

func TestMigrate(t *testing.T) {
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	steps := []string{"CREATE TABLE one (a)", "INSERT INTO one VALUES (1)", "CREATE TABLE broken (a); oops"}
	if err := migrate(db, steps[:1]); err != nil {
		t.Fatal(err)
	}
	if err := migrate(db, steps); err == nil || !strings.Contains(err.Error(), "from version 2 to 3") {
		t.Errorf("broken step: %v", err)
	}
	if v, err := schemaVersion(db); err != nil || v != 2 {
		t.Errorf("version after a broken step = %d, %v", v, err)
	}
	if err := migrate(db, append(steps[:2:2], "INSERT INTO one VALUES (2)")); err != nil {
		t.Fatal(err)
	}
	if all, err := list[int](db, "SELECT a FROM one"); err != nil || !cmp.Equal(all, []int{1, 2}) {
		t.Errorf("rows = %v, %v", all, err)
	}
}

func TestUnusableFolders(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := Open(filepath.Join(file, "data")); err == nil {
		c.Close()
		t.Error("opened a catalog below a file")
	}
	odd := filepath.Join(dir, "a?b%41 #ç")
	c := openIn(t, odd)
	put(t, c, "guide", "one", "file:///a")
	if _, err := os.Stat(filepath.Join(odd, "catalog.db")); err != nil {
		t.Errorf("database is not in its folder: %v", err)
	}
}

func TestNewID(t *testing.T) {
	for _, c := range []struct{ title, want string }{
		{"Guide to Labour Migration, 2nd ed.", "guide-to-labour-migration-2nd-ed"},
		{"L’accès à l'œuvre", "l-acces-a-l-oeuvre"},
		{"دليل العمال", "doc"},
		{"قانون رقم ٢٥", "25"},
		{"", "doc"},
		{"../../etc/passwd", "etc-passwd"},
		{strings.Repeat("x", 200), strings.Repeat("x", maxSlug)},
		{"a " + strings.Repeat("x", 200), "a"},
	} {
		id := NewID(c.title, "file:///a")
		if slug := string(id[:len(id)-7]); slug != c.want {
			t.Errorf("NewID(%q) = %s, want %s-…", c.title, id, c.want)
		}
		for _, id := range []corpus.ID{id, LongID(c.title, "file:///a", 99)} {
			if _, err := corpus.ParseID(string(id)); err != nil {
				t.Error(err)
			}
		}
	}
	if NewID("a", "x") == NewID("a", "y") {
		t.Error("two origins, one ID")
	}
}

func TestBoxesDamaged(t *testing.T) {
	good, err := packBoxes([]corpus.Box{{Start: 3, End: 9, X: 0.5, Y: float32(math.NaN()), W: -1, H: 7}, {Start: 1, End: 2}})
	if err != nil {
		t.Fatal(err)
	}
	boxes, err := unpackBoxes(good)
	if err != nil || len(boxes) != 2 || boxes[0].End != 9 || boxes[0].Y != 0 || boxes[0].W != 0 || boxes[0].H != 1 || boxes[1].Start != 1 {
		t.Errorf("boxes = %v, %v", boxes, err)
	}
	for i := range good {
		unpackBoxes(good[:i]) // must not panic
	}
	for _, bad := range [][]byte{{9}, {boxesVersion}, {boxesVersion, 1, 2, 3}} {
		if _, err := unpackBoxes(bad); !errors.Is(err, errBoxes) {
			t.Errorf("unpackBoxes(%v) = %v", bad, err)
		}
	}
}

func TestOpening(t *testing.T) {
	long := strings.Repeat("é", 100)
	for in, want := range map[string]string{
		"":                                     "",
		" one\n\ntwo\tthree ":                  "one two three",
		long:                                   strings.Repeat("é", 60),
		"a " + long:                            "a",
		strings.Repeat("abcdefghi ", 20) + "x": strings.TrimSpace(strings.Repeat("abcdefghi ", 12)),
	} {
		if got := opening(in); got != want {
			t.Errorf("opening(%.20q…) = %q", in, got)
		}
	}
}

// originals returns every file a document was read from, the latest first.
func (c *Catalog) originals(id corpus.ID) ([]corpus.Original, error) {
	var all []corpus.Original
	err := each(c.read, `SELECT o.hash, o.name, o.media_type, o.size FROM originals o JOIN documents d ON d.id = o.document
		WHERE d.id = ? ORDER BY o.hash = d.original DESC, o.taken DESC, o.hash`, []any{id}, func(rows *sql.Rows) error {
		var o corpus.Original
		if err := rows.Scan(&o.Hash, &o.Name, &o.MediaType, &o.Size); err != nil {
			return err
		}
		all = append(all, o)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("originals of %s: %w", id, err)
	}
	return all, nil
}

// runs returns the latest runs, the last one first.
func (c *Catalog) runs(limit int) ([]Run, error) {
	var all []Run
	err := each(c.read, `SELECT source, started, finished, counts FROM runs ORDER BY position DESC LIMIT ?`, []any{limit},
		func(rows *sql.Rows) error {
			var r Run
			var started, finished, counts string
			if err := rows.Scan(&r.Source, &started, &finished, &counts); err != nil {
				return err
			}
			r.Started, r.Finished = unstamp(started), unstamp(finished)
			all = append(all, r)
			return json.Unmarshal([]byte(counts), &all[len(all)-1].Counts)
		})
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	return all, nil
}
