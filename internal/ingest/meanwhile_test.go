package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"marsa/corpus"
	"marsa/internal/catalog"
	"marsa/internal/extract"
	"marsa/internal/harvest"
	"marsa/internal/ingest"
)

// interrupted reads as reader does, and then something happens.
type interrupted struct {
	reader
	then func(name string)
}

func (i interrupted) Extract(ctx context.Context, name string, data []byte) (*extract.Content, error) {
	c, err := i.reader.Extract(ctx, name, data)
	i.then(name)
	return c, err
}

// TestRemoveWhileAChangedEditionIsRead checks that a document stays out that is
// taken out while its next edition is being read, and that a copy elsewhere of
// that edition, which nobody took out, is taken in.
func TestRemoveWhileAChangedEditionIsRead(t *testing.T) {
	for _, second := range []string{"second edition", "!damaged"} {
		l := newLibrary(t)
		l.write("a.txt", "first edition")
		id := l.run(ingest.Options{})["a.txt"].ID
		l.write("a.txt", second)
		l.Extractor = interrupted{then: func(name string) {
			if err := l.Remove(t.Context(), id, "court order"); name == "a.txt" && err != nil {
				t.Error(err)
			}
		}}
		if it := l.run(ingest.Options{})["a.txt"]; it.Outcome != ingest.Refused || it.ID != id {
			t.Errorf("%s: %+v", second, it)
		}
		if _, err := l.Catalog.Document(id); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("%s: the document is back: %v", second, err)
		}
	}
}

// TestCopyOfARemovedEdition checks that a copy of the bytes of a removed document's
// next edition, which nobody took out, is taken in in its stead.
func TestCopyOfARemovedEdition(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "first edition")
	id := l.run(ingest.Options{})["a.txt"].ID
	for _, name := range []string{"a.txt", "copy.txt", "other.txt"} {
		l.write(name, "second edition")
	}
	l.write("z.txt", "read when the copies wait")
	waiting := make(chan struct{})
	l.Extractor = interrupted{then: func(name string) {
		if name == "z.txt" {
			close(waiting)
			return
		}
		<-waiting
		if err := l.Remove(t.Context(), id, "court order"); err != nil {
			t.Error(err)
		}
	}}
	l.want(ingest.Options{}, outcomes{"a.txt": ingest.Refused, "copy.txt": ingest.Added, "other.txt": ingest.Duplicate, "z.txt": ingest.Added})
}

// TestRemoveWhileCopiesAreFound checks that a run does not end because a document
// of which it finds copies is taken out.
func TestRemoveWhileCopiesAreFound(t *testing.T) {
	l := newLibrary(t)
	const n = 60
	for i := range n {
		l.write(fmt.Sprintf("first/%02d.txt", i), fmt.Sprint("text ", i))
		l.write(fmt.Sprintf("copies/%02d.txt", i), fmt.Sprint("text ", i))
	}
	first, err := l.Run(t.Context(), harvest.Files(filepath.Join(l.folder, "first")), ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var removing sync.WaitGroup
	removing.Go(func() {
		for _, it := range first.Items {
			if err := l.Remove(t.Context(), it.ID, "test"); err != nil {
				t.Error(err)
			}
		}
	})
	if _, err := l.Run(t.Context(), harvest.Files(filepath.Join(l.folder, "copies")), ingest.Options{}); err != nil {
		t.Errorf("Run = %v", err)
	}
	removing.Wait()
	l.checkIndex()
	if s, err := l.Catalog.Stats(); err != nil || s.Documents != 0 || s.Removed != n {
		t.Errorf("stats: %+v, %v", s, err)
	}
}

// TestRemoveWithAStubbornFile checks that what is taken out cannot be found, even
// when its file stays on the disk.
func TestRemoveWithAStubbornFile(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "text")
	id := l.run(ingest.Options{})["a.txt"].ID
	h := string(corpus.HashOf([]byte("text")))
	path := filepath.Join(l.data, "originals", h[:2], h)
	if err := errors.Join(os.Remove(path), os.MkdirAll(filepath.Join(path, "stubborn"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := l.Remove(t.Context(), id, "test"); err == nil || errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Remove = %v", err)
	}
	l.checkIndex()
}

// returning is an engine: while it is given others, a document that had been
// taken out is taken in again.
type returning struct {
	*memory
	back func()
}

func (r returning) Put(ctx context.Context, es ...*corpus.Entry) error {
	r.back()
	return r.memory.Put(ctx, es...)
}

func TestRepairWhileADocumentReturns(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "text a")
	l.write("b.txt", "text b")
	items := l.run(ingest.Options{})
	a, b := items["a.txt"].ID, items["b.txt"].ID
	e, err := l.Catalog.Entry(b)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Catalog.Delete(b); err != nil {
		t.Fatal(err)
	}
	delete(l.engine.revs, a) // so that there is something to put
	l.Engine = returning{l.engine, func() {
		if err := l.Catalog.Put(e, []byte("text b"), catalog.Seen{URL: "file:///b"}); err != nil {
			t.Error(err)
		}
	}}
	if done, err := l.Repair(t.Context()); err != nil || done.Put != 1 || done.Deleted != 0 {
		t.Errorf("Repair = %+v, %v", done, err)
	}
	if _, ok := l.engine.revs[b]; !ok {
		t.Error("a document that was taken in meanwhile was taken out of the index")
	}
}
