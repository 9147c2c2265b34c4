package ingest_test

import (
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/internal/ingest"
)

// step is what becomes of a file, and what its item says.
type step struct {
	outcome ingest.Outcome
	says    string
}

// steps takes the folder in and checks what becomes of each file, and the title
// of the one document.
func (l *library) steps(title string, want map[string]step) {
	l.t.Helper()
	items := l.run(ingest.Options{})
	for name, w := range want {
		it := items[name]
		if it.Outcome != w.outcome || !strings.Contains(it.Message, w.says) || w.says == "" && strings.Contains(it.Message, "record") {
			l.t.Errorf("%s: %+v, want %+v", name, it, w)
		}
	}
	ids, err := l.Catalog.IDs()
	if err != nil || len(ids) != 1 {
		l.t.Fatalf("documents: %v, %v", ids, err)
	}
	if d, err := l.Catalog.Document(ids[0]); err != nil || d.Title != title {
		l.t.Errorf("title %q, want %q: %v", d.Title, title, err)
	}
}

func (l *library) onlyID() corpus.ID {
	l.t.Helper()
	ids, err := l.Catalog.IDs()
	if err != nil || len(ids) != 1 {
		l.t.Fatalf("documents: %v, %v", ids, err)
	}
	return ids[0]
}

const (
	isUsed  = "record of this place is used for it"
	notUsed = "record of this place is not used: that of file://"
)

// TestRecordOfACopy follows the record of a copy through its life.
func TestRecordOfACopy(t *testing.T) {
	l := newLibrary(t)
	unchanged := map[string]step{"a.txt": {ingest.Unchanged, ""}, "b.txt": {ingest.Unchanged, ""}}
	l.write("a.txt", "the same")
	l.steps("a", map[string]step{"a.txt": {ingest.Added, ""}})

	l.write("b.txt", "the same")
	l.write("b.txt.yaml", "title: B\n")
	l.steps("B", map[string]step{"a.txt": {ingest.Unchanged, ""}, "b.txt": {ingest.Changed, "made with the record of this place"}})
	l.steps("B", unchanged)

	l.write("b.txt.yaml", "title: B2\n") // the record that counts is edited
	l.steps("B2", map[string]step{"a.txt": {ingest.Unchanged, ""}, "b.txt": {ingest.Changed, "made with the record of this place"}})
	l.steps("B2", unchanged)

	l.write("a.txt.yaml", "title: A\n") // the first place gets one
	l.steps("A", map[string]step{"a.txt": {ingest.Changed, "b.txt is not used any more"}, "b.txt": {ingest.Unchanged, ""}})
	l.steps("A", unchanged)

	l.write("b.txt.yaml", "title: B3\n") // the record that does not count is edited
	l.steps("A", map[string]step{"a.txt": {ingest.Unchanged, ""}, "b.txt": {ingest.Duplicate, notUsed}})
	l.steps("A", unchanged)

	l.remove("a.txt.yaml") // it counts again, at the latest when the folder is next looked at
	l.run(ingest.Options{})
	l.run(ingest.Options{})
	l.steps("B3", unchanged)

	l.remove("b.txt.yaml")
	l.steps("a", map[string]step{"a.txt": {ingest.Unchanged, ""}, "b.txt": {ingest.Changed, "made without one now"}})
	l.steps("a", unchanged)
}

// TestRecordOfACopyInTheSameRun checks the same for files that are new together,
// however the workers race.
func TestRecordOfACopyInTheSameRun(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "the same")
	l.write("b.txt", "the same")
	l.write("c.txt", "the same")
	l.write("d.txt", "the same")
	l.write("manifest.tsv", "file\ttitle\tid\nb.txt\tB\tguide\nc.txt\tC\t\nd.txt\tB\tguide\n")
	waiting := make(chan struct{})
	l.write("z.txt", "!damaged")
	l.Extractor = interrupted{then: func(name string) {
		if name == "z.txt" {
			close(waiting)
		} else {
			<-waiting
		}
	}}
	l.steps("B", map[string]step{"a.txt": {ingest.Added, "b.txt"}, "b.txt": {ingest.Duplicate, isUsed}, "c.txt": {ingest.Duplicate, notUsed},
		"d.txt": {ingest.Duplicate, ""}})
	if id := l.onlyID(); id != "guide" {
		t.Errorf("the ID that the record asks for is not used: %s", id)
	}
	l.Extractor = reader{}
	unchanged := map[string]step{"a.txt": {ingest.Unchanged, ""}, "b.txt": {ingest.Unchanged, ""}, "c.txt": {ingest.Unchanged, ""}, "d.txt": {ingest.Unchanged, ""}}
	l.steps("B", unchanged)
}

func TestTwoRecordsThatDiffer(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "the same")
	l.write("a.txt.yaml", "title: A\n")
	l.write("b.txt", "the same")
	l.write("b.txt.yaml", "title: B\n")
	l.steps("A", map[string]step{"a.txt": {ingest.Added, ""}, "b.txt": {ingest.Duplicate, notUsed}})
	l.remove("a.txt") // now the other one counts, at the latest when the folder is next looked at
	l.remove("a.txt.yaml")
	l.run(ingest.Options{})
	l.run(ingest.Options{})
	l.steps("B", map[string]step{"b.txt": {ingest.Unchanged, ""}})
}

// TestMovedWithItsRecord checks that a file that was moved is what it was, and
// that its record may be edited on the way.
func TestMovedWithItsRecord(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "text")
	l.write("a.txt.yaml", "title: A\n")
	l.run(ingest.Options{})
	l.remove("a.txt")
	l.remove("a.txt.yaml")
	l.write("b.txt", "text")
	l.write("b.txt.yaml", "title: A\n")
	l.steps("A", map[string]step{"a.txt": {ingest.Gone, ""}, "b.txt": {ingest.Duplicate, ""}})
	l.steps("A", map[string]step{"b.txt": {ingest.Unchanged, ""}})
	l.remove("b.txt")
	l.remove("b.txt.yaml")
	l.write("c.txt", "text")
	l.write("c.txt.yaml", "title: C\n")
	l.steps("C", map[string]step{"b.txt": {ingest.Gone, ""}, "c.txt": {ingest.Changed, "made with the record of this place"}})
	l.steps("C", map[string]step{"c.txt": {ingest.Unchanged, ""}})
}
