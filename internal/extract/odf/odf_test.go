package odf

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

const space = ` xmlns:office="o" xmlns:text="t" xmlns:table="ta" xmlns:draw="d" xmlns:style="s" xmlns:fo="f" xmlns:presentation="p" xmlns:dc="dc" xmlns:meta="m" xmlns:xlink="x"`

// pack writes a file of the body's content and further parts: name, content, …
func pack(t testing.TB, body string, parts ...string) []byte {
	t.Helper()
	return zipOf(t, append([]string{"content.xml", `<office:document-content` + space + `>` + body + `</office:document-content>`}, parts...)...)
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

func text(body string) string {
	return `<office:body><office:text>` + body + `</office:text></office:body>`
}

type page struct {
	Label, Text string
	State       corpus.State
}

func read(t testing.TB, data []byte) ([]page, *extract.Meta, error) {
	t.Helper()
	var got []page
	m, err := Extractor{}.Extract(t.Context(), data, func(p corpus.Page) error {
		got = append(got, page{p.Label, p.Text, p.Quality.State})
		return nil
	})
	return got, m, err
}

const styles = `<office:automatic-styles>
<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="D"><text:list-level-style-number text:level="1" style:num-format="1"/>
<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/></text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>
</office:automatic-styles>`

func TestText(t *testing.T) {
	item := func(s string, more ...string) string {
		return `<text:list-item><text:p>` + s + `</text:p>` + strings.Join(more, "") + `</text:list-item>`
	}
	list := func(style string, items ...string) string {
		return `<text:list text:style-name="` + style + `">` + strings.Join(items, "") + `</text:list>`
	}
	inner := func(items ...string) string { return `<text:list>` + strings.Join(items, "") + `</text:list>` }
	for _, c := range []struct{ name, body, want string }{
		{"blanks", "<text:p> a \n  b<text:s text:c=\"2\"/>c<text:tab/>d<text:line-break/>e<text:span> f</text:span></text:p>", "a b  c\td\ne f"},
		{"deleted text and comments", `<text:tracked-changes><text:p>old</text:p></text:tracked-changes><text:p>new<office:annotation><text:p>hm</text:p></office:annotation></text:p>`, "new"},
		{"hidden", `<text:p>a<text:span text:style-name="Hidden">b</text:span></text:p>`, "a"},
		{"list", list("L", item("a", inner(item("b"), item("c"))), item("d")) + `<text:p>e</text:p>`, "1. a\n  a) b\n  b) c\n2. d\n\ne"},
		{"numbers of several levels", list("D", item("a", inner(item("b"), item("c"))), item("d", inner(item("e")))), "1 a\n  1.1 b\n  1.2 c\n2 d\n  2.1 e"},
		{"bullets", list("B", item("a"), item("b")), "• a\n• b"},
		{"a list that goes on", list("L", item("a")) + `<text:p>x</text:p><text:list text:style-name="L" text:continue-numbering="true">` + item("b") + `</text:list>` + list("L", item("c")), "1. a\n\nx\n\n2. b\n\n1. c"},
		{"first number", `<text:list text:style-name="L"><text:list-item text:start-value="5"><text:p>a</text:p></text:list-item></text:list>`, "5. a"},
		{"table", `<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>c</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>d</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>e</text:p></table:table-cell></table:table-row></table:table><text:p>f</text:p>`, "a b\tc\tc\nd\t\te\n\nf"},
		{"note", `<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>below</text:p></text:note-body></text:note>b</text:p><text:p>c</text:p>`, "ab\n\nc\n\n[1] below"},
		{"text box", `<text:p>a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>b</text:p>`, "ab\n\nbox"},
		{"formula", `<text:p>a <draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></text:p>`, "a x=2"},
		{"section and index", `<text:section><text:p>a</text:p></text:section><text:table-of-content><text:table-of-content-source><text:index-title-template>no</text:index-title-template></text:table-of-content-source><text:index-body><text:p>b</text:p></text:index-body></text:table-of-content>`, "a\n\nb"},
		{"Arabic", `<text:p>هجـــرة</text:p>`, "هجرة"},
		{"soft hyphens", "<text:p>coopé\u00ADration</text:p>", "coopération"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := read(t, pack(t, styles+text(c.body), "Object 1/content.xml", `<math><mrow><mi>x</mi><mo>=</mo><mn>2</mn></mrow><annotation>x = 2</annotation></math>`))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]page{{"", c.want, "complete"}}, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestDocument(t *testing.T) {
	h := func(level int, s string) string {
		return fmt.Sprintf(`<text:h text:outline-level="%d">%s</text:h>`, level, s)
	}
	got, m, err := read(t, pack(t, text(h(1, "One")+h(2, "Deep")+`<text:p>a</text:p>`+h(2, "Deeper")+`<text:p>b</text:p>`+h(1, "Two")+`<text:p>c</text:p>`),
		"meta.xml", `<office:document-meta`+space+`><office:meta><dc:title>Law 5</dc:title><meta:initial-creator>A. Author</meta:initial-creator><dc:creator>B. Editor</dc:creator><dc:date>2020-01-01</dc:date><dc:language>ar-EG</dc:language></office:meta></office:document-meta>`,
		"styles.xml", `<office:document-styles`+space+`><office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="I"/><text:outline-level-style text:level="2" style:num-format="1" style:num-suffix="."/></text:outline-style></office:styles><office:master-styles><style:master-page><style:header><text:p>Ministry</text:p></style:header><style:footer><text:p>3</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []page{
		{"1. Deep", "I One\n\n1. Deep\n\na\n\nMinistry", "complete"}, {"2. Deeper", "2. Deeper\n\nb", "complete"}, {"II Two", "II Two\n\nc", "complete"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if m.Title != "Law 5" || m.TitleFrom != corpus.FromFile || m.Authors[0] != "A. Author" || m.Lang != "ar" || m.Issued != "" || len(m.Outline) != 4 {
		t.Errorf("%+v", m)
	}
}

func TestSlides(t *testing.T) {
	frame := func(class, s string) string {
		return `<draw:frame presentation:class="` + class + `"><draw:text-box><text:p>` + s + `</text:p></draw:text-box></draw:frame>`
	}
	got, m, err := read(t, pack(t, `<office:body><office:presentation>`+
		`<draw:page>`+frame("outline", "text")+frame("title", "المقدمة")+frame("page-number", "1")+
		`<draw:g><draw:custom-shape><text:p>grouped</text:p></draw:custom-shape></draw:g><presentation:notes>`+frame("notes", "say this")+`</presentation:notes></draw:page>`+
		`<draw:page><draw:frame><draw:image/></draw:frame></draw:page>`+
		`<draw:page><draw:frame><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table></draw:frame></draw:page>`+
		`</office:presentation></office:body>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []page{{"المقدمة", "المقدمة\n\ntext\n\ngrouped\n\nsay this", "complete"}, {"", "", "scan"}, {"", "a\tb", "complete"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if m.Title != "المقدمة" || m.TitleFrom != corpus.FromGuess || len(m.Outline) != 1 {
		t.Errorf("%+v", m)
	}
}

func TestSpreadsheet(t *testing.T) {
	cell := func(s, attrs string) string {
		return `<table:table-cell ` + attrs + `><text:p>` + s + `</text:p></table:table-cell>`
	}
	rows := func(rows ...string) string {
		return `<table:table-row>` + strings.Join(rows, `</table:table-row><table:table-row>`) + `</table:table-row>`
	}
	edge := `<table:table-cell table:number-columns-repeated="16000"/>`
	got, m, err := read(t, pack(t, `<office:automatic-styles><style:style style:name="off"><style:table-properties table:display="false"/></style:style></office:automatic-styles>`+
		`<office:body><office:spreadsheet><table:table table:name="Arrivals">`+rows(
		cell("Country", "")+cell("Year", "")+cell("N", "")+edge,
		cell("Egypt", `table:number-rows-spanned="2"`)+cell("2009", "")+`<table:table-cell><office:annotation><text:p>an estimate</text:p></office:annotation><text:p>1</text:p></table:table-cell>`+edge,
		`<table:covered-table-cell/>`+cell("2010", `table:number-columns-repeated="2"`)+edge)+
		`<table:table-row table:number-rows-repeated="1048000">`+edge+`</table:table-row></table:table>`+
		`<table:table table:name="Empty"/><table:table table:name="Secret" table:style-name="off">`+rows(cell("x", ""))+`</table:table></office:spreadsheet></office:body>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []page{
		{"Arrivals", "Arrivals\n\nCountry\tYear\tN\nCountry: Egypt; Year: 2009; N: 1\nCountry: Egypt; Year: 2010; N: 2010\n[C2] an estimate", "complete"},
		{"Secret", "Secret\n\nx", "complete"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(m.Warnings) != 1 || !strings.Contains(m.Warnings[0], `"Secret" is hidden`) {
		t.Errorf("warnings %q", m.Warnings)
	}
}

func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name string
		data []byte
		err  error
		says string
	}{
		{"password", pack(t, "", "META-INF/manifest.xml", `<manifest:encryption-data/>`), extract.ErrPassword, ""},
		{"no content", zipOf(t, "mimetype", extract.ODT), extract.ErrDamaged, "content.xml is missing"},
		{"document type", zipOf(t, "content.xml", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`), extract.ErrDamaged, "document type declaration"},
		{"entity", pack(t, text(`<text:p>&b;</text:p>`)), extract.ErrDamaged, "entity"},
		{"nested too deep", pack(t, text(strings.Repeat(`<text:list><text:list-item>`, 200))), extract.ErrDamaged, "nested deeper"},
		{"repeated", pack(t, text(`<table:table>`+strings.Repeat(`<table:table-row><table:table-cell table:number-columns-repeated="2000000000"/></table:table-row>`, 100)+`</table:table>`)), nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := read(t, c.data)
			if !errors.Is(err, c.err) || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v; want %v", err, c.err)
			}
		})
	}
}

// TestCutOff wants the text before the damage.
func TestCutOff(t *testing.T) {
	whole := text(`<text:h text:outline-level="1">A</text:h><text:p>a</text:p><text:h text:outline-level="1">B</text:h><text:p>b`)
	data := zipOf(t, "content.xml", `<office:document-content`+space+`>`+strings.TrimSuffix(whole, `</office:text></office:body>`))
	got, _, err := read(t, data)
	if !errors.Is(err, extract.ErrDamaged) || len(got) != 1 || got[0].Text != "A\n\na" {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzContent(f *testing.F) {
	f.Add(styles + text(`<text:list text:style-name="L"><text:list-item><text:h text:outline-level="2">a</text:h></text:list-item></text:list>`))
	f.Add(`<office:body><office:spreadsheet><table:table><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-rows-spanned="-1"><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>`)
	f.Add(`<office:body><office:presentation><draw:page><draw:frame><draw:object><math>x</math></draw:object></draw:frame></draw:page></office:presentation></office:body>`)
	f.Fuzz(func(t *testing.T, body string) {
		data := pack(t, body)
		_, err := extract.Table{extract.ODT: Extractor{}, extract.Zip: Extractor{}}.Extract(t.Context(), "a.odt", data)
		if errors.Is(err, extract.ErrCrashed) {
			t.Error(err)
		}
	})
}
