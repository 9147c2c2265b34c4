//go:build unix

package harvest

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPipe checks that what would wait for ever is not opened.
func TestPipe(t *testing.T) {
	root := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(root, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	want := []string{"pipe !not-a-file"}
	if diff := cmp.Diff(want, seen(t, Files(root), "file://"+root+"/")); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, seen(t, Files(filepath.Join(root, "pipe")), "file://"+root+"/")); diff != "" {
		t.Errorf("given by its name (-want +got):\n%s", diff)
	}
}

// TestPipeInPlaceOfARecord checks the same of the files that are about others.
func TestPipeInPlaceOfARecord(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a/x.pdf": "x", "b/y.pdf": "y", "z.pdf": "z"})
	for _, name := range []string{"a/manifest.tsv", "b/y.pdf.yaml"} {
		if err := syscall.Mkfifo(filepath.Join(root, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"a/ !record", "b/y.pdf !record", "z.pdf"}
	if diff := cmp.Diff(want, seen(t, Files(root), "file://"+root+"/")); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}
