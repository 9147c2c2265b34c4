// Package all joins the formats to the table that the program reads files with.
// It knows which formats there are and nothing of them.
package all

import (
	"marsa/internal/extract"
	"marsa/internal/extract/docx"
	"marsa/internal/extract/epub"
	"marsa/internal/extract/html"
	"marsa/internal/extract/markdown"
	"marsa/internal/extract/odf"
	"marsa/internal/extract/pdf"
	"marsa/internal/extract/pdfium"
	"marsa/internal/extract/pptx"
	"marsa/internal/extract/rtf"
	"marsa/internal/extract/text"
	"marsa/internal/extract/xlsx"
)

// Table returns every format that marsa reads.
func Table() extract.Table {
	return extract.Table{
		extract.PDF:      pdf.Extractor{Second: second{&pdfium.Engine{}}},
		extract.DOCX:     docx.Extractor{},
		extract.PPTX:     pptx.Extractor{},
		extract.XLSX:     xlsx.Extractor{},
		extract.ODT:      odf.Extractor{},
		extract.ODP:      odf.Extractor{},
		extract.ODS:      odf.Extractor{},
		extract.EPUB:     epub.Extractor{},
		extract.RTF:      rtf.Extractor{},
		extract.HTML:     html.Extractor{},
		extract.Markdown: markdown.Extractor{},
		extract.Text:     text.Extractor{},
	}
}

// second is pdfium as the reader of PDF knows it.
type second struct{ *pdfium.Engine }

func (s second) Open(data []byte) (pdf.SecondFile, error) {
	f, err := s.Engine.Open(data)
	if err != nil {
		return nil, err // not f, which would be no nil interface
	}
	return f, nil
}
