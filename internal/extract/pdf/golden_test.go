package pdf

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/fold"
)

var update = flag.Bool("update", false, "write the golden files anew")

// read extracts a file and checks what holds for every page.
func read(t testing.TB, data []byte) ([]corpus.Page, *extract.Meta, error) {
	t.Helper()
	var pages []corpus.Page
	m, err := Extractor{}.Extract(context.Background(), data, func(p corpus.Page) error {
		pages = append(pages, p)
		return nil
	})
	for i, p := range pages {
		if p.Number != i+1 {
			t.Errorf("page %d has number %d", i+1, p.Number)
		}
		checkPage(t, p)
	}
	return pages, m, err
}

// checkPage checks the promises about text and boxes.
func checkPage(t testing.TB, p corpus.Page) {
	t.Helper()
	if !norm.NFKC.IsNormalString(p.Text) {
		t.Errorf("page %d: text is not in NFKC: %q", p.Number, p.Text)
	}
	for _, r := range p.Text {
		if r != '\n' && (r < ' ' || fold.Invisible(r) || r == 'ـ' || r >= 0x7F && r < 0xA0) {
			t.Errorf("page %d: text holds %U", p.Number, r)
		}
	}
	for _, b := range p.Boxes {
		if b.Start < 0 || b.End > len(p.Text) || b.Start >= b.End {
			t.Fatalf("page %d: box %+v is outside of the text", p.Number, b)
		}
		if w := p.Text[b.Start:b.End]; strings.ContainsAny(w, " \n") {
			t.Errorf("page %d: box around %q, which is no word", p.Number, w)
		}
		if b.X < 0 || b.Y < 0 || b.W <= 0 || b.H <= 0 || b.X+b.W > 1.0001 || b.Y+b.H > 1.0001 {
			t.Errorf("page %d: box %+v is outside of the page", p.Number, b)
		}
	}
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			pages, m, err := read(t, data)
			if err != nil {
				t.Fatal(err)
			}
			got := render(pages, m)
			golden := strings.TrimSuffix(name, ".pdf") + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("text differs (-want +got):\n%s", diff)
			}
		})
	}
}

func render(pages []corpus.Page, m *extract.Meta) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s (%s)\nlang: %s\nauthors: %s\n", m.Title, m.TitleFrom, m.Lang, strings.Join(m.Authors, "; "))
	for _, h := range m.Outline {
		fmt.Fprintf(&b, "outline: %d %s, page %d\n", h.Level, h.Title, h.Page)
	}
	for _, p := range pages {
		fmt.Fprintf(&b, "--- page %d %s, %d boxes\n%s\n", p.Number, p.Quality.State, len(p.Boxes), p.Text)
	}
	return b.String()
}

var (
	head = regexp.MustCompile(`(?s)<head>.*</head>`)
	tags = regexp.MustCompile(`</?(b|i)>`)
	tag  = regexp.MustCompile(`<[^>]*>`)
)

// TestKnownText compares what was printed with what is read: the words and their
// order.
func TestKnownText(t *testing.T) {
	for _, name := range []string{"en-chromium", "en-libreoffice", "fr-chromium", "fr-libreoffice", "ar-chromium",
		"ar-libreoffice", "he-chromium", "he-libreoffice", "columns-chromium", "table-chromium", "table-ar-chromium"} {
		t.Run(name, func(t *testing.T) {
			base := name[:strings.LastIndexByte(name, '-')]
			html, err := os.ReadFile("testdata/" + base + ".html")
			if err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile("testdata/" + name + ".pdf")
			if err != nil {
				t.Fatal(err)
			}
			pages, _, err := read(t, data)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range pages {
				got = append(got, wordList(p.Text)...)
			}
			want := wordList(tag.ReplaceAllString(tags.ReplaceAllString(head.ReplaceAllString(string(html), ""), ""), " "))
			if len(want) < 20 {
				t.Fatalf("only %d words are known", len(want))
			}
			if n := common(want, got); float64(n) < .99*float64(len(want)) {
				t.Errorf("%d of %d words are read in order:\nwant %q\n got %q", n, len(want), want, got)
			}
			if extra := len(got) - len(want); float64(extra) > .02*float64(len(want))+1 {
				t.Errorf("%d words too many: %q", extra, got)
			}
		})
	}
}

// wordList returns the words of a text with their vowel signs, in NFKC.
func wordList(text string) []string {
	text = norm.NFKC.String(text)
	var words []string
	for w := range fold.Words(text) {
		words = append(words, text[w.Start:w.End])
	}
	return words
}

// common is the length of the longest common subsequence.
func common(a, b []string) int {
	prev := make([]int, len(b)+1)
	for _, x := range a {
		cur := make([]int, len(b)+1)
		for j, y := range b {
			if x == y {
				cur[j+1] = prev[j] + 1
			} else {
				cur[j+1] = max(cur[j], prev[j+1])
			}
		}
		prev = cur
	}
	return prev[len(b)]
}
