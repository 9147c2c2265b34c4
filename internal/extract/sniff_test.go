package extract

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
)

func zipOf(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func ole(stream string) []byte {
	data := []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600))
	for _, c := range []byte(stream) {
		data = append(data, c, 0)
	}
	return data
}

func encoded(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSniff(t *testing.T) {
	types := func(main string) string {
		return `<Types><Override PartName="/x" ContentType="application/vnd.openxmlformats-officedocument.` + main + `+xml"/></Types>`
	}
	docx := zipOf(t, "[Content_Types].xml", types("wordprocessingml.document.main"), "word/document.xml", "<w/>")
	for _, c := range []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"PDF", "a", []byte("%PDF-1.4\n"), PDF},
		{"PDF under another name", "a.txt", []byte("\xEF\xBB\xBF\n%PDF-1.4\n"), PDF},
		{"PDF behind a header", "a", []byte("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\nendobj"), PDF},
		{"text about PDF", "a", []byte("Every file starts with %PDF-1.4 or so."), Text},
		{"PDF with a damaged header", "a.PDF", []byte("%QDF\x00\n1 0 obj\n<<>>\nendobj\nstartxref\n5\n%%EOF"), PDF},
		{"text about objects of PDF", "a.txt", []byte("1 0 obj\n<<>>\nendobj\nstartxref\n5\n%%EOF"), Text},
		{"text called PDF", "a.pdf", []byte("An object ends in endobj, the file in startxref."), Text},
		{"DOCX", "a.zip", docx, DOCX},
		{"DOCX that is cut", "a", docx[:len(docx)-30], DOCX},
		{"DOCX without types", "a", zipOf(t, "word/document.xml", "<w/>"), DOCX},
		{"template", "a", zipOf(t, "[Content_Types].xml", types("wordprocessingml.template.main")), DOCX},
		{"PPTX", "a.docx", zipOf(t, "[Content_Types].xml", types("presentationml.presentation.main")), PPTX},
		{"show", "a", zipOf(t, "[Content_Types].xml", types("presentationml.slideshow.main")), PPTX},
		{"XLSX", "a", zipOf(t, "[Content_Types].xml", types("spreadsheetml.sheet.main")), XLSX},
		{"ODT", "a.docx", zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"},
		{"EPUB", "a", zipOf(t, "mimetype", "application/epub+zip\n"), "application/epub+zip"},
		{"zip", "a.docx", zipOf(t, "a.txt", "x"), "application/zip"},
		{"zip of nothing", "a", zipOf(t), "application/zip"},
		{"old Word", "a.docx", ole("WordDocument"), "application/msword"},
		{"old PowerPoint", "a", ole("PowerPoint Document"), "application/vnd.ms-powerpoint"},
		{"password", "a.docx", ole("EncryptedPackage"), EncryptedOffice},
		{"OLE of anything", "a", ole("Contents"), "application/x-ole-storage"},
		{"RTF", "a.doc", []byte(`{\rtf1 text}`), "application/rtf"},
		{"PNG", "a.pdf", []byte("\x89PNG\r\n\x1a\n\x00"), "image/png"},
		{"JPEG", "a", []byte("\xFF\xD8\xFF\xE0\x00\x10JFIF"), "image/jpeg"},
		{"gzip", "a", []byte("\x1F\x8B\x08\x00"), "application/gzip"},
		{"binary", "a.txt", []byte("\x01\x02\x03\x04\x05\x06\x07\x00\x01\x02\x03"), binary},
		{"HTML", "a", []byte("\n<!-- saved --> <!DOCTYPE HTML>\n<p>x"), HTML},
		{"HTML as text file", "a.txt", []byte("<html><body>x"), HTML},
		{"HTML in UTF-16", "a", encoded(t, utf.UTF16(utf.LittleEndian, utf.UseBOM), "<html><p>x"), HTML},
		{"XHTML", "a", []byte(`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">`), HTML},
		{"fragment", "a", []byte("<p>Hello</p>"), HTML},
		{"fragment in Markdown", "a.md", []byte("<p align=center>Hello</p>\n\n# Title"), Markdown},
		{"fragment by name", "a.html", []byte("Hello<br>you"), HTML},
		{"XML", "a", []byte(`<?xml version="1.0"?><feed/>`), "application/xml"},
		{"SVG", "a", []byte(`<?xml version="1.0"?><svg xmlns="x"/>`), "image/svg+xml"},
		{"Markdown by name", "a.MD", []byte("no signs"), Markdown},
		{"Markdown by content", "a", []byte("# Title\n\nSee [this](https://example.org).\n"), Markdown},
		{"front matter", "a", []byte("---\ntitle: A\n---\nText"), Markdown},
		{"text that looks like Markdown", "a.txt", []byte("# Title\n\n## x\n"), Text},
		{"script", "a", []byte("#!/bin/sh\n# Title\n\n## x\n"), Text},
		{"Arabic text", "a", encoded(t, charmap.Windows1256, "القانون رقم ١٢"[:14]), Text},
		{"nothing", "", nil, Text},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Sniff(c.file, c.data); got != c.want {
				t.Errorf("got %s; want %s", got, c.want)
			}
		})
	}
}

