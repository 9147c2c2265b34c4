package harvest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// archive writes a zip archive: name, content, name, …
func archive(t testing.TB, parts ...string) string {
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

func TestArchive(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{
		"a.zip": archive(t, "b.pdf", "b", "sub/", "", "sub/é c.md", "c", "manifest.tsv", "file\ttitle\nb.pdf\tB\n",
			"inner.zip", archive(t, "x.pdf", "x"), "../../up.txt", "up", `\etc\passwd`, "p", ".hidden", "x", "__MACOSX/._b.pdf", "x"),
		"book.zip": archive(t, "mimetype", "application/epub+zip", "a.html", "x"),
		"text.ZIP": "no archive",
	})
	prefix := fileURL(root, true)
	want := []string{
		"a.zip!/b.pdf B", "a.zip!/etc/passwd", "a.zip!/inner.zip!/ !archive", "a.zip!/sub/%C3%A9%20c.md", "a.zip!/up.txt",
		"book.zip", "text.ZIP",
	}
	if d := cmp.Diff(want, seen(t, Files(root), prefix)); d != "" {
		t.Error(d)
	}
	src := Files(filepath.Join(root, "a.zip"))
	if d := cmp.Diff(want[:5], seen(t, src, prefix)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{prefix + "a.zip", prefix + "a.zip!/"}, src.(Rooted).Roots()); d != "" {
		t.Error(d)
	}
	for it, err := range src.Items(t.Context(), time.Time{}) {
		if err != nil || !strings.HasSuffix(it.URL, "c.md") {
			continue
		}
		f, err := it.Fetch(t.Context(), Validators{})
		if err != nil || string(f.Data) != "c" || f.Name != "é c.md" || it.Size != 1 {
			t.Errorf("%+v, %v", f, err)
		}
	}
}

func TestArchiveRefused(t *testing.T) {
	many := make([]string, 0, 2*maxMembers+2)
	for i := range maxMembers + 1 {
		many = append(many, fmt.Sprintf("%d.txt", i), "")
	}
	secret := []byte(archive(t, "a.txt", "x"))
	secret[6] |= 1
	secret[bytes.Index(secret, []byte("PK\x01\x02"))+8] |= 1
	huge := []byte(archive(t, "a.txt", "x", "b.txt", "y", "c.txt", "z"))
	for i := 0; ; {
		at := bytes.Index(huge[i:], []byte("PK\x01\x02"))
		if at < 0 {
			break
		}
		copy(huge[i+at+24:], "\xFF\xFF\xFF\xF0") // the size that is declared
		i += at + 4
	}
	long := archive(t, strings.Repeat("n", 60_000), "")
	list := []byte(long)[strings.Index(long, "PK\x01\x02"):]
	list = append(bytes.Repeat(list[:len(list)-22], maxDirectory/60_000+1), list[len(list)-22:]...)
	for _, c := range []struct{ name, data, reason, says string }{
		{"many members", archive(t, many...), "too-large", "at most 10000 are read"},
		{"password", string(secret), "archive", "has a password"},
		{"declared bomb", string(huge), "too-large", "unpacks to more than 8 GiB"},
		{"cut off", archive(t, "a.txt", "x")[:60], "archive", "get it anew"},
		{"long list", string(list), "too-large", "the list of its members"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			data := c.data
			if c.name == "long list" { // the end says where the list begins and how long it is
				b := []byte(data)
				end := b[len(b)-22:]
				n := len(b) - 22
				copy(end[12:], []byte{byte(n), byte(n >> 8), byte(n >> 16), byte(n >> 24), 0, 0, 0, 0})
				data = string(b)
			}
			write(t, root, map[string]string{"a.zip": data})
			count := 0
			for it, err := range Files(root).Items(t.Context(), time.Time{}) {
				count++
				if Reason(err) != c.reason || !strings.Contains(fmt.Sprint(err), c.says) || it.URL != fileURL(root, true)+"a.zip!/" {
					t.Errorf("%s: %v", it.URL, err)
				}
			}
			if count != 1 {
				t.Errorf("%d items", count)
			}
		})
	}
}

// TestLyingMember wants a member that unpacks to more than it declares to be
// refused when it is fetched.
func TestLyingMember(t *testing.T) {
	root := t.TempDir()
	data := []byte(archive(t, "a.txt", strings.Repeat("x", 100_000)))
	copy(data[bytes.Index(data, []byte("PK\x01\x02"))+24:], "\x05\x00\x00\x00")
	write(t, root, map[string]string{"a.zip": string(data)})
	for it, err := range Files(root).Items(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		if f, err := it.Fetch(t.Context(), Validators{}); err == nil {
			t.Errorf("%d bytes", len(f.Data))
		}
	}
}

// TestNamesOfMembers wants every member, whatever it is called.
func TestNamesOfMembers(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a.zip": archive(t, "\xE5\xCC.txt", "1", "\xE5\xCD.txt", "2")})
	want := []string{"a.zip!/_.txt", "a.zip!/__2.txt"}
	if d := cmp.Diff(want, seen(t, Files(root), fileURL(root, true))); d != "" {
		t.Error(d)
	}
}

func TestMissingMember(t *testing.T) {
	root := t.TempDir()
	write(t, root, map[string]string{"a.zip": archive(t, "sub/b.pdf", "b"), "bad.zip": "x", "odd.zip!/c.pdf": "c"})
	for name, want := range map[string]bool{
		"a.zip!/sub/b.pdf": false, "a.zip!/c.pdf": true, "gone.zip!/b.pdf": true, "bad.zip!/b.pdf": false, "odd.zip!/c.pdf": false, "odd.zip!/d.pdf": true,
	} {
		if got := Missing(fileURL(root, true) + name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if err := os.Remove(filepath.Join(root, "a.zip")); err != nil {
		t.Fatal(err)
	}
	if !Missing(fileURL(root, true) + "a.zip!/sub/b.pdf") {
		t.Error("the archive is gone, its member is not")
	}
}

func FuzzArchive(f *testing.F) {
	f.Add([]byte(archive(f, "a/b.txt", "x", "a", "y", "../c", "z")))
	f.Fuzz(func(t *testing.T, data []byte) {
		root := t.TempDir()
		write(t, root, map[string]string{"a.zip": string(data)})
		for it, err := range Files(root).Items(t.Context(), time.Time{}) {
			if err == nil {
				it.Fetch(t.Context(), Validators{})
			}
		}
	})
}
