package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/extract"
)

const (
	open  = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`
	close = `</w:body></w:document>`
)

// pack writes a document of a body and further parts: name, content, name, …
func pack(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	return zipOf(t, append([]string{"word/document.xml", open + body + close}, parts...)...)
}

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

// related are the relationships of the main part: type, target, …
func related(pairs ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships>`)
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="r%d" Type="http://x/relationships/%s" Target="%s"/>`, i, pairs[i], pairs[i+1])
	}
	return b.String() + `</Relationships>`
}

func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

func styled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func listed(number, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + number + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
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

func TestText(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"runs are one word", `<w:p><w:r><w:t>migra</w:t></w:r><w:r><w:t>tion</w:t></w:r></w:p>`, "migration"},
		{"tab and break", `<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>`, "a\tb\nc"},
		{"tab stops are no tabs", `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`, "a"},
		{"deleted and moved", `<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>`, "new"},
		{"hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>yes</w:t></w:r></w:p>`, "yes"},
		{"field", `<w:p><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>`, "link"},
		{"alternatives", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>one</w:t></mc:Choice><mc:Choice><w:t>two</w:t></mc:Choice><mc:Fallback><w:t>three</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "one"},
		{"text box", `<w:p><w:r><w:t>a</w:t><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>` + para("box") + `</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>` + para("box") + `</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent><w:t>b</w:t></w:r></w:p>`, "ab\n\nbox"},
		{"symbols", `<w:p><w:r><w:sym w:char="F0B7"/><w:sym w:char="F041"/><w:sym w:char="00E9"/><w:noBreakHyphen/><w:softHyphen/><w:t>x</w:t></w:r></w:p>`, "•é-x"},
		{"content control", `<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>` + para("inside") + `</w:sdtContent></w:sdt>`, "inside"},
		{"table", `<w:tbl><w:tr><w:tc>` + para("a") + para("b") + `</w:tc><w:tc>` + para("c") + `</w:tc></w:tr><w:tr><w:tc>` + para("d") + `</w:tc><w:tc>` + para("e") + `</w:tc></w:tr></w:tbl>` + para("after"), "a b\tc\nd\te\n\nafter"},
		{"table within a table", `<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>` + para("a") + `</w:tc><w:tc>` + para("b") + `</w:tc></w:tr></w:tbl></w:tc><w:tc>` + para("c") + `</w:tc></w:tr></w:tbl>`, "a b\tc"},
		{"table for the layout", `<w:tbl><w:tr><w:tc>` + para("a") + para("b") + `</w:tc></w:tr></w:tbl>`, "a\n\nb"},
		{"Arabic", `<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>هجـــرة ﺍﻟﻌﻤﺎﻝ</w:t></w:r></w:p>`, "هجرة العمال"},
		{"French", para("cœur d’œuvre ; coopé\u00ADration"), "cœur d’œuvre ; coopération"},
		{"formula", `<w:p><m:oMath xmlns:m="http://m"><m:r><m:t>E=mc</m:t></m:r></m:oMath></w:p>`, "E=mc"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := read(t, pack(t, c.body))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]page{{"", c.want}}, got); d != "" {
				t.Error(d)
			}
		})
	}
}

const styleSheet = `<w:styles xmlns:w="w">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Our chapter"/><w:basedOn w:val="T1"/></w:style>
<w:style w:type="paragraph" w:styleId="Lvl"><w:name w:val="By level"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="NotOne"><w:name w:val="Looks like one"/><w:basedOn w:val="T1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="ring"/><w:basedOn w:val="Ring2"/></w:style>
<w:style w:type="paragraph" w:styleId="Ring2"><w:name w:val="ring 2"/><w:basedOn w:val="Ring"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
</w:styles>`

const numberings = `<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Article %1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>`