func TestOpenZipRefusesCrowds(t *testing.T) {
	files := make([]string, 0, 2*(maxEntries+1))
	for i := range maxEntries + 1 {
		files = append(files, fmt.Sprint(i), "")
	}
	if _, err := OpenZip(zipOf(t, files...)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("entries: %v", err)
	}
	if _, err := OpenZip(bytes.Repeat([]byte("PK\x01\x02"), 5*maxEntries+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("signatures: %v", err)
	}
	if _, err := OpenZip([]byte("PK\x03\x04")); !errors.Is(err, ErrDamaged) {
		t.Errorf("cut: %v", err)
	}
}

func TestDecode(t *testing.T) {
	const (
		arabic = "تخضع هجرة العمالة لأحكام القانون رقم 12، وتمنح رخصة العمل لمدة سنة قابلة للتجديد"
		french = "L’employeur dépose la demande ; le cœur du dossier est le contrat signé à l’étranger"
		greek  = "Η άδεια εργασίας χορηγείται για ένα έτος και μπορεί να ανανεωθεί"
		hebrew = "רישיון העבודה ניתן לשנה אחת וניתן לחידוש לפי החוק"
		turk   = "Çalışma izni bir yıl için verilir ve süresi uzatılabilir; işçi ülkeye girmeden başvurulmalıdır"
	)
	for _, c := range []struct {
		enc  encoding.Encoding
		text string
		want string
	}{
		{charmap.Windows1256, arabic, "windows-1256"},
		{charmap.ISO8859_6, arabic, "iso-8859-6"},
		{charmap.Windows1252, french, "windows-1252"},
		{charmap.ISO8859_1, "La demande est déposée à la préfecture, où elle est examinée", "windows-1252"},
		{charmap.ISO8859_7, greek, ""},
		{charmap.Windows1253, greek, ""},
		{charmap.ISO8859_8, hebrew, ""},
		{charmap.Windows1255, hebrew, ""},
		{charmap.Windows1254, turk, "windows-1254"},
		{charmap.Windows1251, "Разрешение на работу выдается на один год и может быть продлено", "windows-1251"},
		{utf.UTF8BOM, arabic, "utf-8"},
		{encoding.Nop, arabic, "utf-8"},
		{utf.UTF16(utf.LittleEndian, utf.UseBOM), arabic, "utf-16le"},
		{utf.UTF16(utf.BigEndian, utf.UseBOM), french, "utf-16be"},
		{utf.UTF16(utf.LittleEndian, utf.IgnoreBOM), french, "utf-16le"},
		{utf.UTF16(utf.BigEndian, utf.IgnoreBOM), french, "utf-16be"},
	} {
		got, name := Decode(encoded(t, c.enc, c.text))
		if got != c.text || c.want != "" && name != c.want {
			t.Errorf("%s of %q = %q", name, c.text, got)
		}
	}
	if got, name := Decode([]byte("coupé au milieu d'un caractère, mais très lisible, déjà décodé é é é é é é é é é é é é é é é é \xC3")); name != "utf-8" || !strings.HasPrefix(got, "coupé") {
		t.Errorf("cut UTF-8: %s %q", name, got)
	}
}

func TestFileTitle(t *testing.T) {
	for in, want := range map[string]string{
		"Labour Migration in Morocco":         "Labour Migration in Morocco",
		"Microsoft Word - Labour Migration":   "Labour Migration",
		"Microsoft Word - report_final_2.doc": "",
		"untitled":                            "",
		"Slide 1":                             "",
		"Présentation PowerPoint":             "",
		"rapport.indd":                        "",
		"C:\\Temp\\x1":                        "",
		"12345":                               "",
		"  ":                                  "",
		"قانون العمل":                         "قانون العمل",
	} {
		if got := FileTitle(in); got != want {
			t.Errorf("FileTitle(%q) = %q; want %q", in, got, want)
		}
	}
	if got := FileAuthors("Amina Test; admin;  Paul Sample", "", "HP"); len(got) != 2 || got[1] != "Paul Sample" {
		t.Errorf("FileAuthors = %q", got)
	}
}
