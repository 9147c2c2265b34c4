package pptx

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

const space = ` xmlns:a="a" xmlns:p="p" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="m"`

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

// show writes a presentation of the slides, which are stored in reverse order.
func show(t testing.TB, slides []string, parts ...string) []byte {
	t.Helper()
	var list, rels strings.Builder
	for i, s := range slides {
		name := fmt.Sprintf("slides/slide%d.xml", len(slides)-i)
		fmt.Fprintf(&list, `<p:sldId id="%d" r:id="r%d"/>`, 256+i, i)
		fmt.Fprintf(&rels, `<Relationship Id="r%d" Type="http://x/slide" Target="%s"/>`, i, name)
		if s != "" {
			parts = append(parts, "ppt/"+name, `<p:sld`+space+`><p:cSld><p:spTree>`+s+`</p:spTree></p:cSld></p:sld>`)
		}
	}
	return zipOf(t, append([]string{
		"ppt/presentation.xml", `<p:presentation` + space + `><p:sldIdLst>` + list.String() + `</p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels", `<Relationships>` + rels.String() + `</Relationships>`,
	}, parts...)...)
}

func body(lines ...string) string {
	s := ""
	for _, l := range lines {
		s += `<a:p><a:pPr><a:buNone/></a:pPr><a:r><a:rPr lang="en"/><a:t>` + l + `</a:t></a:r></a:p>`
	}
	return `<p:txBody><a:bodyPr/>` + s + `</p:txBody>`
}

func shape(place string, lines ...string) string {
	ph := ""
	if place != "" {
		ph = `<p:ph type="` + place + `"/>`
	}
	return `<p:sp><p:nvSpPr><p:nvPr>` + ph + `</p:nvPr></p:nvSpPr>` + body(lines...) + `</p:sp>`
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

func TestChart(t *testing.T) {
	values := func(name string, vs ...string) string {
		return `<c:` + name + `><c:strRef><c:f>Sheet1!A1</c:f><c:strCache><c:pt><c:v>` + strings.Join(vs, `</c:v></c:pt><c:pt><c:v>`) + `</c:v></c:pt></c:strCache></c:strRef></c:` + name + `>`
	}
	got, _, err := read(t, show(t, []string{
		`<p:graphicFrame><a:graphic><a:graphicData><c:chart xmlns:c="c" r:id="c1"/></a:graphicData></a:graphic></p:graphicFrame>`,
	},
		"ppt/slides/_rels/slide1.xml.rels", `<Relationships><Relationship Id="c1" Type="http://x/chart" Target="../charts/chart1.xml"/></Relationships>`,
		"ppt/charts/chart1.xml", `<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Arrivals</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser>`+
			values("tx", "By sea")+values("cat", "2009", "2010")+values("val", "12", "15")+`</c:ser><c:ser>`+values("tx", "By land")+values("val", "7")+`</c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>`))
	if err != nil {
		t.Fatal(err)
	}
	if want := "Arrivals\nBy sea: 2009 12; 2010 15\nBy land: 7"; len(got) != 1 || got[0].Text != want {
		t.Errorf("%q; want %q", got, want)
	}
}

func TestSlides(t *testing.T) {
	cell := func(s string) string { return `<a:tc>` + body(s) + `</a:tc>` }
	table := `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr>` + cell("a") + cell("b") + `</a:tr><a:tr>` + cell("c") + cell("d") + `</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>`
	diagram := `<p:graphicFrame><a:graphic><a:graphicData><d:relIds xmlns:d="d" r:dm="dm1"/></a:graphicData></a:graphic></p:graphicFrame>`
	got, m, err := read(t, show(t, []string{
		shape("", "text", "more") + shape("sldNum", "7") + shape("dt", "1 May") + shape("ftr", "foot") + shape("ctrTitle", "المقدمة"),
		`<p:grpSp><p:grpSp>` + shape("", "inner") + `</p:grpSp></p:grpSp>` + table +
			`<mc:AlternateContent><mc:Choice>` + diagram + `</mc:Choice><mc:Fallback>` + shape("", "no") + `</mc:Fallback></mc:AlternateContent>`,
		`<p:pic/>`,
		"",
		shape("title", "Fin", "du jour"),
	},
		"ppt/slides/_rels/slide5.xml.rels", `<Relationships><Relationship Id="n" Type="http://x/notesSlide" Target="../notes/1.xml"/></Relationships>`,
		"ppt/notes/1.xml", `<p:notes`+space+`><p:cSld><p:spTree>`+shape("sldImg")+shape("body", "say this")+shape("sldNum", "1")+`</p:spTree></p:cSld></p:notes>`,
		"ppt/slides/_rels/slide4.xml.rels", `<Relationships><Relationship Id="dm1" Type="http://x/diagramData" Target="../diagrams/data1.xml"/></Relationships>`,
		"ppt/diagrams/data1.xml", `<d:dataModel xmlns:d="d" xmlns:a="a"><d:ptLst><d:pt><d:t><a:p><a:r><a:t>point</a:t></a:r></a:p></d:t></d:pt></d:ptLst></d:dataModel>`,
	))
	if err != nil {
		t.Fatal(err)
	}
	want := []page{
		{"المقدمة", "المقدمة\n\ntext\nmore\n\nsay this", corpus.Complete},
		{"", "inner\n\na\tb\nc\td\n\npoint", corpus.Complete},
		{"", "", corpus.Scan},
		{"", "", corpus.Partial},
		{"Fin du jour", "Fin\ndu jour", corpus.Complete},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]corpus.Heading{{Title: "المقدمة", Level: 1, Page: 1}, {Title: "Fin du jour", Level: 1, Page: 5}}, m.Outline); d != "" {
		t.Error(d)
	}
	if m.Title != "المقدمة" || m.TitleFrom != corpus.FromGuess || len(m.Warnings) != 1 || !strings.Contains(m.Warnings[0], "slide 4") {
		t.Errorf("meta: %+v", m)
	}
}

func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"no zip", []byte("PK\x03\x04")},
		{"no presentation", zipOf(t, "ppt/x.xml", "<x/>")},
		{"DTD", zipOf(t, "ppt/presentation.xml", `<!DOCTYPE a><a/>`)},
		{"deep", zipOf(t, "ppt/presentation.xml", `<a><sldIdLst>`+strings.Repeat("<a>", 5_000))},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, _, err := read(t, c.data); !errors.Is(err, extract.ErrDamaged) {
				t.Errorf("got %v", err)
			}
		})
	}
	got, m, err := read(t, show(t, []string{strings.Repeat(`<p:grpSp>`, 5_000), shape("title", "fine")}))
	if err != nil || len(got) != 2 || got[1].Label != "fine" || len(m.Warnings) != 1 {
		t.Errorf("a deep slide costs itself: %v, %+v, %v", got, m, err)
	}
}

func FuzzSlide(f *testing.F) {
	f.Add(shape("title", "A") + shape("", "b"))
	f.Add(`<p:grpSp>` + shape("body", "b") + `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc>`)
	f.Fuzz(func(t *testing.T, slide string) { check(t, show(t, []string{slide, slide})) })
}

func FuzzPackage(f *testing.F) {
	data, err := os.ReadFile("../all/testdata/slides.pptx")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(show(f, []string{shape("title", "A")}))
	f.Fuzz(func(t *testing.T, data []byte) { check(t, data) })
}

func check(t *testing.T, data []byte) {
	t.Helper()
	n := 0
	_, err := Extractor{}.Extract(t.Context(), data, func(p corpus.Page) error {
		if n++; p.Number != n || p.Text != extract.Clean(p.Text) {
			t.Errorf("page %d: number %d, %q", n, p.Number, p.Text)
		}
		return nil
	})
	if err != nil && extract.Reason(err) == "" {
		t.Errorf("error without a reason: %v", err)
	}
}
