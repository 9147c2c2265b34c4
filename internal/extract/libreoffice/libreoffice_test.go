//go:build unix

package libreoffice

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsa/corpus"
	"marsa/internal/extract"
)

// next is a reader of new files that says what it was given.
type next struct{ name, data string }

func (n *next) Extract(_ context.Context, name string, data []byte) (*extract.Content, error) {
	n.name, n.data = name, string(data)
	return &extract.Content{MediaType: extract.DOCX, Pages: []corpus.Page{{Number: 1, Text: "x", Quality: corpus.Quality{Engine: "docx"}}}}, nil
}

// fake is a program that does as the script says; $out is where its answer is
// looked for, $in the file.
func fake(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "soffice")
	script = "#!/bin/sh\nargs=\"$*\"\nwhile [ $# -gt 1 ]; do case $1 in --outdir) mkdir -p $2; dir=$2;; --convert-to) ext=$2;; esac; shift; done\nin=$1; out=$dir/in.$ext\n" + script
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// old is the beginning of an OLE2 file with a stream.
func old(stream string) []byte {
	b := []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for _, c := range []byte(stream) {
		b = append(b, c, 0)
	}
	return b
}

func TestConverts(t *testing.T) {
	n := &next{}
	r := &Reader{Next: n, Program: fake(t, `cp "$in" "$out"; echo " $args $HOME $http_proxy" >>"$out"; cat profile/user/registrymodifications.xcu >>"$out"`)}
	for stream, want := range map[string]string{"WordDocument": "docx", "PowerPoint Document": "pptx", "Workbook": "xlsx"} {
		data := old(stream)
		c, err := r.Extract(t.Context(), "a b.old", data)
		if err != nil {
			t.Fatal(err)
		}
		if c.MediaType != extract.Sniff("", data) || c.Pages[0].Quality.Engine != "libreoffice/docx" || n.name != "a b."+want || !strings.HasPrefix(n.data, string(data)) {
			t.Errorf("%s: %s as %s, read by %s", stream, c.MediaType, n.name, c.Pages[0].Quality.Engine)
		}
		for _, part := range []string{"-env:UserInstallation=file:///", "--headless", "--convert-to " + want, "127.0.0.1:9", "DisableMacrosExecution"} {
			if !strings.Contains(n.data, part) {
				t.Errorf("%s: %q is not in %q", stream, part, n.data)
			}
		}
	}
	if _, err := r.Extract(t.Context(), "a.txt", []byte("text")); err != nil || n.name != "a.txt" || n.data != "text" {
		t.Errorf("what is not old: %+v, %v", n, err)
	}
}

func TestRefuses(t *testing.T) {
	for _, c := range []struct {
		name, program string
		err           error
		says          string
	}{
		{"not installed", "", extract.ErrUnsupported, "install LibreOffice on the server, or save the file as .docx"},
		{"no answer", fake(t, "exit 0"), extract.ErrDamaged, "may need a password or be damaged"},
		{"fails", fake(t, "exit 3"), extract.ErrDamaged, "may need a password or be damaged"},
		{"hangs", fake(t, "sleep 60 & sleep 60"), extract.ErrTimeout, "took longer than"},
		{"too much", fake(t, `truncate -s 201M "$out"`), extract.ErrTooLarge, "over 200 MiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &Reader{Next: &next{}, Program: c.program, Time: time.Minute}
			if c.name == "hangs" {
				r.Time = 200 * time.Millisecond
			}
			_, err := r.Extract(t.Context(), "a.doc", old("WordDocument"))
			if !errors.Is(err, c.err) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v; want %v", err, c.err)
			}
		})
	}
}

func TestNew(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if r := New(&next{}); r.Program != "" {
		t.Errorf("found %q where there is none", r.Program)
	}
	path := fake(t, "")
	t.Setenv("PATH", filepath.Dir(path))
	if r := New(&next{}); r.Program != path {
		t.Errorf("found %q", r.Program)
	}
}
