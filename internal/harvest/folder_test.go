package harvest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

// seen is an item in one line: its place, and its title or what is wrong.
func seen(t *testing.T, s Source, prefix string) []string {
	t.Helper()
	var all []string
	for it, err := range s.Items(t.Context(), time.Time{}) {
		line := strings.TrimPrefix(it.URL, prefix)
		switch {
		case err != nil:
			line += " !" + Reason(err)
		case it.Meta != nil:
			line += " " + it.Meta.Title
		}
		all = append(all, line)
	}
	return all
}

func write(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFiles(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{
		"b.pdf":               "b",
		"b.pdf.yaml":          "title: from the sidecar",
		"a.pdf":               "a",
		"manifest.tsv":        "file\ttitle\nb.pdf\tfrom the manifest\na.pdf\tA\nmissing.pdf\tM\n",
		".hidden":             "x",
		".git/config":         "x",
		"~$lock.docx":         "x",
		"sub/c ü.md":          "c",
		"sub/c ü.md.yml":      "titel: typing mistake",
		"sub/d.md":            "d",
		"sub/d.md.yaml":       "id: [",
		"sub/lonely.pdf.yaml": "title: x",
		"notes.yaml":          "just: a text",
	})
	for link, target := range map[string]string{
		"loop":        ".",
		"sub/up":      "..",
		"inside.pdf":  "a.pdf",
		"outside":     "/etc/hostname",
		"outside-dir": "/etc",
		"broken":      "nowhere",
	} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"a.pdf A",
		"b.pdf from the sidecar",
		"broken !missing",
		"inside.pdf",
		"notes.yaml",
		"outside !not-a-file",
		"outside-dir !not-a-file",
		"sub/c%20%C3%BC.md !record",
		"sub/d.md !record",
		"sub/lonely.pdf.yaml !record",
		"missing.pdf !record",
	}
	if diff := cmp.Diff(want, seen(t, Files(root), "file://"+root+"/")); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	if roots := Files(root, filepath.Join(root, "a.pdf"), "/nowhere").(Rooted).Roots(); !cmp.Equal(roots, []string{"file://" + root + "/", "file://" + root + "/a.pdf"}) {
		t.Errorf("roots: %q", roots)
	}
	// A file that is given by its name has the record that it has in its folder.
	for name, want := range map[string][]string{
		"a.pdf":       {"a.pdf A"},
		"b.pdf":       {"b.pdf from the sidecar"},
		"sub/d.md":    {"sub/d.md !record"},
		"nowhere.pdf": {"nowhere.pdf !missing"},
	} {
		if diff := cmp.Diff(want, seen(t, Files(filepath.Join(root, name)), "file://"+root+"/")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestLinks checks that links are followed to what lies in the folder, for
// documents and for records, and that nothing outside of it is read.
func TestLinks(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	write(t, outside, map[string]string{"secret.txt": "title: secret", "manifest.tsv": "file\ttitle\ny.txt\tsecret\n"})
	write(t, root, map[string]string{
		"a.txt": "a", "b.txt": "b", "c.txt": "c", "sub/y.txt": "y", "rows/z.txt": "z",
		"records/b.yaml": "title: B", "records/rows.txt": "file\ttitle\nz.txt\tZ\n",
	})
	for link, target := range map[string]string{
		"absolute.txt":      filepath.Join(root, "a.txt"),
		"b.txt.yaml":        "records/b.yaml",
		"c.txt.yaml":        filepath.Join(outside, "secret.txt"),
		"out.txt":           filepath.Join(outside, "secret.txt"),
		"sub/manifest.tsv":  filepath.Join(outside, "manifest.tsv"),
		"rows/manifest.tsv": "../records/rows.txt",
	} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"a.txt", "absolute.txt", "b.txt B", "c.txt !record", "out.txt !not-a-file",
		"records/b.yaml", "records/rows.txt", "rows/z.txt Z", "sub/ !record"}
	if diff := cmp.Diff(want, seen(t, Files(root), "file://"+root+"/")); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	for it, err := range Files(root).Items(t.Context(), time.Time{}) {
		if err != nil && !strings.Contains(err.Error(), outside) {
			t.Errorf("%s: the error does not say where the link leads: %v", it.Name, err)
		}
		if err == nil && it.Name == "absolute.txt" {
			if f, err := it.Fetch(t.Context(), Validators{}); err != nil || string(f.Data) != "a" {
				t.Errorf("link in the folder: %+v, %v", f, err)
			}
		}
	}
	// A file that is made a link after it was listed leads nowhere else either.
	for it, err := range Files(root).Items(t.Context(), time.Time{}) {
		if err != nil || it.Name != "a.txt" {
			continue
		}
		if err := os.Remove(filepath.Join(root, "a.txt")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(outside, "secret.txt"), filepath.Join(root, "a.txt")); err != nil {
			t.Fatal(err)
		}
		if f, err := it.Fetch(t.Context(), Validators{}); err == nil {
			t.Errorf("read from outside: %q", f.Data)
		}
	}
	// Given by its name, a link is followed wherever it leads.
	for it, err := range Files(filepath.Join(root, "out.txt")).Items(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		if f, err := it.Fetch(t.Context(), Validators{}); err != nil || string(f.Data) != "title: secret" || f.Name != "out.txt" {
			t.Errorf("link given by its name: %+v, %v", f, err)
		}
	}
}

// TestNamesOfAFolder checks that "folder/*" gives what the folder gives.
func TestNamesOfAFolder(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a.pdf": "a", "a.pdf.yaml": "title: A", "b.pdf": "b", "manifest.tsv": "file\ttitle\nb.pdf\tB\n",
		"lonely.pdf.yaml": "title: x", "notes.yaml": "just: a text"})
	names, err := filepath.Glob(filepath.Join(root, "*"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"a.pdf A", "b.pdf B", "lonely.pdf.yaml !record", "notes.yaml"}
	for _, s := range []Source{Files(root), Files(names...)} {
		if diff := cmp.Diff(want, seen(t, s, "file://"+root+"/")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s, diff)
		}
	}
}

