package extract

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
)

// Media types that the library reads, and the ones it knows well enough to say
// what a file is.
const (
	PDF      = "application/pdf"
	DOCX     = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	PPTX     = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	XLSX     = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	HTML     = "text/html"
	Markdown = "text/markdown"
	Text     = "text/plain"
	ODT      = "application/vnd.oasis.opendocument.text"
	ODP      = "application/vnd.oasis.opendocument.presentation"
	ODS      = "application/vnd.oasis.opendocument.spreadsheet"
	EPUB     = "application/epub+zip"
	RTF      = "application/rtf"
	Zip      = "application/zip"
	DOC      = "application/msword"
	PPT      = "application/vnd.ms-powerpoint"
	XLS      = "application/vnd.ms-excel"

	// EncryptedOffice is a DOCX, PPTX or XLSX file behind a password.
	EncryptedOffice = "application/x-encrypted-office"

	binary = "application/octet-stream"
)

// FormatName returns the plain English name of a media type that Sniff gives,
// for a sentence; the media type itself when it has none.
func FormatName(mediaType string) string {
	names := map[string]string{
		PDF: "PDF", DOCX: "Word document", PPTX: "PowerPoint presentation", XLSX: "Excel workbook",
		HTML: "HTML", Markdown: "Markdown", Text: "plain text",
		EncryptedOffice:              "Office document with a password",
		DOC:                          "Word document of before 2007 (.doc)",
		PPT:                          "PowerPoint presentation of before 2007 (.ppt)",
		XLS:                          "Excel workbook of before 2007 (.xls)",
		"application/vnd.ms-outlook": "Outlook message",
		"application/x-ole-storage":  "OLE2 file",
		RTF:                          "RTF document",
		EPUB:                         "EPUB book",
		ODT:                          "OpenDocument text (.odt)",
		ODP:                          "OpenDocument presentation (.odp)",
		ODS:                          "OpenDocument spreadsheet (.ods)",
		Zip:                          "zip archive",
		"application/gzip":           "gzip archive",
		"application/xml":            "XML",
		"multipart/related":          "saved web page (MHTML)",
		"image/vnd.djvu":             "DjVu document",
		"image/svg+xml":              "SVG picture",
		"application/x-tar":          "tar archive",
		"application/x-mobi":         "Mobipocket book",
		binary:                       "binary file of no known format",
	}
	if n, ok := names[mediaType]; ok {
		return n
	}
	if kind, ok := strings.CutPrefix(mediaType, "image/"); ok {
		return strings.ToUpper(kind) + " picture"
	}
	return mediaType
}

