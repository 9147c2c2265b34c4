package all

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/extract"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden compares everything that is read of a file of each format and
// encoding with the text beside it. Formats with golden files of their own have
// them in their packages.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, file := range files {
		if filepath.Ext(file) == ".golden" {
			continue
		}
		count++
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c, err := Table().Extract(t.Context(), filepath.Base(file), data)
			if err != nil {
				t.Fatal(err)
			}
			got := show(c)
			golden := file + ".golden"
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Errorf("differs (-want +got):\n%s", d)
			}
			checkPages(t, c.Pages)
		})
	}
	if count < 10 {
		t.Errorf("only %d files", count)
	}
}

func checkPages(t *testing.T, pages []corpus.Page) {
	t.Helper()
	for i, p := range pages {
		if p.Number != i+1 {
			t.Errorf("page %d has number %d", i+1, p.Number)
		}
		if p.Text != extract.Clean(p.Text) {
			t.Errorf("page %d is not clean: %q", p.Number, p.Text)
		}
	}
}

func show(c *extract.Content) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s, %s\ntitle: %s (%s)\nauthors: %s\npublisher: %s\nissued: %s\nlang: %s\nrecord: %v\nwarnings: %q\n",
		extract.FormatName(c.MediaType), c.State, c.Title, c.TitleFrom, strings.Join(c.Authors, "; "), c.Publisher, c.Issued, c.Lang, c.Record, c.Warnings)
	for _, h := range c.Outline {
		fmt.Fprintf(&b, "outline: %s%s, page %d\n", strings.Repeat("  ", h.Level-1), h.Title, h.Page)
	}
	for _, p := range c.Pages {
		fmt.Fprintf(&b, "\n===== %d [%s] %s %s\n%s\n", p.Number, p.Label, p.Quality.State, p.Quality.Engine, p.Text)
	}
	return b.Bytes()
}
