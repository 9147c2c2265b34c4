package worker

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/pdf"
)

// doubled is a format with a second reader, which breaks down as the file says.
// Its compiled code is a file with one word.
type doubled struct{ loaded *bool }

const codeFile = "wazero-test"

func (d doubled) Load(cache string) error {
	path := filepath.Join(cache, codeFile)
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		data = []byte("code")
		err = os.WriteFile(path, data, 0o600)
	}
	if err == nil && string(data) != "code" {
		err = errors.New("damaged code")
	}
	*d.loaded = err == nil
	return err
}

func (doubled) Alone() extract.Extractor { return doubled{loaded: new(bool)} }

func (d doubled) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	if !bytes.HasPrefix(data, []byte("%PDF-1.7 ")) { // a real one
		return pdf.Extractor{}.Extract(ctx, data, emit)
	}
	return hostile{}.Extract(ctx, d.script(data), emit)
}

// script takes the words with a star for what only the second reader does.
func (d doubled) script(data []byte) []byte {
	var words []string
	for _, w := range strings.Fields(string(data))[1:] {
		switch rest, second := strings.CutPrefix(w, "*"); {
		case !second:
			words = append(words, w)
		case *d.loaded:
			words = append(words, rest)
		}
	}
	return []byte(strings.Join(words, " "))
}

func (d doubled) Draw(data []byte, p extract.Picture) ([]byte, error) {
	if p.Page > 9 {
		return nil, corpus.ErrNotFound
	}
	err := func() error {
		_, err := d.Extract(context.Background(), data, func(corpus.Page) error { return nil })
		return err
	}()
	return []byte{byte(p.Page)}, err
}

func doubledPool(t *testing.T, cache string) *Pool {
	t.Helper()
	p := New(Config{Workers: 1, PageTime: short, Memory: 128 << 20, CacheDir: cache})
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// TestSecondReaderCostsNoPage: whatever the second reader does, the pages of the
// first are all there.
func TestSecondReaderCostsNoPage(t *testing.T) {
	for _, do := range []string{"*exit", "*panic", "*overflow", "*hog", "*hang"} {
		t.Run(do[1:], func(t *testing.T) {
			p := doubledPool(t, t.TempDir())
			got, err := p.Extract(t.Context(), "a.pdf", []byte("%PDF-1.7 one two "+do+" three"))
			if err != nil || got.State != corpus.Complete || len(got.Pages) != 3 {
				t.Fatalf("%+v, %v", got, err)
			}
			if len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], "after page 2") {
				t.Errorf("warnings %q", got.Warnings)
			}
		})
	}
}

func TestCompiledCode(t *testing.T) {
	const script = "%PDF-1.7 one *two"
	for _, c := range []struct {
		name  string
		spoil func(dir string) error
	}{
		{"is not there yet", func(string) error { return nil }},
		{"is there", func(dir string) error { return os.WriteFile(filepath.Join(dir, codeFile), []byte("code"), 0o600) }},
		{"is damaged", func(dir string) error { return os.WriteFile(filepath.Join(dir, codeFile), []byte("c0de"), 0o600) }},
		{"has no place of its own", func(dir string) error {
			return errors.Join(os.Remove(dir), os.WriteFile(dir, nil, 0o600)) // a file instead of the directory
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "cache")
			if err := errors.Join(os.Mkdir(dir, 0o700), c.spoil(dir)); err != nil {
				t.Fatal(err)
			}
			p := doubledPool(t, dir)
			// A child that is there already has no code.
			if got, err := p.Extract(t.Context(), "a.txt", []byte("one *two")); err != nil || len(got.Pages) != 2 {
				t.Fatalf("text: %+v, %v", got, err)
			}
			for range 2 {
				got, err := p.Extract(t.Context(), "a.pdf", []byte(script))
				if err != nil || len(got.Pages) != 2 || len(got.Warnings) > 0 {
					t.Fatalf("%+v, %v", got, err)
				}
			}
		})
	}
}

// TestCodeThatIsLostIsMadeAgain takes the code away while children run.
func TestCodeThatIsLostIsMadeAgain(t *testing.T) {
	dir := t.TempDir()
	p := doubledPool(t, dir)
	read := func() {
		t.Helper()
		got, err := p.Extract(t.Context(), "a.pdf", []byte("%PDF-1.7 one *two"))
		if err != nil || len(got.Pages) != 2 {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	read()
	if err := os.WriteFile(filepath.Join(dir, codeFile), []byte("c0de"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _ = p.Extract(t.Context(), "a.txt", []byte("exit")) // the child that has it loaded
	read()
}

func TestDraw(t *testing.T) {
	p := doubledPool(t, t.TempDir())
	for _, c := range []struct {
		file string
		page int
		want error
	}{
		{"%PDF-1.7 one", 3, nil},
		{"%PDF-1.7 *exit", 3, extract.ErrCrashed},
		{"%PDF-1.7 *hang", 3, extract.ErrTimeout},
		{"no PDF", 3, extract.ErrUnsupported},
		{"%PDF-1.7 one", 4, nil},
	} {
		got, err := p.Draw(t.Context(), []byte(c.file), extract.Picture{Page: c.page, Width: 100})
		if !errors.Is(err, c.want) || err == nil && (len(got) != 1 || int(got[0]) != c.page) {
			t.Errorf("%q: %v, %v; want %v", c.file, got, err, c.want)
		}
	}
}