// Sniff returns the media type of a file by its content. The name only decides
// between formats of text: without its ending, "# A title" could be Markdown or
// a shell script. It never fails: what it does not know is
// application/octet-stream or text/plain.
func Sniff(name string, data []byte) string {
	if t := magic(data); t != "" {
		return t
	}
	switch {
	case isPDF(name, data):
		return PDF
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return sniffZip(data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return sniffOLE(data)
	}
	return sniffText(name, data)
}

func magic(data []byte) string {
	for _, m := range []struct {
		at          int
		sign, media string
	}{
		{0, "{\\rtf", RTF},
		{0, "\x89PNG\r\n\x1a\n", "image/png"},
		{0, "\xFF\xD8\xFF", "image/jpeg"},
		{0, "GIF87a", "image/gif"},
		{0, "GIF89a", "image/gif"},
		{0, "II*\x00", "image/tiff"},
		{0, "MM\x00*", "image/tiff"},
		{8, "WEBP", "image/webp"},
		{4, "ftypavif", "image/avif"},
		{4, "ftypheic", "image/heic"},
		{0, "AT&TFORM", "image/vnd.djvu"},
		{0, "%!PS", "application/postscript"},
		{0, "\x1F\x8B\x08", "application/gzip"},
		{0, "BZh", "application/x-bzip2"},
		{0, "\xFD7zXZ\x00", "application/x-xz"},
		{0, "\x28\xB5\x2F\xFD", "application/zstd"},
		{0, "7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"},
		{0, "Rar!\x1a\x07", "application/vnd.rar"},
		{257, "ustar", "application/x-tar"},
		{0, "\x7FELF", "application/x-executable"},
		{60, "BOOKMOBI", "application/x-mobi"},
		{0, "ITSF\x03\x00", "application/vnd.ms-htmlhelp"},
		{0, "SQLite format 3\x00", "application/vnd.sqlite3"},
		{0, "OggS\x00", "application/ogg"},
		{0, "ID3\x03", "audio/mpeg"},
		{4, "ftypmp4", "video/mp4"},
		{4, "ftypisom", "video/mp4"},
	} {
		if len(data) >= m.at && bytes.HasPrefix(data[m.at:], []byte(m.sign)) {
			return m.media
		}
	}
	return ""
}

// isPDF says whether the header stands at the start, or within the first 1024
// bytes of something that has objects: a text about PDF has none. Where the
// header is damaged, a file called .pdf that has objects and ends as a PDF does
// is one.
func isPDF(name string, data []byte) bool {
	for _, other := range []string{"PK\x03\x04", "\xD0\xCF\x11\xE0"} {
		if bytes.HasPrefix(data, []byte(other)) {
			return false
		}
	}
	objects := bytes.Contains(data, []byte(" obj")) && bytes.Contains(data, []byte("endobj"))
	i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
	if i < 0 {
		end := data[max(0, len(data)-2048):]
		return strings.EqualFold(path.Ext(name), ".pdf") && objects && bytes.Contains(end, []byte("startxref")) &&
			regexp.MustCompile(`\d\s+\d+\s+obj\b`).Match(data)
	}
	lead := bytes.Trim(data[:i], "\x00 \t\r\n\f\xEF\xBB\xBF")
	return len(lead) == 0 || objects
}

// OpenZip opens a zip archive in memory. It refuses a directory of more entries
// than any document has, before it is read.
func OpenZip(data []byte) (*zip.Reader, error) {
	// Every entry has this signature in the directory. Stored archives within
	// the archive have some too, hence the factor.
	if n := bytes.Count(data, []byte("PK\x01\x02")); n > 5*maxEntries {
		return nil, fmt.Errorf("zip archive of about %d entries: %w", n, ErrTooLarge)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("zip archive: %w: %w", ErrDamaged, err)
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("zip archive of %d entries: %w", len(z.File), ErrTooLarge)
	}
	return z, nil
}

func sniffZip(data []byte) string {
	z, err := OpenZip(data)
	if err != nil {
		return sniffBrokenZip(data)
	}
	named := map[string]*zip.File{}
	for _, f := range z.File {
		n := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))
		if _, ok := named[n]; !ok {
			named[n] = f
		}
	}
	if f, ok := named["[content_types].xml"]; ok {
		if t := officeType(head(f, 1<<20)); t != "" {
			return t
		}
	}
	if f, ok := named["mimetype"]; ok {
		if t := strings.TrimSpace(string(head(f, 200))); strings.HasPrefix(t, "application/") {
			return strings.TrimSuffix(t, "-template") // of OpenDocument
		}
	}
	for n := range named {
		switch {
		case strings.HasPrefix(n, "word/document"):
			return DOCX
		case n == "ppt/presentation.xml":
			return PPTX
		case n == "xl/workbook.xml", n == "xl/workbook.bin":
			return XLSX
		}
	}
	return Zip
}

// officeType reads which main part a package declares, templates, shows and
// files with macros included: their text is read the same way.
func officeType(contentTypes []byte) string {
	for _, t := range []struct{ sign, media string }{
		{`wordprocessingml\.(document|template)\.main\+xml|ms-word\.(document|template)\.macroEnabled(Template)?\.main\+xml`, DOCX},
		{`presentationml\.(presentation|template|slideshow)\.main\+xml|ms-powerpoint\.(presentation|template|slideshow)\.macroEnabled\.main\+xml`, PPTX},
		{`spreadsheetml\.(sheet|template)\.main\+xml|ms-excel\.`, XLSX},
	} {
		if regexp.MustCompile(`(?i)` + t.sign).Match(contentTypes) {
			return t.media
		}
	}
	return ""
}

// sniffBrokenZip guesses by the names that stand in clear in an archive that
// cannot be opened, so that the report can say which document is damaged.
func sniffBrokenZip(data []byte) string {
	for _, t := range []struct{ sign, media string }{
		{"word/document", DOCX}, {"ppt/presentation", PPTX}, {"ppt/slides/", PPTX}, {"xl/workbook", XLSX},
		{"word/", DOCX}, {"ppt/", PPTX}, {"xl/", XLSX},
		{"mimetypeapplication/epub+zip", EPUB},
		{"mimetypeapplication/vnd.oasis.opendocument.text", ODT},
		{"mimetypeapplication/vnd.oasis.opendocument.presentation", ODP},
	} {
		if bytes.Contains(data, []byte(t.sign)) {
			return t.media
		}
	}
	return Zip
}

func head(f *zip.File, n int64) []byte {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, n)) // what came before an error tells enough
	return b
}

