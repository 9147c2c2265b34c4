package pdfium

import (
	"strings"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"marsa/corpus"
	"marsa/internal/extract"
)

// What is taken of a table of contents.
const (
	maxHeadings = 5_000
	maxDepth    = 16
)

// Labels returns the number that each page carries, "" where it has none.
func (f *File) Labels() []string {
	labels := make([]string, min(f.pages, extract.MaxPages))
	for i := range labels {
		r, err := f.pdfium.FPDF_GetPageLabel(&requests.FPDF_GetPageLabel{Document: f.doc, Page: i})
		if err != nil { // it has no labels
			break
		}
		labels[i] = r.Label
	}
	return labels
}

// Meta returns title, authors and table of contents as the file gives them,
// which is to say unchecked.
func (f *File) Meta() *extract.Meta {
	m := &extract.Meta{Outline: f.outline()}
	if m.Title = f.info("Title"); m.Title != "" {
		m.TitleFrom = corpus.FromFile
	}
	if a := f.info("Author"); a != "" {
		m.Authors = []string{a}
	}
	return m
}

func (f *File) info(tag string) string {
	r, err := f.pdfium.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: f.doc, Tag: tag})
	if err != nil {
		return ""
	}
	return strings.TrimSpace(r.Value)
}

// outline walks the table of contents, which may lead in circles.
func (f *File) outline() []corpus.Heading {
	var out []corpus.Heading
	steps := 0
	var walk func(parent *references.FPDF_BOOKMARK, level int)
	walk = func(parent *references.FPDF_BOOKMARK, level int) {
		r, err := f.pdfium.FPDFBookmark_GetFirstChild(&requests.FPDFBookmark_GetFirstChild{Document: f.doc, Bookmark: parent})
		if err != nil || r.Bookmark == nil {
			return
		}
		for b := r.Bookmark; b != nil; {
			if steps++; steps > maxHeadings || level > maxDepth {
				return
			}
			if t, err := f.pdfium.FPDFBookmark_GetTitle(&requests.FPDFBookmark_GetTitle{Bookmark: *b}); err == nil {
				out = append(out, corpus.Heading{Title: t.Title, Level: level, Page: f.target(*b)})
			}
			walk(b, level+1)
			next, err := f.pdfium.FPDFBookmark_GetNextSibling(&requests.FPDFBookmark_GetNextSibling{Document: f.doc, Bookmark: *b})
			if err != nil {
				return
			}
			b = next.Bookmark
		}
	}
	walk(nil, 1)
	return out
}

// target is the page, counted from 1, that a heading leads to, or 0.
func (f *File) target(b references.FPDF_BOOKMARK) int {
	d, err := f.pdfium.FPDFBookmark_GetDest(&requests.FPDFBookmark_GetDest{Document: f.doc, Bookmark: b})
	if err != nil || d.Dest == nil {
		return 0
	}
	p, err := f.pdfium.FPDFDest_GetDestPageIndex(&requests.FPDFDest_GetDestPageIndex{Document: f.doc, Dest: *d.Dest})
	if err != nil {
		return 0
	}
	return p.Index + 1
}

// maxObjects is how many things on a page are looked at.
const maxObjects = 10_000

// Pictures returns the share of a page that pictures cover.
func (f *File) Pictures(page int) float64 {
	size, err := f.pdfium.GetPageSize(&requests.GetPageSize{Page: f.page(page)})
	if err != nil || size.Width*size.Height <= 0 {
		return 0
	}
	n, err := f.pdfium.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: f.page(page)})
	if err != nil {
		return 0
	}
	covered := 0.0
	for i := range min(n.Count, maxObjects) {
		o, err := f.pdfium.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: f.page(page), Index: i})
		if err != nil {
			continue
		}
		t, err := f.pdfium.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o.PageObject})
		if err != nil || t.Type != enums.FPDF_PAGEOBJ_IMAGE {
			continue
		}
		b, err := f.pdfium.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: o.PageObject})
		if err == nil {
			covered += max(0, float64(b.Right-b.Left)) * max(0, float64(b.Top-b.Bottom))
		}
	}
	return min(1, covered/(size.Width*size.Height))
}
