package pdf

import (
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/extract"
)

func TestHonestTitle(t *testing.T) {
	tests := map[string]string{
		"Women and migration in the region":             "Women and migration in the region",
		"  L\u2019\u00e9galit\u00e9\n des\u00adgenres ": "L’égalité desgenres",
		"العمل المنزلي والهجرة":                         "العمل المنزلي والهجرة",
		"Microsoft Word - report final.doc":             "",
		"Microsoft PowerPoint - Présentation1":          "",
		"PowerPoint Presentation":                       "",
		"Document1":                                     "",
		"untitled":                                      "",
		"Sans titre 2":                                  "",
		"report_2010_final.pdf":                         "",
		"brochure v3.indd":                              "",
		"C:\\Users\\x\\text":                            "",
		"https://example.org/a":                         "",
		"2010-05-12":                                    "",
		"ABC1":                                          "",
		"":                                              "",
	}
	for in, want := range tests {
		if got := honestTitle(in); got != want {
			t.Errorf("honestTitle(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMeta(t *testing.T) {
	xmp := `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Title of the packet</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>Amal Haddad</rdf:li><rdf:li>user</rdf:li></rdf:Seq></dc:creator>` +
		`<dc:publisher><rdf:Bag><rdf:li>The Press</rdf:li></rdf:Bag></dc:publisher><dc:date>2001-01-01</dc:date></rdf:Description></rdf:RDF></x:xmpmeta>`
	body := testPage{content: "BT /F1 11 Tf 72 500 Td (Small text of the page) Tj /F1 24 Tf 0 200 Td (Labour migration) Tj 0 -28 Td (and the law) Tj ET"}
	tests := []struct {
		name    string
		info    string
		catalog string
		want    extract.Meta
	}{
		{"Info", "/Title(Migration and law \\351)/Author(Leila Mansour; Jean Dupont)/CreationDate(D:20090101)", "/Lang(fr-MA)",
			extract.Meta{Title: "Migration and law é", TitleFrom: corpus.FromFile, Authors: []string{"Leila Mansour", "Jean Dupont"}, Lang: "fr"}},
		{"junk, so the largest type", "/Title(Microsoft Word - x.doc)/Author(user)", "",
			extract.Meta{Title: "Labour migration and the law", TitleFrom: corpus.FromGuess}},
		{"packet", "/Title(untitled)", "/Metadata 1 0 R",
			extract.Meta{Title: "Title of the packet", TitleFrom: corpus.FromFile, Authors: []string{"Amal Haddad"}, Publisher: "The Press", Issued: "2001-01-01", IssuedFrom: corpus.FromFile}},
		{"UTF-16", "/Title<FEFF0639064506440020064506460632064406CC>", "",
			extract.Meta{Title: "عمل منزلی", TitleFrom: corpus.FromFile}},
		{"outline", "", "/Outlines 2 0 R",
			extract.Meta{Title: "Labour migration and the law", TitleFrom: corpus.FromGuess, Outline: []corpus.Heading{
				{Title: "First part of all", Level: 1, Page: 1}, {Title: "Inner", Level: 2, Page: 2}, {Title: "Named", Level: 1, Page: 2}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := &builder{trailer: "/Info<<" + tt.info + ">>"}
			b.stream("/Type/Metadata", xmp)
			b.add("<</First 3 0 R>>")
			b.add("<</Title(First part of all)/Dest[8 0 R/Fit]/First 4 0 R/Next 5 0 R>>")
			b.add("<</Title(Inner)/A<</S/GoTo/D[1/XYZ]>>/Next 4 0 R>>") // its own follower
			b.add("<</Title(Named)/Dest(second)>>")
			_, m, err := read(t, b.document(tt.catalog+"/Names<</Dests<</Names[(second)<</D[11 0 R/Fit]>>]>>>>", body, testPage{}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&tt.want, m); diff != "" {
				t.Errorf("meta (-want +got):\n%s", diff)
			}
		})
	}
}

func TestIssued(t *testing.T) {
	const dc, xmp, prism = `xmlns:dc="http://purl.org/dc/elements/1.1/"`, `xmlns:xmp="http://ns.adobe.com/xap/1.0/"`, `xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"`
	tests := []struct {
		name, packet string
		want         corpus.Date
	}{
		{"publishers' date", `<r ` + prism + ` ` + dc + `><dc:date>2011-03-01</dc:date><prism:publicationDate>2009-05</prism:publicationDate></r>`, "2009-05"},
		{"as an attribute", `<r ` + prism + ` prism:coverDate="2009-05-17T00:00:00Z"/>`, "2009-05-17"},
		{"Dublin Core", `<r ` + dc + `><dc:date><s><i>2010</i></s></dc:date></r>`, "2010"},
		{"day of the file", `<r ` + dc + ` ` + xmp + ` xmp:CreateDate="2012-01-31T10:00:00+01:00"><dc:date>2012-01-31T09:00:00Z</dc:date></r>`, ""},
		{"no date", `<r ` + dc + `><dc:date>spring 2009</dc:date></r>`, ""},
		{"creation only", `<r ` + xmp + `><xmp:CreateDate>2012-01-31</xmp:CreateDate></r>`, ""},
	}
	for _, tt := range tests {
		x := parsePacket(tt.packet)
		if got := x.issued(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLabels(t *testing.T) {
	data := document("/PageLabels<</Nums[0<</S/r>>2<</S/D/St 5>>3<</P(A-)/S/A>>4<</P(cover)>>]>>",
		testPage{}, testPage{}, testPage{}, testPage{}, testPage{})
	pages, _, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range pages {
		got = append(got, p.Label)
	}
	if diff := cmp.Diff([]string{"i", "ii", "5", "A-A", "cover"}, got); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
}

func TestAnnotations(t *testing.T) {
	b := &builder{}
	b.stream("/Type/XObject/Subtype/Form/BBox[0 0 100 20]", "BT /F1 10 Tf 2 5 Td (filled in) Tj ET")
	pages, _, err := read(t, b.document("", testPage{content: "BT /F1 10 Tf 50 700 Td (Name:) Tj ET",
		entries: "/Annots[<</Subtype/Widget/Rect[90 695 190 715]/AP<</N 1 0 R>>>><</Subtype/Widget/F 2/Rect[90 595 190 615]/AP<</N 1 0 R>>>>]"}))
	if err != nil {
		t.Fatal(err)
	}
	if pages[0].Text != "Name: filled in" {
		t.Errorf("text %q", pages[0].Text)
	}
}

func TestNotLanguage(t *testing.T) {
	tests := []struct {
		name, text string
		want       corpus.State
	}{
		{"Arabic", strings.Repeat("يعمل العمال المنزليون في بيوت خاصة ولا يشملهم قانون العمل ", 10), corpus.Complete},
		{"Arabic with a wrong map", strings.Repeat("حٌظف٠َك ر١ٕٙ خّ عٍ حٌٝ عٛ حٌٌٝ ٠َ ٠ٞخٗٔ عٍ أْٝ ", 20), corpus.Unreadable},
		{"Persian", strings.Repeat("کارگران خانگی در خانه های خصوصی کار می کنند و قانون کار شامل آنها نمی شود ", 10), corpus.Complete},
		{"English", strings.Repeat("Domestic workers are employed in private households. ", 10), corpus.Complete},
		{"shifted letters", strings.Repeat("Grphvwlf zrunhuv duh hpsorbhg lq sulydwh krxvhkrogv ", 10), corpus.Suspicious},
		{"few letters", "BGHT KLM 2009", corpus.Complete},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if q := (&page{width: 1, height: 1}).quality(tt.text); q.State != tt.want {
				t.Errorf("quality %+v, want %s", q, tt.want)
			}
		})
	}
}

// TestShortKey reads a file that is encrypted with 40 bits and opens without a
// password.
func TestShortKey(t *testing.T) {
	id, owner := "0123456789abcdef", strings.Repeat("o", 32)
	h := md5.Sum([]byte(padding + owner + "\xfc\xff\xff\xff" + id))
	file := h[:5]
	crypt := func(key []byte, s string) string {
		c, err := rc4.NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		out := make([]byte, len(s))
		c.XORKeyStream(out, []byte(s))
		return string(out)
	}
	object := md5.Sum(append(append([]byte(nil), file...), 2, 0, 0, 0, 0)) // of object 2, the contents
	b := &builder{trailer: fmt.Sprintf("/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U<%x>>>/ID[(%s)(%s)]", owner, crypt(file, padding), id, id)}
	pages, _, err := read(t, b.document("", testPage{content: crypt(object[:10], "BT /F1 12 Tf 72 700 Td (opened) Tj ET")}))
	if err != nil {
		t.Fatal(err)
	}
	if pages[0].Text != "opened" {
		t.Errorf("text %q, quality %+v", pages[0].Text, pages[0].Quality)
	}
}

func TestFontPrograms(t *testing.T) {
	type1 := "%!PS-AdobeFont\n/Encoding 256 array\ndup 1 /eacute put\ndup 8#002 /f_i put\ndup 3 /mystery put readonly def\ncurrentfile eexec xxxx"
	tests := []struct{ name, key, program, want string }{
		{"Type 1", "FontFile", type1, "éfi"},
		{"CFF", "FontFile3", cffProgram(), "éA"},
		{"TrueType", "FontFile2", trueTypeProgram(), "Bé"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := &builder{}
			b.stream("", tt.program)
			font := "<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Any/FontDescriptor<</Flags 4/" + tt.key + " 1 0 R>>>>"
			pages, _, err := read(t, b.document("", testPage{font: font, content: "BT /F1 12 Tf 72 700 Td (\\001\\002) Tj ET"}))
			if err != nil {
				t.Fatal(err)
			}
			if pages[0].Text != tt.want {
				t.Errorf("text %q, want %q", pages[0].Text, tt.want)
			}
		})
	}
}

// cffProgram has two glyphs: "eacute", spelled out, at code 1 and "A" at code 2.
func cffProgram() string {
	index := func(items ...string) string {
		out := binary.BigEndian.AppendUint16(nil, uint16(len(items)))
		out = append(out, 1, 1)
		at := 1
		for _, s := range items {
			at += len(s)
			out = append(out, byte(at))
		}
		return string(out) + strings.Join(items, "")
	}
	number := func(n int) string { return string([]byte{29, 0, 0, byte(n >> 8), byte(n)}) }
	head := "\x01\x00\x04\x01" + index("Any")
	names := index("my", "eacute")
	build := func(charset, enc, glyphs int) string {
		top := number(charset) + "\x0f" + number(enc) + "\x10" + number(glyphs) + "\x11"
		return head + index(top) + names + "\x00\x00"
	}
	at := len(build(0, 0, 0))
	charset := "\x00\x01\x88\x00\x22" // 392 is the second string, 34 is A
	enc := "\x00\x02\x01\x02"
	return build(at, at+len(charset), at+len(charset)+len(enc)) + charset + enc + index("a", "b", "c")
}

// trueTypeProgram has codes 1 and 2 in its table for symbols, which show the
// glyphs of "B" and "é" in its table for Unicode.
func trueTypeProgram() string {
	format6 := func(first int, glyphs ...int) string {
		out := binary.BigEndian.AppendUint16(nil, 6)
		for _, v := range append([]int{10 + 2*len(glyphs), 0, first, len(glyphs)}, glyphs...) {
			out = binary.BigEndian.AppendUint16(out, uint16(v))
		}
		return string(out)
	}
	symbol, plain, accent := format6(0xF001, 7, 8), format6('B', 7), format6(0xE9, 8)
	table := "\x00\x00\x00\x03"
	at := 4 + 3*8
	for _, s := range []struct {
		platform, enc int
		data          string
	}{{3, 0, symbol}, {3, 1, plain}, {0, 3, accent}} {
		table += string([]byte{0, byte(s.platform), 0, byte(s.enc), 0, 0, 0, byte(at)})
		at += len(s.data)
	}
	table += symbol + plain + accent
	return "\x00\x01\x00\x00\x00\x01" + strings.Repeat("\x00", 6) + "cmap\x00\x00\x00\x00\x00\x00\x00\x1c" +
		string([]byte{0, 0, 0, byte(len(table))}) + table
}
