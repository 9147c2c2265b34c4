package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/index/bleve"
)

func TestMadePublications(t *testing.T) {
	e := &corpus.Entry{Document: corpus.Document{ID: "a", Title: "A note on work permits", Lang: "en", Languages: []corpus.Lang{"en"}}}
	for i := range 30 {
		e.Pages = append(e.Pages, corpus.Page{Number: i + 1, Lang: "en", Text: fmt.Sprint("page ", i, " on permits"), Quality: corpus.Quality{State: corpus.Complete}})
	}
	few := &corpus.Entry{Document: corpus.Document{ID: "b", Title: "Une note", Lang: "fr"}, Pages: []corpus.Page{{Number: 1, Text: "seule"}}}
	s := makeShelf([]*corpus.Entry{e, few}, 4)
	if len(s.entries) != 4 || len(s.entries[3].Pages) != leafed || s.entries[1].Pages[0].Text != "page 7 on permits" {
		t.Fatalf("made %d, the second begins %q", len(s.entries), s.entries[1].Pages[0].Text)
	}
	engine, err := bleve.Open(t.TempDir(), bleve.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	if text, err := s.put(t.Context(), engine); err != nil || text == 0 {
		t.Fatalf("%d bytes, %v", text, err)
	}
	for _, r := range s.requests(true) {
		if len(r.Values["language"]) != 1 || strings.TrimSpace(r.Text) == "" {
			t.Fatalf("request %+v", r)
		}
	}
	if _, err := s.Document("b"); err == nil {
		t.Error("a record without enough pages of its language is used")
	}
	dir := filepath.Join(t.TempDir(), "made")
	if err := s.write(dir); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "made-00001.md"))
	if err != nil || !strings.HasPrefix(string(data), "# A note on work permits\n\n## 1\n\npage 7 on permits\n") {
		t.Errorf("written %q, %v", data, err)
	}
	var out bytes.Buffer
	if err := runSpeed(t.Context(), 1, t.TempDir(), "", &out); err == nil {
		t.Error("an empty library is timed")
	}
}
