package worker

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/internal/extract"
)

// pdfFile writes a PDF file without a table of objects, which readers find
// themselves; the first object is the catalog.
func pdfFile(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer<</Root 1 0 R>>\n%%EOF\n")
	return b.Bytes()
}

const (
	pdfCatalog = "<</Type/Catalog/Pages 2 0 R>>"
	pdfTree    = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
	pdfPage    = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
)

func pdfStream(entries, data string) string {
	return fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", entries, len(data), data)
}

// bomb is a stream that unpacks to four gigabytes, packed twice: the same block
// of packed zeros again and again.
func bomb(t *testing.T) string {
	t.Helper()
	var block, outer bytes.Buffer
	inner := zlib.NewWriter(&block)
	_, err := inner.Write(make([]byte, 1<<20))
	if err := errors.Join(err, inner.Flush()); err != nil {
		t.Fatal(err)
	}
	head, zeros := block.Bytes()[:2], block.Bytes()[2:]
	z := zlib.NewWriter(&outer)
	_, err = z.Write(append(bytes.Clone(head), bytes.Repeat(zeros, 4<<10)...))
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return pdfStream("/Filter[/FlateDecode/FlateDecode]", outer.String())
}

// TestHostilePDF reads, as the product does, files that were made to harm, and
// after each one that was not.
func TestHostilePDF(t *testing.T) {
	words := func(n int) string { return "BT /F1 9 Tf 10 700 Td" + strings.Repeat(" (word ) Tj", n) + " ET" }
	many := make([]string, 10_001)
	for i := range many {
		many[i] = "3 0 R"
	}
	for _, c := range []struct {
		name string
		file func() []byte
		err  error
		say  string // in the error or a warning
		want int    // pages
	}{
		{"a stream that unpacks to gigabytes", func() []byte { return pdfFile(pdfCatalog, pdfTree, pdfPage, bomb(t)) },
			extract.ErrNoText, "larger than 128 MiB when unpacked", 0},
		{"arrays nested a million deep", func() []byte {
			return pdfFile(pdfCatalog, pdfTree, strings.Replace(pdfPage, "/Contents", "/X "+strings.Repeat("[", 1_000_000)+"/Contents", 1), pdfStream("", words(1)))
		}, extract.ErrNoText, "cannot be read", 0},
		{"a page of 250,000 characters", func() []byte {
			lines := strings.Repeat("("+strings.Repeat("word ", 100)+") Tj T* ", 500)
			return pdfFile(pdfCatalog, pdfTree, pdfPage, pdfStream("", "BT /F1 1 Tf 1.5 TL 10 790 Td "+lines+"ET"))
		}, nil, "", 2},
		{"more than 10,000 pages", func() []byte {
			return pdfFile(pdfCatalog, "<</Type/Pages/Kids["+strings.Join(many, " ")+"]/Count 10001>>", pdfPage, pdfStream("", words(1)))
		}, nil, "more than 10000 pages", 10_000},
		{"a page tree that holds its own top", func() []byte {
			return pdfFile(pdfCatalog, "<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>", pdfPage, pdfStream("", words(1)))
		}, nil, "", 1},
		{"a page tree in circles", func() []byte {
			return pdfFile(pdfCatalog, "<</Type/Pages/Kids[5 0 R]/Count 1>>", pdfPage, pdfStream("", words(1)), "<</Type/Pages/Kids[5 0 R 3 0 R 5 0 R]/Count 3>>")
		}, nil, "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := New(Config{Workers: 1, PageTime: long, CacheDir: t.TempDir()})
			defer p.Close()
			got, err := p.Extract(t.Context(), "a.pdf", c.file())
			if !errors.Is(err, c.err) {
				t.Fatalf("error %v; want %v", err, c.err)
			}
			said, pages := fmt.Sprint(err), 0
			if got != nil {
				said, pages = strings.Join(got.Warnings, "\n"), len(got.Pages)
				if strings.Contains(c.say, "more than") != (got.State == corpus.Partial) {
					t.Errorf("state %s", got.State)
				}
			}
			if pages != c.want || !strings.Contains(said, c.say) {
				t.Errorf("%d pages, said %q; want %d and %q", pages, said, c.want, c.say)
			}
			if got, err := p.Extract(t.Context(), "a.txt", []byte("fine")); err != nil || len(got.Pages) != 1 {
				t.Errorf("the next file: %v", err)
			}
		})
	}
}

// FuzzFrames reads what a child that was taken over might answer.
func FuzzFrames(f *testing.F) {
	var b bytes.Buffer
	_ = writePage(&b, 1, corpus.Page{Number: 1, Text: "text", Boxes: []corpus.Box{{Start: 0, End: 4, W: .1, H: .1}}})
	_ = writeJSON(&b, kindEnd, 1, end{&extract.Meta{Title: "t"}, extract.PDF})
	f.Add(b.Bytes())
	f.Add([]byte("P\x00\x00\x00\x01\xFF\xFF\xFF\xFFabc"))
	f.Add([]byte("X\x00\x00\x00\x01\x00\x00\x00\x02{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := bytes.NewReader(data)
		c := &answer{}
		for {
			fr, err := readFrame(r, maxFrame)
			if err != nil {
				return
			}
			if len(fr.data) > len(data) {
				t.Fatalf("a frame of %d bytes from %d", len(fr.data), len(data))
			}
			over, err := accept(c, fr)
			for i, p := range c.Pages {
				if p.Number != i+1 {
					t.Fatalf("page %d has number %d", i+1, p.Number)
				}
			}
			if over || err != nil {
				return
			}
		}
	})
}
