package pdf

import (
	"bytes"
	"fmt"
	"strings"
)

// builder writes small PDF files for tests: objects as given, and a right table
// of objects behind them.
type builder struct {
	objects []string
	trailer string // further entries
}

// add adds an object and returns its reference.
func (b *builder) add(body string) string {
	b.objects = append(b.objects, body)
	return fmt.Sprintf("%d 0 R", len(b.objects))
}

// next is the reference that the next add returns.
func (b *builder) next() string { return fmt.Sprintf("%d 0 R", len(b.objects)+1) }

// stream adds a stream; entries are further entries of its dictionary.
func (b *builder) stream(entries, data string) string {
	return b.add(fmt.Sprintf("<<%s/Length %d>>stream\n%s\nendstream", entries, len(data), data))
}

// bytes returns the file with the given catalog.
func (b *builder) bytes(root string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	offsets := make([]int, len(b.objects))
	for i, o := range b.objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(b.objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root %s%s>>\nstartxref\n%d\n%%%%EOF\n", len(b.objects)+1, root, b.trailer, at)
	return out.Bytes()
}

const helveticaFont = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"

// page is one page of a test file.
type testPage struct {
	content   string
	resources string // entries beside the font F1
	entries   string // further entries of the page
	font      string // F1; Helvetica when empty
}

// document returns a file of such pages; catalog holds further entries of the
// catalog.
func document(catalog string, pages ...testPage) []byte {
	b := &builder{}
	return b.document(catalog, pages...)
}

func (b *builder) document(catalog string, pages ...testPage) []byte {
	tree := fmt.Sprintf("%d 0 R", len(b.objects)+3*len(pages)+1)
	var kids []string
	for _, p := range pages {
		font := p.font
		if font == "" {
			font = helveticaFont
		}
		ft := b.add(font)
		content := b.stream("", p.content)
		kids = append(kids, b.add(fmt.Sprintf("<</Type/Page/Parent %s/MediaBox[0 0 600 800]/Contents %s/Resources<</Font<</F1 %s>>%s>>%s>>",
			tree, content, ft, p.resources, p.entries)))
	}
	b.add(fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Join(kids, " "), len(kids)))
	return b.bytes(b.add("<</Type/Catalog/Pages " + tree + catalog + ">>"))
}
