package ingest_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"marsa/internal/ingest"
)

// archive writes a zip archive: name, content, name, …
func archive(t *testing.T, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestArchive wants an archive to behave as the folder that it is a copy of.
func TestArchive(t *testing.T) {
	l := newLibrary(t)
	l.write("a.zip", archive(t, "b.txt", "b", "c.txt", "c"))
	l.want(ingest.Options{}, outcomes{"a.zip!/b.txt": ingest.Added, "a.zip!/c.txt": ingest.Added})
	l.want(ingest.Options{}, outcomes{"a.zip!/b.txt": ingest.Unchanged, "a.zip!/c.txt": ingest.Unchanged})
	l.write("a.zip", archive(t, "b.txt", "another edition", "d.txt", "d"))
	l.want(ingest.Options{}, outcomes{"a.zip!/b.txt": ingest.Changed, "a.zip!/c.txt": ingest.Gone, "a.zip!/d.txt": ingest.Added})
	l.write("a.zip", archive(t, "b.txt", "another edition")[:80])
	l.want(ingest.Options{Prune: true}, outcomes{"a.zip!/": ingest.Failed})
	l.write("a.zip", archive(t, "b.txt", "another edition"))
	l.want(ingest.Options{Prune: true}, outcomes{"a.zip!/b.txt": ingest.Unchanged, "a.zip!/c.txt": ingest.Removed, "a.zip!/d.txt": ingest.Removed})
	l.write("copy/b.txt", "another edition")
	l.want(ingest.Options{}, outcomes{"a.zip!/b.txt": ingest.Unchanged, "copy/b.txt": ingest.Duplicate})
	l.remove("a.zip")
	l.want(ingest.Options{Prune: true}, outcomes{"a.zip!/b.txt": ingest.Gone, "copy/b.txt": ingest.Unchanged})
}
