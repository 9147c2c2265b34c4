package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
)

// mirrorTables puts the first column of every table of a DOCX to the right,
// which pandoc does not do for a text that is written from right to left.
func mirrorTables(docx []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		return nil, fmt.Errorf("open DOCX: %w", err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		if err := copyMirrored(out, f); err != nil {
			return nil, fmt.Errorf("mirror tables in %s: %w", f.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func copyMirrored(out *zip.Writer, f *zip.File) error {
	if f.Name != "word/document.xml" {
		return out.Copy(f)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	w, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified})
	if err != nil {
		return err
	}
	style := []byte(`<w:tblStyle w:val="Table" />`) // bidiVisual must follow it
	_, err = w.Write(bytes.ReplaceAll(data, style, append(style, `<w:bidiVisual/>`...)))
	return err
}
