package pdfium

import (
	"bytes"
	"embed"
	"errors"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/internal/extract"
)

// The files are testdata/fr-chromium.pdf of internal/extract/pdf, encrypted:
//
//	qpdf --encrypt "" owner 256 -- fr-chromium.pdf aes256.pdf
//	qpdf --encrypt "" owner 128 --use-aes=y -- fr-chromium.pdf aes128.pdf
//	qpdf --encrypt "" owner 40 -- fr-chromium.pdf rc4.pdf
//	qpdf --encrypt secret owner 256 -- fr-chromium.pdf password.pdf
//
//go:embed testdata/*.pdf
var files embed.FS

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := files.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// cacheDir outlives the tests, for compiling takes longer than they do.
func cacheDir(t testing.TB) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	return filepath.Join(dir, "marsa", "code")
}

// loaded is the engine of all tests.
var loaded Engine

func engine(t testing.TB) *Engine {
	t.Helper()
	if err := loaded.Load(cacheDir(t)); err != nil {
		t.Fatal(err)
	}
	return &loaded
}

func open(t testing.TB, data []byte) *File {
	t.Helper()
	f, err := engine(t).Open(data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

func TestOpensWhatIsEncryptedOrBroken(t *testing.T) {
	whole := file(t, "rc4.pdf")
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"RC4", whole, nil},
		{"AES-128", file(t, "aes128.pdf"), nil},
		{"AES-256", file(t, "aes256.pdf"), nil},
		{"the cross-reference leads nowhere", bytes.Replace(whole, []byte("startxref\n"), []byte("startxref\n7"), 1), nil},
		{"with a password", file(t, "password.pdf"), extract.ErrPassword},
		{"no PDF", []byte("nothing of the kind"), extract.ErrDamaged},
		{"nothing", nil, extract.ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := engine(t).Open(c.data)
			if err != nil || c.want != nil {
				if !errors.Is(err, c.want) {
					t.Errorf("error %v; want %v", err, c.want)
				}
				return
			}
			defer f.Close()
			text, err := f.Text(0)
			if err != nil || f.Pages() != 1 || !strings.Contains(text, "L’employeur n’est pas tenu d’héberger") {
				t.Errorf("%d pages, %q, %v", f.Pages(), text, err)
			}
		})
	}
}

func TestTextIsClean(t *testing.T) {
	f := open(t, file(t, "aes256.pdf"))
	text, err := f.Text(0)
	if err != nil {
		t.Fatal(err)
	}
	if clean := extract.Clean(text); clean != text {
		t.Errorf("text %q; cleaned %q", text, clean)
	}
	same, boxes, err := f.Words(0)
	if err != nil || strings.ReplaceAll(same, "\n\n", "\n") != text || strings.Count(same, "\n\n") != 2 {
		t.Errorf("with words and paragraphs %q, %v", same, err)
	}
	if len(boxes) != 72 {
		t.Errorf("%d boxes; our own reader finds 72 words", len(boxes))
	}
	for _, b := range boxes {
		if b.Start < 0 || b.End > len(same) || b.Start >= b.End || b.X < 0 || b.Y < 0 || b.X+b.W > 1 || b.Y+b.H > 1 {
			t.Errorf("box %+v", b)
		}
	}
	if b := boxes[0]; b.Y > .15 || b.X > .2 || same[b.Start:b.End] != "L’égalité" {
		t.Errorf("the first word, %q, stands at %+v", same[b.Start:b.End], b)
	}
	if _, err := f.Text(1); err == nil {
		t.Error("there is a second page")
	}
}

