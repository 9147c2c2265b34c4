package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/search"
)

// album has pictures of PDF files, and none of page 2.
type album struct{ asked int }

func (*album) Has(d *corpus.Document) bool { return d.Original.MediaType == typePDF }

func (a *album) JPEG(_ context.Context, id corpus.ID, page, width int) ([]byte, error) {
	a.asked++
	switch page {
	case 2:
		return nil, fmt.Errorf("damaged: %w", corpus.ErrNotFound)
	case 3:
		return nil, fmt.Errorf("busy: %w", corpus.ErrUnavailable)
	}
	return fmt.Appendf(nil, "\xff\xd8%s %d %d", id, page, width), nil
}

func siteWithPictures(t *testing.T, a *album) http.Handler {
	t.Helper()
	s := NewShelf(t)
	h, err := New(Config{Search: s, Library: s, Vocabulary: s.Labels, Pictures: a})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestPicture(t *testing.T) {
	a := &album{}
	h := siteWithPictures(t, a)
	for _, c := range []struct {
		target string
		status int
	}{
		{"/doc/domestic-workers-en/p/1/picture?w=1000", http.StatusOK},
		{"/doc/domestic-workers-en/p/1/picture?w=1001", http.StatusNotFound},
		{"/doc/domestic-workers-en/p/1/picture", http.StatusNotFound},
		{"/doc/domestic-workers-en/p/x/picture?w=240", http.StatusNotFound},
		{"/doc/domestic-workers-en/p/2/picture?w=240", http.StatusNotFound},
		{"/doc/domestic-workers-en/p/3/picture?w=240", http.StatusServiceUnavailable},
		{"/doc/nobody/p/1/picture?w=240", http.StatusNotFound},
		{"/doc/NOBODY/p/1/picture?w=240", http.StatusNotFound},
	} {
		if w := fetch(h, c.target); w.Code != c.status {
			t.Errorf("%s: %d, want %d", c.target, w.Code, c.status)
		}
	}
	w := fetch(h, "/doc/domestic-workers-en/p/1/picture?w=240")
	if got := w.Body.String(); got != "\xff\xd8domestic-workers-en 1 240" || w.Header().Get("Content-Type") != "image/jpeg" {
		t.Errorf("sent %q as %s", got, w.Header().Get("Content-Type"))
	}
	before := a.asked
	w = fetch(h, "/doc/domestic-workers-en/p/1/picture?w=240", "If-None-Match", w.Header().Get("ETag"))
	if w.Code != http.StatusNotModified || w.Body.Len() > 0 || a.asked != before {
		t.Errorf("asked again: %d, drawn %d times", w.Code, a.asked-before)
	}
	if w := fetch(NewSite(t, NewShelf(t), nil), "/doc/domestic-workers-en/p/1/picture?w=240"); w.Code != http.StatusNotFound {
		t.Errorf("without pictures: %d", w.Code)
	}
}

func TestPagesShowPictures(t *testing.T) {
	h := siteWithPictures(t, &album{})
	page := fetch(h, "/en/doc/domestic-workers-en/p/1").Body.String()
	if !strings.Contains(page, `src="/doc/domestic-workers-en/p/1/picture?w=1000"`) || !strings.Contains(page, `<details class="picture">`) {
		t.Error("the page has no picture that is closed")
	}
	if !strings.Contains(fetch(h, "/en/doc/domestic-workers-en").Body.String(), `src="/doc/domestic-workers-en/p/1/picture?w=240"`) {
		t.Error("the record has no small picture")
	}
	if strings.Contains(fetch(NewSite(t, NewShelf(t), nil), "/en/doc/domestic-workers-en/p/1").Body.String(), "picture?w") {
		t.Error("there is a picture though nobody draws")
	}
}

func TestBoxesOfHits(t *testing.T) {
	boxes := []corpus.Box{{Start: 0, End: 4, X: .1}, {Start: 5, End: 8, X: .2}, {Start: 8, End: 11, X: .3}, {Start: 12, End: 15, X: .4}}
	for _, c := range []struct {
		name  string
		parts []search.Part
		want  []corpus.Box
	}{
		{"nothing", []search.Part{{Text: "over there law x"}}, nil},
		{"a word over two lines", []search.Part{{Text: "over "}, {Text: "theres", Hit: true}, {Text: " law"}}, boxes[1:3]},
		{"part of a word", []search.Part{{Text: "over theres l"}, {Text: "aw", Hit: true}}, boxes[3:]},
		{"two", []search.Part{{Text: "over", Hit: true}, {Text: " theres "}, {Text: "law", Hit: true}}, []corpus.Box{boxes[0], boxes[3]}},
	} {
		m := &search.Marked{Page: &corpus.Page{Boxes: boxes}, Parts: c.parts}
		if d := cmp.Diff(c.want, boxesOfHits(m)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}
