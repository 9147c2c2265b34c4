package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"marsa/corpus"
)

// TestFullDisk lets the database have no more pages, which SQLite reports as it
// does a full disk.
func TestFullDisk(t *testing.T) {
	c := openTemp(t)
	put(t, c, "guide", "one", "file:///a")
	var pages int
	if err := c.write.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := c.write.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+2)); err != nil {
		t.Fatal(err)
	}
	e, data := entry("big", strings.Repeat("long text ", 10_000))
	err := c.Put(e, data, seenAt("file:///b"))
	if !errors.Is(err, ErrFull) || !errors.Is(err, corpus.ErrUnavailable) || !strings.Contains(err.Error(), "free some space") {
		t.Fatalf("Put = %v", err)
	}
	if _, err := c.Entry("guide"); err != nil {
		t.Errorf("what was stored before: %v", err)
	}
	if _, err := c.Document("big"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("half of an entry is stored: %v", err)
	}
	if _, err := c.write.Exec("PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	if err := c.Put(e, data, seenAt("file:///b")); err != nil {
		t.Errorf("with space again: %v", err)
	}
}

func TestExplain(t *testing.T) {
	for _, c := range []struct{ in, want error }{
		{&fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}, ErrFull},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.EROFS}, ErrNoRights},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES}, ErrNoRights},
	} {
		got := explain(fmt.Errorf("store: %w", c.in))
		if !errors.Is(got, c.want) || !errors.Is(got, corpus.ErrUnavailable) || explain(got) != got {
			t.Errorf("explain(%v) = %v", c.in, got)
		}
	}
	if explain(nil) != nil {
		t.Error("no error is explained")
	}
}

// TestKeepOriginalFails puts a file where a folder is needed.
func TestKeepOriginalFails(t *testing.T) {
	c := openTemp(t)
	e, data := entry("guide", "one")
	if err := os.WriteFile(c.dir+"/originals/"+string(e.Original.Hash[:2]), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Put(e, data, seenAt("file:///a")); err == nil {
		t.Fatal("an entry was stored without its original")
	}
	if _, err := c.Document("guide"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("record without original: %v", err)
	}
	left, err := os.ReadDir(c.dir + "/originals/tmp")
	if err != nil || len(left) != 0 {
		t.Errorf("temporary files left: %v, %v", left, err)
	}
}
