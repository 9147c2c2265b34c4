package cli

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"marsa/corpus"
	"marsa/index"
)

func TestOneBuildAtATime(t *testing.T) {
	dir := t.TempDir()
	s, err := openIndex(dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	put := func(e index.Engine, id corpus.ID) {
		t.Helper()
		entry := &corpus.Entry{Document: corpus.Document{ID: id, Work: id, Rev: "r", Title: "T"}}
		if err := e.Put(t.Context(), entry); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(want corpus.ID) {
		t.Helper()
		if revs, err := s.Revs(t.Context()); err != nil || len(revs) != 1 || revs[want] == "" {
			t.Fatalf("index holds %v, %v; want %s", revs, err, want)
		}
	}
	put(s, "old")

	next, err := s.begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.begin(); !errors.Is(err, corpus.ErrUnavailable) {
		t.Errorf("second build beside the first: %v", err)
	}
	put(next, "new")
	holds("old")
	if err := s.replace(next); err != nil {
		t.Fatal(err)
	}
	holds("new")

	if next, err = s.begin(); err != nil {
		t.Fatal(err)
	}
	if err := s.abandon(next); err != nil {
		t.Fatal(err)
	}
	holds("new")
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 { // the build in use, and the file that names it
		t.Errorf("%d things in the folder, %v", len(entries), err)
	}
}

func TestDamagedIndexIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	log := slog.New(slog.DiscardHandler)
	s, err := openIndex(dir, log)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func() error{
		"current": func() error { return os.WriteFile(filepath.Join(dir, currentFile), []byte("\x00\xff"), 0o600) },
		"schema":  func() error { return os.WriteFile(filepath.Join(dir, "1", "schema"), []byte("999"), 0o600) },
		"missing": func() error { return os.RemoveAll(filepath.Join(dir, "1")) },
	} {
		if err := damage(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		s, err := openIndex(dir, log)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if revs, err := s.Revs(t.Context()); err != nil || len(revs) != 0 {
			t.Errorf("%s: %v, %v", name, revs, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, currentFile), []byte("1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(dir, "1"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
}