func TestSections(t *testing.T) {
	body := styled("Title", "The title") + para("opening") +
		styled("Own", "First") + para("one") + styled("NotOne", "no heading") +
		styled("Lvl", "Second") + `<w:p><w:r><w:t>two</w:t><w:footnoteReference w:id="2"/><w:t>.</w:t></w:r></w:p>` + para("more") +
		styled("Ring", "text") +
		`<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Third</w:t></w:r></w:p>` + para("three") +
		styled("T1", "") + styled("T1", strings.Repeat("far too long for a heading ", 20))
	got, m, err := read(t, pack(t, body,
		"word/_rels/document.xml.rels", related("styles", "styles.xml", "footnotes", "/word/footnotes.xml", "header", "header1.xml", "header", "header2.xml", "image", "http://outside.example/x"),
		"word/styles.xml", styleSheet,
		"word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="0">`+para("line")+`</w:footnote><w:footnote w:id="2">`+para("the note")+`</w:footnote></w:footnotes>`,
		"word/header1.xml", `<w:hdr xmlns:w="w">`+para("Ministry")+para("12")+`</w:hdr>`,
		"word/header2.xml", `<w:hdr xmlns:w="w">`+para("Ministry")+`</w:hdr>`,
	))
	if err != nil {
		t.Fatal(err)
	}
	want := []page{
		{"The title", "The title\n\nopening\n\nMinistry"},
		{"First", "First\n\none\n\nno heading"},
		{"Second", "Second\n\ntwo.\n\nmore\n\ntext\n\n[1] the note"},
		{"Third", "Third\n\nthree\n\n" + strings.TrimSpace(strings.Repeat("far too long for a heading ", 20))},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	wantOutline := []corpus.Heading{{Title: "First", Level: 1, Page: 2}, {Title: "Second", Level: 2, Page: 3}, {Title: "Third", Level: 1, Page: 4}}
	if d := cmp.Diff(wantOutline, m.Outline); d != "" {
		t.Error(d)
	}
	if m.Title != "The title" || m.TitleFrom != corpus.FromGuess || len(m.Warnings) > 0 {
		t.Errorf("meta: %+v", m)
	}
}

func TestLists(t *testing.T) {
	body := para("list") + listed("1", "0", "one") + listed("1", "1", "below") + listed("1", "1", "below too") + listed("1", "2", "point") +
		listed("1", "0", "two") + listed("3", "0", "seven") + listed("0", "0", "none") + listed("99", "0", "unknown") +
		listed("2", "0", "four") + listed("2", "0", "five")
	got, _, err := read(t, pack(t, body, "word/_rels/document.xml.rels", related("numbering", "numbering.xml"), "word/numbering.xml", numberings))
	if err != nil {
		t.Fatal(err)
	}
	want := "list\n\n1. one\n  1.a) below\n  1.b) below too\n    • point\n2. two\n7. seven\n\nnone\n\nunknown\n\nArticle IV four\nArticle V five"
	if d := cmp.Diff([]page{{"", want}}, got); d != "" {
		t.Error(d)
	}
}

func TestFigures(t *testing.T) {
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"decimal", 12, "12"}, {"lowerRoman", 1994, "mcmxciv"}, {"upperLetter", 27, "AA"}, {"lowerLetter", 26, "z"},
		{"upperRoman", 0, "0"}, {"upperRoman", 1_000_000, "1000000"}, {"lowerLetter", 1_000_000, "1000000"},
		{"arabicAbjad", 3, "3"}, {"decimalZero", 7, "07"},
	} {
		if got := extract.Numeral(c.format, c.n); got != c.want {
			t.Errorf("extract.Numeral(%s, %d) = %s; want %s", c.format, c.n, got, c.want)
		}
	}
}