func TestBrokenWords(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"at the end of a line", "mi\u0002gration", "migration"},
		{"by the other mark", "mi\uFFFEgration \r\nlaw", "migration\nlaw"},
		{"that has its hyphen elsewhere", "Peut-être peut\u0002être, peut-être.", "Peut-être peut-être, peut-être."},
		{"of which nothing is left", "a \u0002 b", "a b"},
		{"lines and blanks", "\r\n a  b\r\n\r\nc ", "a b\nc"},
		{"ligatures", "e\uFB03cient", "efficient"},
		{"twice", "a\u0002b\u0002c", "abc"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &writer{whole: c.in, onPage: func(a area) (corpus.Box, bool) { return corpus.Box{}, true }}
			for i, r := range []rune(c.in) {
				w.char(r, area{float64(i), 0, float64(i + 1), 1})
			}
			w.flush()
			if got := w.b.String(); got != c.want {
				t.Errorf("got %q; want %q", got, c.want)
			}
			end := 0
			for _, b := range w.boxes {
				if b.Start < end || b.End <= b.Start || b.End > w.b.Len() {
					t.Errorf("boxes %+v", w.boxes)
				}
				end = b.End
			}
		})
	}
}

func TestDraw(t *testing.T) {
	f := open(t, file(t, "rc4.pdf"))
	for _, c := range []struct {
		name    string
		picture extract.Picture
		w, h    int
		err     error
	}{
		{"by width", extract.Picture{Page: 1, Width: 300}, 300, 389, nil},
		{"by dots per inch", extract.Picture{Page: 1, DPI: 72}, 612, 792, nil},
		{"too large", extract.Picture{Page: 1, DPI: 2400}, 0, 0, extract.ErrTooLarge},
		{"no such page", extract.Picture{Page: 2, Width: 300}, 0, 0, corpus.ErrNotFound},
		{"no size", extract.Picture{Page: 1}, 0, 0, corpus.ErrInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, err := f.Draw(c.picture)
			if !errors.Is(err, c.err) {
				t.Fatalf("error %v; want %v", err, c.err)
			}
			if err != nil {
				return
			}
			img, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if b := img.Bounds(); b.Dx() != c.w || abs(b.Dy()-c.h) > 1 {
				t.Errorf("%v; want %d times %d", b, c.w, c.h)
			}
			if r, g, b, _ := img.At(1, 1).RGBA(); min(r, g, b) < 0xF000 {
				t.Errorf("the paper is not white: %x %x %x", r, g, b)
			}
			dark := 0
			for y := range img.Bounds().Dy() {
				for x := range img.Bounds().Dx() {
					if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
						dark++
					}
				}
			}
			if dark < 100 {
				t.Errorf("%d dark points: nothing is drawn", dark)
			}
		})
	}
}

func abs(n int) int { return max(n, -n) }

func TestNotLoaded(t *testing.T) {
	if _, err := (&Engine{}).Open(file(t, "rc4.pdf")); !errors.Is(err, ErrNotLoaded) {
		t.Errorf("error %v", err)
	}
}

func TestDamagedCacheIsAnError(t *testing.T) {
	engine(t) // so that there is one to damage
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(cacheDir(t))); err != nil {
		t.Fatal(err)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "wazero-*", "*"))
	if err != nil || len(kept) == 0 {
		t.Fatal(kept, err)
	}
	for _, path := range kept {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)/2] ^= 1
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := (&Engine{}).Load(dir); err == nil {
		t.Error("damaged code was loaded")
	}
}

func FuzzOpen(f *testing.F) {
	for _, name := range []string{"rc4.pdf", "aes256.pdf", "password.pdf"} {
		f.Add(file(f, name))
	}
	e := engine(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := e.Open(data)
		if err != nil {
			return
		}
		defer d.Close()
		for i := range min(d.Pages(), 3) {
			text, boxes, err := d.Words(i)
			if err != nil {
				continue
			}
			if clean := extract.Clean(text); clean != text {
				t.Errorf("text %q; cleaned %q", text, clean)
			}
			for _, b := range boxes {
				if b.End > len(text) || b.Start >= b.End {
					t.Errorf("box %+v in %d bytes", b, len(text))
				}
			}
		}
		d.Labels()
		d.Meta()
	})
}