func TestFetchFile(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a.txt": "text", "big.txt": "", "gone.txt": "x"})
	if err := os.Truncate(filepath.Join(root, "big.txt"), MaxFile+1); err != nil { // sparse: it takes no space
		t.Fatal(err)
	}
	items := map[string]Item{}
	for it, err := range Files(root).Items(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		items[it.Name] = it
	}
	f, err := items["a.txt"].Fetch(t.Context(), Validators{ETag: "ignored"})
	if err != nil || string(f.Data) != "text" || f.Name != "a.txt" || items["a.txt"].Size != 4 {
		t.Errorf("a.txt: %+v, %v", f, err)
	}
	if _, err := items["big.txt"].Fetch(t.Context(), Validators{}); !errors.Is(err, corpus.ErrTooLarge) || Reason(err) != "too-large" {
		t.Errorf("big.txt: %v", err)
	}
	if err := os.Remove(filepath.Join(root, "gone.txt")); err != nil {
		t.Fatal(err)
	}
	if _, err := items["gone.txt"].Fetch(t.Context(), Validators{}); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("gone.txt: %v", err)
	}
	if !Missing(items["gone.txt"].URL) || Missing(items["a.txt"].URL) || Missing("https://example.org/x") || Missing("file:///%zz") {
		t.Error("Missing is wrong")
	}
}

// locked is a file system of which some folders and files may not be read.
type locked struct {
	fstest.MapFS
	names []string
}

func (l locked) refuse(op, name string) error {
	for _, n := range l.names {
		if n == name {
			return &fs.PathError{Op: op, Path: name, Err: fs.ErrPermission}
		}
	}
	return nil
}

func (l locked) Open(name string) (fs.File, error) {
	if err := l.refuse("open", name); err != nil {
		return nil, err
	}
	return l.MapFS.Open(name)
}

func (l locked) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := l.refuse("open", name); err != nil {
		return nil, err
	}
	return l.MapFS.ReadDir(name)
}

func TestNoRights(t *testing.T) {
	fsys := locked{MapFS: fstest.MapFS{
		"a/1.txt": {Data: []byte("x")}, "b/2.txt": {Data: []byte("x")}, "c/3.txt": {Data: []byte("x")}, "c/manifest.tsv": {Data: []byte("file\n")},
		"d/4.txt": {Data: []byte("x")}, "d/4.txt.yaml": {Data: []byte("title: x")}, "e/5.txt": {Data: []byte("x")},
	}, names: []string{"b", "c/manifest.tsv", "d/4.txt.yaml", "e/5.txt"}}
	want := []string{"a/1.txt", "b/ !rights", "c/ !record", "d/4.txt !record", "e/5.txt"}
	source := FS(fsys, "test")
	if diff := cmp.Diff(want, seen(t, source, "test:")); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	for it, err := range source.Items(t.Context(), time.Time{}) {
		if err != nil {
			if !strings.Contains(err.Error(), "test:") {
				t.Errorf("error does not say where: %v", err)
			}
			continue
		}
		if _, err := it.Fetch(t.Context(), Validators{}); it.Name == "5.txt" && Reason(err) != "rights" || it.Name != "5.txt" && err != nil {
			t.Errorf("%s: %v", it.Name, err)
		}
	}
}

func TestDeepAndOddFolders(t *testing.T) {
	deep := strings.Repeat("d/", maxDepth+1)
	fsys := fstest.MapFS{deep + "x.txt": {}, "bad/manifest.tsv": {Data: []byte("nonsense\n")}, "bad/x.txt": {}, "good.txt": {}}
	got := seen(t, FS(fsys, "test"), "test:")
	want := []string{"bad/ !record", deep + " !too-large", "good.txt"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestNamesThatAreNotUTF8(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"caf\xe9.txt": "x", "good.txt": "x"})
	got := seen(t, Files(root), "file://"+root+"/")
	if diff := cmp.Diff([]string{"caf%E9.txt !not-a-file", "good.txt"}, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestStopsWhenAsked(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a": "", "b": "", "c/d": "", "manifest.tsv": "file\nx\ny\n"})
	for stop := 1; stop <= 5; stop++ {
		n := 0
		for range Files(root, root).Items(t.Context(), time.Time{}) {
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("%d items, want %d", n, stop)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for it := range Files(root).Items(ctx, time.Time{}) {
		t.Errorf("item %s of a cancelled walk", it.URL)
	}
}