func TestPageBreaks(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", extract.BreakText/5+1))
	broken := `<w:p><w:r><w:t>end</w:t><w:br w:type="page"/><w:t>begin</w:t></w:r></w:p>`
	got, _, err := read(t, pack(t, para("short")+broken+para(long)+broken+
		`<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>last</w:t></w:r></w:p>`+para("tail")))
	if err != nil {
		t.Fatal(err)
	}
	want := []page{{"", "short\n\nend\n\nbegin\n\n" + long + "\n\nend"}, {"(2)", "begin\n\nlast\n\ntail"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestProperties(t *testing.T) {
	core := func(title string) string {
		return `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>` + title + `</dc:title><dc:creator>Amina Test;admin</dc:creator><dc:language>fr-MA</dc:language></cp:coreProperties>`
	}
	_, m, err := read(t, pack(t, para("x"), "docProps/core.xml", core("Rapport annuel")))
	if err != nil || m.Title != "Rapport annuel" || m.TitleFrom != corpus.FromFile || len(m.Authors) != 1 || m.Lang != "fr" {
		t.Errorf("got %+v, %v", m, err)
	}
	_, m, err = read(t, pack(t, para("x"), "docProps/core.xml", core("rapport_v2.doc")))
	if err != nil || m.Title != "" {
		t.Errorf("junk: %+v, %v", m, err)
	}
	_, m, err = read(t, pack(t, para("x"), "docProps/core.xml", `<!DOCTYPE x [<!ENTITY a "b">]>`+core("&a;")))
	if err != nil || m.Title != "" || len(m.Warnings) != 1 {
		t.Errorf("entities: %+v, %v", m, err)
	}
}

func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name  string
		data  []byte
		want  error
		pages int
	}{
		{"no zip", []byte("PK\x03\x04 and nothing"), extract.ErrDamaged, 0},
		{"no document", zipOf(t, "word/other.xml", "<x/>"), extract.ErrDamaged, 0},
		{"no XML", zipOf(t, "word/document.xml", ""), extract.ErrDamaged, 0},
		{"DTD", zipOf(t, "word/document.xml", `<!DOCTYPE d [<!ENTITY a "aaaa">]>`+open+para("&a;")+close), extract.ErrDamaged, 0},
		{"entity without DTD", pack(t, para("&bomb;")), extract.ErrDamaged, 0},
		{"deep", pack(t, strings.Repeat("<w:sdt>", 5_000)), extract.ErrDamaged, 0},
		{"deep in a paragraph", pack(t, "<w:p>"+strings.Repeat("<w:r>", 5_000)), extract.ErrDamaged, 0},
		{"deep tables", pack(t, strings.Repeat("<w:tbl><w:tr><w:tc>", 5_000)), extract.ErrDamaged, 0},
		{"ends early", zipOf(t, "word/document.xml", open+`<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>`+para("x")+
			`<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>B</w:t></w:r></w:p><w:p><w:r>`), extract.ErrDamaged, 1},
		{"declares less than it holds", lying(t), extract.ErrDamaged, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := read(t, c.data)
			if !errors.Is(err, c.want) || len(got) != c.pages {
				t.Errorf("%d pages, %v; want %d, %v", len(got), err, c.pages, c.want)
			}
		})
	}
}

// lying is a document whose directory says that the text has ten bytes.
func lying(t testing.TB) []byte {
	t.Helper()
	data := pack(t, para(strings.Repeat("x", 1<<20)))
	at := bytes.Index(data, []byte("PK\x01\x02"))
	copy(data[at+24:], []byte{10, 0, 0, 0})
	return data
}

func FuzzExtract(f *testing.F) {
	f.Add(open+para("x")+close, styleSheet, numberings)
	f.Add(open+styled("Own", "A")+listed("3", "2", "b")+`<w:tbl><w:tr><w:tc>`+para("c")+`</w:tc></w:tr></w:tbl>`+close, styleSheet, numberings)
	f.Add(open+`<w:p><w:r><w:footnoteReference w:id="1"/><w:txbxContent>`+para("x")+close, "<w:styles>", "<a/>")
	f.Fuzz(func(t *testing.T, document, styles, numbering string) {
		data := zipOf(t, "word/document.xml", document, "word/_rels/document.xml.rels",
			related("styles", "styles.xml", "numbering", "numbering.xml", "footnotes", "styles.xml"),
			"word/styles.xml", styles, "word/numbering.xml", numbering)
		check(t, data)
	})
}

func FuzzPackage(f *testing.F) {
	f.Add(pack(f, para("x"), "docProps/core.xml", "<a><title>x</title></a>"))
	for _, name := range []string{"en", "ar"} {
		data, err := os.ReadFile("../all/testdata/" + name + ".docx")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { check(t, data) })
}

func check(t *testing.T, data []byte) {
	t.Helper()
	n := 0
	_, err := Extractor{}.Extract(t.Context(), data, func(p corpus.Page) error {
		if n++; p.Number != n || p.Text == "" || p.Text != extract.Clean(p.Text) {
			t.Errorf("page %d: number %d, %q", n, p.Number, p.Text)
		}
		return nil
	})
	if err != nil && extract.Reason(err) == "" {
		t.Errorf("error without a reason: %v", err)
	}
}