// sniffOLE looks for the names of the streams in the directory of an OLE2 file.
func sniffOLE(data []byte) string {
	for _, t := range []struct{ stream, media string }{
		{"EncryptedPackage", EncryptedOffice},
		{"WordDocument", DOC},
		{"PowerPoint Document", PPT},
		{"Workbook", XLS},
		{"Book", XLS},
		{"__substg1.0_", "application/vnd.ms-outlook"},
	} {
		var name []byte
		for _, c := range []byte(t.stream) {
			name = append(name, c, 0)
		}
		if bytes.Contains(data, name) {
			return t.media
		}
	}
	return "application/x-ole-storage"
}

// sniffText tells formats of text apart.
func sniffText(name string, data []byte) string {
	start, ok := openingText(data)
	if !ok {
		return binary
	}
	ext := strings.ToLower(path.Ext(name))
	markdown := ext == ".md" || ext == ".markdown" || ext == ".mdown" || ext == ".mkd"
	low := strings.ToLower(start)
	switch {
	case mhtml(low):
		return "multipart/related"
	case htmlDocument(low):
		return HTML
	case strings.HasPrefix(low, "<svg"), strings.HasPrefix(low, "<?xml") && strings.Contains(low, "<svg"):
		return "image/svg+xml"
	case strings.HasPrefix(low, "<?xml"):
		return "application/xml"
	case markdown:
		return Markdown
	case ext == ".html", ext == ".htm", ext == ".xhtml":
		return HTML
	case ext == ".txt", ext == ".text":
		return Text
	case htmlElement(low):
		return HTML
	case looksMarkdown(start):
		return Markdown
	}
	return Text
}

// openingText returns the decoded start of a text without leading blanks, false
// for what is no text in any encoding.
func openingText(data []byte) (string, bool) {
	text, _ := Decode(data[:min(len(data), 16<<10)])
	control, count := 0, 0
	for _, r := range text {
		count++
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != 0x1B && r != 0x1A {
			control++
		}
	}
	if control*50 > count {
		return "", false
	}
	return strings.TrimLeft(text, "\x00 \t\r\n\f"), true
}

func htmlDocument(low string) bool {
	low = skipComments(low)
	if strings.HasPrefix(low, "<!doctype html") || tagged(low, "html", "head", "body") {
		return true
	}
	if !strings.HasPrefix(low, "<?xml") {
		return false
	}
	i := strings.Index(low, "<html")
	return strings.Contains(low, "<!doctype html") || i >= 0 && tagged(low[i:], "html")
}

func htmlElement(low string) bool {
	return tagged(skipComments(low), "title", "meta", "link", "script", "style", "base", "h1", "h2", "h3", "p", "div", "table", "a",
		"b", "br", "font", "center", "ul", "ol", "img", "article", "section", "main", "span", "iframe", "hr", "pre", "dl")
}

// tagged says whether s starts with the tag of one of the elements.
func tagged(s string, elements ...string) bool {
	s, ok := strings.CutPrefix(s, "<")
	if !ok {
		return false
	}
	for _, e := range elements {
		rest, ok := strings.CutPrefix(s, e)
		if ok && rest != "" && strings.ContainsRune(" \t\r\n/>", rune(rest[0])) {
			return true
		}
	}
	return false
}

func skipComments(low string) string {
	for strings.HasPrefix(low, "<!--") {
		i := strings.Index(low, "-->")
		if i < 0 {
			break
		}
		low = strings.TrimLeft(low[i+3:], " \t\r\n")
	}
	return low
}

func mhtml(low string) bool {
	header, _, _ := strings.Cut(strings.ReplaceAll(low, "\r\n", "\n"), "\n\n")
	return strings.Contains(header, "mime-version:") && strings.Contains(header, "multipart/related")
}

// looksMarkdown wants two signs that plain text seldom has.
func looksMarkdown(start string) bool {
	if strings.HasPrefix(start, "---\n") && strings.Contains(start[4:], "\n---\n") {
		return true
	}
	if strings.HasPrefix(start, "#!") {
		return false
	}
	signs := 0
	for _, sign := range []string{
		`(?m)^#{1,4} \S[^\n]*\n\s*\n`, // a heading and a blank line
		`(?m)^#{2,4} \S`,
		`\[[^\]\n]+\]\(https?://[^)\s]+\)`,
		"(?m)^```",
		`(?m)^\|[\s:|-]+\|$`,
		`\*\*[^*\s][^*\n]*\*\*`,
	} {
		if regexp.MustCompile(sign).MatchString(start) {
			signs++
		}
	}
	return signs >= 2
}
