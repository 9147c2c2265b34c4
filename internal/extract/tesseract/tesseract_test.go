package tesseract

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"marsa/corpus"
	"marsa/internal/extract"
)

// fake puts a program of that name on PATH that answers as the script does.
func fake(t *testing.T, script string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tesseract"), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/bin:/usr/bin")
}

// langs answers the question for languages and leaves the rest to the script.
const langs = "if [ \"$1\" = --list-langs ]; then echo 'List of available languages:'; echo ara; echo fra; echo osd; exit 0; fi\n"

func TestFind(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(t.Context()); !errors.Is(err, ErrMissing) {
		t.Errorf("without the program: %v", err)
	}
	fake(t, "echo osd")
	if _, err := Find(t.Context()); !errors.Is(err, ErrMissing) {
		t.Errorf("without languages: %v", err)
	}
	fake(t, langs)
	p, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !p.Reads("ar") || !p.Reads("fr") || p.Reads("en") || len(p.Languages()) != 2 {
		t.Errorf("languages: %q", p.Languages())
	}
}

func TestRead(t *testing.T) {
	fake(t, langs+`cat >/dev/null; printf 'level\tp\tb\tr\tl\tw\tx\ty\tw\th\tc\ttext\n5\t1\t1\t1\t1\t1\t0\t0\t0\t0\t50\t'; echo "$@"`)
	p, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Read(t.Context(), []byte("picture"), "fr", "ar")
	if err != nil {
		t.Fatal(err)
	}
	if want := "stdin stdout -l fra+ara tsv"; r.Text != want || r.Confidence != .5 {
		t.Errorf("called with %q, want %q", r.Text, want)
	}
}

func TestReadFails(t *testing.T) {
	for _, c := range []struct {
		name, script string
		langs        []corpus.Lang
		want         error
	}{
		{"a language without data", "", []corpus.Lang{"en"}, ErrMissing},
		{"no language", "", nil, corpus.ErrInvalid},
		{"it fails", "echo no such file >&2; exit 1", []corpus.Lang{"fr"}, nil},
		{"it answers for ever", "exec yes", []corpus.Lang{"fr"}, extract.ErrTooLarge},
		{"it answers nonsense", "echo hello", []corpus.Lang{"fr"}, extract.ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			fake(t, langs+c.script)
			p, err := Find(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err = p.Read(t.Context(), nil, c.langs...); err == nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestReadIsCancelled(t *testing.T) {
	fake(t, langs+"exec sleep 60")
	p, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := p.Read(ctx, nil, "fr"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestInstalled asks the real program, which check.sh installs, for a picture
// without text: it must answer in the form that is understood.
func TestInstalled(t *testing.T) {
	p, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewGray(image.Rect(0, 0, 200, 100))
	for i := range img.Pix {
		img.Pix[i] = 0xFF
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	r, err := p.Read(t.Context(), b.Bytes(), "en")
	if err != nil {
		t.Fatal(err)
	}
	if r.Words != 0 || r.Text != "" {
		t.Errorf("read %q", r.Text)
	}
}
