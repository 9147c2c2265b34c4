package epub

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/extract"
)

func zipOf(t testing.TB, parts ...string) []byte {
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
	return b.Bytes()
}

const (
	container = `<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`
	metadata  = `<metadata xmlns:dc="dc" xmlns:opf="opf"><dc:title>Migration law</dc:title><dc:creator opf:role="aut">A. Author</dc:creator>` +
		`<dc:creator opf:role="trl">T. Translator</dc:creator><dc:publisher>Press</dc:publisher><dc:language>fr-FR</dc:language>` +
		`<dc:date opf:event="modification">2021-01-01</dc:date><dc:date opf:event="publication">2012-05</dc:date></metadata>`
)

// bound writes a book with chapters in files called "a b.xhtml", 1.xhtml, …; the
// spine has them backwards.
func bound(t testing.TB, contents, opf string, chapters ...string) []byte {
	t.Helper()
	manifest, spine := opf, ""
	parts := []string{"mimetype", extract.EPUB, "META-INF/container.xml", container}
	for i, c := range chapters {
		name := fmt.Sprintf("%d.xhtml", i)
		if i == 0 {
			name = "a b.xhtml"
		}
		manifest += fmt.Sprintf(`<item id="c%d" href="text/%s" media-type="application/xhtml+xml"/>`, i, strings.ReplaceAll(name, " ", "%20"))
		spine = fmt.Sprintf(`<itemref idref="c%d"/>`, i) + spine
		parts = append(parts, "OEBPS/text/"+name, `<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>`+c+`</body></html>`)
	}
	return zipOf(t, append(parts, "OEBPS/toc", contents, "OEBPS/book.opf",
		`<?xml version="1.0"?><package>`+metadata+`<manifest>`+manifest+`</manifest><spine>`+spine+`</spine></package>`)...)
}

type page struct{ Label, Text string }

func read(t testing.TB, data []byte) ([]page, *extract.Meta, error) {
	t.Helper()
	var got []page
	m, err := Extractor{}.Extract(t.Context(), data, func(p corpus.Page) error {
		got = append(got, page{p.Label, p.Text})
		return nil
	})
	return got, m, err
}

func TestBook(t *testing.T) {
	chapters := []string{
		`<p>the end</p>`,
		`<h1>Chapter</h1><p>text<a role="doc-noteref"><sup>1</sup></a></p><h2>Section</h2><p>more</p><nav>no</nav>`,
	}
	nav := `<html><body><nav type="landmarks"><ol><li><a href="text/1.xhtml">no</a></li></ol></nav><nav type="toc"><h1>Contents</h1><ol><li><a href="text/1.xhtml">The chapter</a><ol><li><a href="text/1.xhtml#s">Section</a></li></ol></li><li><a href="text/a%20b.xhtml">Afterword</a></li></ol></nav></body></html>`
	ncx := `<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://example.org/ncx.dtd"><ncx><navMap><navPoint><navLabel><text>The chapter</text></navLabel><content src="text/1.xhtml"/><navPoint><navLabel><text>Section</text></navLabel><content src="text/1.xhtml#s"/></navPoint></navPoint><navPoint><navLabel><text>Afterword</text></navLabel><content src="text/a%20b.xhtml"/></navPoint></navMap></ncx>`
	for _, c := range []struct{ name, contents, item string }{
		{"EPUB 3", strings.Replace(nav, `type="landmarks"`, `xmlns:epub="e" epub:type="landmarks"`, 1), `<item id="n" href="toc" properties="nav" media-type="application/xhtml+xml"/>`},
		{"EPUB 2", ncx, `<item id="n" href="toc" media-type="application/x-dtbncx+xml"/>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, m, err := read(t, bound(t, c.contents, c.item, chapters...))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]page{{"Chapter", "Chapter\n\ntext 1"}, {"Section", "Section\n\nmore"}, {"Afterword", "the end"}}, got); d != "" {
				t.Error(d)
			}
			want := &extract.Meta{
				Title: "Migration law", TitleFrom: corpus.FromFile, Authors: []string{"A. Author"}, Publisher: "Press", Lang: "fr", Issued: "2012-05",
				Outline: []corpus.Heading{{Title: "The chapter", Level: 1, Page: 1}, {Title: "Section", Level: 2, Page: 2}, {Title: "Afterword", Level: 1, Page: 3}},
			}
			if d := cmp.Diff(want, m); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name string
		data []byte
		err  error
		says string
	}{
		{"protected", zipOf(t, "META-INF/encryption.xml", `<x><CipherReference URI="OEBPS/1.xhtml"/></x>`), extract.ErrPassword, "DRM"},
		{"no list of chapters", zipOf(t, "mimetype", extract.EPUB), extract.ErrDamaged, "missing"},
		{"entities", zipOf(t, "META-INF/container.xml", container, "OEBPS/book.opf", `<!DOCTYPE a [<!ENTITY b "c">]><package>&b;</package>`), extract.ErrDamaged, "document type declaration"},
		{"long chapter", bound(t, "", "", "<p>"+strings.Repeat("a", maxChapter)), extract.ErrTooLarge, "a chapter of"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := read(t, c.data)
			if !errors.Is(err, c.err) || !strings.Contains(fmt.Sprint(err), c.says) {
				t.Errorf("error %v; want %v with %q", err, c.err, c.says)
			}
		})
	}
}

// TestOdd wants what can be read of books that are not as they should be.
func TestOdd(t *testing.T) {
	for _, c := range []struct {
		name, opf string
		want      []page
	}{
		{"a chapter outside of the archive", `<item id="x" href="../../../etc/passwd" media-type="text/html"/>`, nil},
		{"a chapter twice", `<item id="x" href="1.html" media-type="text/html"/><item id="y" href="1.html" media-type="text/html"/>`, []page{{"", "one"}}},
		{"a picture", `<item id="x" href="1.png" media-type="image/png"/>`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, m, err := read(t, zipOf(t, "a/book.opf", `<package><manifest>`+c.opf+`</manifest><spine><itemref idref="x"/><itemref idref="y"/></spine></package>`, "a/1.html", "one", "a/1.png", "two"))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("%s; %q", d, m.Warnings)
			}
		})
	}
}

func FuzzBook(f *testing.F) {
	f.Add(`<item id="c0" href="x"/>`, `<navMap><navPoint><content src="text/a%20b.xhtml#x"/></navPoint></navMap>`, `<h1>a</h1>`)
	f.Add(`<item id="n" properties="nav" href="toc"/>`, `<nav><ol><li><a href="%zz">b</a></li></ol></nav>`, `<table><tr><td>a`)
	f.Fuzz(func(t *testing.T, opf, contents, chapter string) {
		_, err := extract.Table{extract.EPUB: Extractor{}}.Extract(t.Context(), "a.epub", bound(t, contents, opf, chapter))
		if errors.Is(err, extract.ErrCrashed) {
			t.Error(err)
		}
	})
}
