package pictures

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"marsa/corpus"
	"marsa/internal/extract"
)

// desk is a library of one PDF and one text, and draws what it is asked for.
type desk struct {
	drawn atomic.Int32
	wait  chan struct{} // nil: at once
	err   error
	size  int
}

func (d *desk) Document(id corpus.ID) (*corpus.Document, error) {
	doc := &corpus.Document{ID: id, NumPages: 3, Original: corpus.Original{Hash: "h-" + corpus.Hash(id), MediaType: extract.PDF}}
	switch id {
	case "note":
		doc.Original.MediaType = extract.Text
	case "gone":
		return nil, corpus.ErrNotFound
	}
	return doc, nil
}

type file struct{ *bytes.Reader }

func (file) Close() error { return nil }

func (d *desk) Original(id corpus.ID) (io.ReadSeekCloser, error) {
	return file{bytes.NewReader([]byte(id))}, nil
}

func (d *desk) Draw(_ context.Context, data []byte, p extract.Picture) ([]byte, error) {
	d.drawn.Add(1)
	if d.wait != nil {
		<-d.wait
	}
	if d.err != nil {
		return nil, d.err
	}
	return append(fmt.Appendf(nil, "%s %d %d", data, p.Page, p.Width), make([]byte, d.size)...), nil
}

func TestJPEG(t *testing.T) {
	for _, c := range []struct {
		id          corpus.ID
		page, width int
		want        string
		err         error
	}{
		{"law", 1, 240, "law 1 240", nil},
		{"law", 3, 1600, "law 3 1600", nil},
		{"law", 0, 240, "", corpus.ErrNotFound},
		{"law", 4, 240, "", corpus.ErrNotFound},
		{"law", 1, 99, "", corpus.ErrNotFound},
		{"law", 1, 2001, "", corpus.ErrNotFound},
		{"note", 1, 240, "", corpus.ErrNotFound},
		{"gone", 1, 240, "", corpus.ErrNotFound},
	} {
		d := &desk{}
		p := Open(t.TempDir(), 1<<20, d, d)
		got, err := p.JPEG(t.Context(), c.id, c.page, c.width)
		if string(got) != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s %d %d: %q, %v", c.id, c.page, c.width, got, err)
		}
	}
}

func TestDrawnOnce(t *testing.T) {
	d := &desk{wait: make(chan struct{})}
	p := Open(t.TempDir(), 1<<20, d, d)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			if got, err := p.JPEG(t.Context(), "law", 1, 240); string(got) != "law 1 240" || err != nil {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
	for d.drawn.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	close(d.wait)
	wg.Wait()
	if _, err := p.JPEG(t.Context(), "law", 1, 240); err != nil || d.drawn.Load() != 1 {
		t.Errorf("drawn %d times, %v", d.drawn.Load(), err)
	}
}

func TestTooManyAtOnce(t *testing.T) {
	d := &desk{wait: make(chan struct{})}
	p := Open(t.TempDir(), 1<<20, d, d)
	var wg sync.WaitGroup
	for i := range waiting {
		wg.Go(func() { _, _ = p.JPEG(t.Context(), corpus.ID(fmt.Sprint("law", i)), 1, 240) })
	}
	for len(p.queue) < waiting {
		time.Sleep(time.Millisecond)
	}
	if _, err := p.JPEG(t.Context(), "one-more", 1, 240); !errors.Is(err, corpus.ErrUnavailable) {
		t.Errorf("one more: %v", err)
	}
	close(d.wait)
	wg.Wait()
}

func TestFailureIsNotKept(t *testing.T) {
	d := &desk{err: extract.ErrDamaged}
	p := Open(t.TempDir(), 1<<20, d, d)
	for range 2 {
		if _, err := p.JPEG(t.Context(), "law", 1, 240); !errors.Is(err, extract.ErrDamaged) || !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}
	if d.drawn.Load() != 2 {
		t.Errorf("drawn %d times", d.drawn.Load())
	}
}

func TestOldestIsThrownAway(t *testing.T) {
	dir := t.TempDir()
	d := &desk{size: 100}
	p := Open(dir, 1000, d, d)
	ask := func(id string) {
		t.Helper()
		if _, err := p.JPEG(t.Context(), corpus.ID(id), 1, 240); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-time.Hour)
	for i := range 7 {
		ask(fmt.Sprint("law", i))
		if err := os.Chtimes(p.shelf.path(fmt.Sprintf("h-law%d-1-240", i)), old, old.Add(time.Duration(i)*time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	ask("law0") // used just now
	for i := range 20 {
		ask(fmt.Sprint("more", i))
	}
	if _, ok := p.shelf.get("h-law1-1-240"); ok {
		t.Error("the longest unused is still there")
	}
	if n := total(p.shelf.list()); n > 1000 || n < 500 {
		t.Errorf("%d bytes are kept", n)
	}
	left, err := filepath.Glob(filepath.Join(dir, "new-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left: %q, %v", left, err)
	}
}
