package pdf

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/extract"
)

func TestOperators(t *testing.T) {
	const long = "BT /F1 10 Tf 50 700 Td (before) Tj ET "
	tests := []struct {
		name    string
		page    testPage
		want    string
		quality corpus.State
	}{
		{name: "Tj", page: testPage{content: "BT /F1 12 Tf 72 700 Td (Hello world) Tj ET"}, want: "Hello world"},
		{name: "TJ gap is a space", page: testPage{content: "BT /F1 12 Tf 72 700 Td [(Hello)-300(wor)20(ld)] TJ ET"}, want: "Hello world"},
		{name: "quote operators", page: testPage{content: `BT /F1 12 Tf 14 TL 72 700 Td (one) Tj (two) ' 1 2 (three) " ET`}, want: "one\ntwo\nthree"},
		{name: "quote without operands", page: testPage{content: `BT /F1 12 Tf " ' (x) Tj ET`, entries: "/CropBox[-50 -50 600 800]"}, want: "x"},
		{name: "T* and TD", page: testPage{content: "BT /F1 12 Tf 72 700 Td (one) Tj 0 -14 TD (two) Tj T* (three) Tj ET"}, want: "one\ntwo\nthree"},
		{name: "word spacing is no double space", page: testPage{content: "BT /F1 12 Tf 5 Tw 72 700 Td (a b c) Tj ET"}, want: "a b c"},
		{name: "character spacing", page: testPage{content: "BT /F1 12 Tf 6 Tc 72 700 Td (SPACED) Tj ET"}, want: "SPACED"},
		{name: "letters set one by one", page: testPage{content: "BT /F1 10 Tf 72 700 Td [(T)-400(I)-400(T)-400(L)-400(E)-400(S)] TJ ET"}, want: "TITLES"},
		{name: "horizontal scaling", page: testPage{content: "BT /F1 12 Tf 50 Tz 72 700 Td (narrow) Tj 17.5 0 Td (type) Tj ET"}, want: "narrowtype"},
		{name: "rise", page: testPage{content: "BT /F1 12 Tf 72 700 Td (note) Tj 5 Ts (1) Tj ET"}, want: "note1"},
		{name: "invisible text is read", page: testPage{content: "BT 3 Tr /F1 12 Tf 72 700 Td (recognised) Tj ET"}, want: "recognised"},
		{name: "unbalanced Q", page: testPage{content: "Q Q Q q BT /F1 12 Tf 72 700 Td (still here) Tj ET q q"}, want: "still here"},
		{name: "cm", page: testPage{content: "q 2 0 0 2 0 0 cm BT /F1 6 Tf 36 350 Td (scaled) Tj ET Q"}, want: "scaled"},
		{name: "text outside of the page", page: testPage{content: long + "BT /F1 10 Tf 50 -300 Td (gone) Tj 900 900 Td (gone) Tj ET"}, want: "before"},
		{name: "fake bold", page: testPage{content: "BT /F1 12 Tf 72 700 Td (Bold) Tj 0.4 0 Td (Bold) Tj ET"}, want: "Bold"},
		{name: "double letters stay", page: testPage{content: "BT /F1 12 Tf 72 700 Td (Hill 1111 committee) Tj ET"}, want: "Hill 1111 committee"},
		{name: "inline image", page: testPage{content: long + "q 10 0 0 10 0 0 cm BI /W 4 /H 4 /BPC 8 ID \x00\xffEI (Tj \x01\x02 EI Q BT /F1 10 Tf 50 680 Td (after) Tj ET"}, want: "before\nafter"},
		{name: "broken string", page: testPage{content: long + "BT /F1 10 Tf 50 680 Td <48656c6Zc6f> Tj \\ ) > ] (x\\q) Tj ET"}, want: "before\nHelloxq"},
		{name: "paragraphs", page: testPage{content: "BT /F1 10 Tf 12 TL 72 700 Td (one) Tj (two) ' (three) ' 0 -30 Td (four) Tj (five) ' ET"}, want: "one\ntwo\nthree\n\nfour\nfive"},
		{name: "broken word", page: testPage{content: "BT /F1 10 Tf 12 TL 72 700 Td (labour migra-) Tj (tion policy) ' ET"}, want: "labour migration\npolicy"},
		{name: "hyphen before a capital stays", page: testPage{content: "BT /F1 10 Tf 12 TL 72 700 Td (the Euro-) Tj (Mediterranean area) ' ET"}, want: "the Euro-\nMediterranean area"},
		{name: "hyphened word keeps its hyphen", page: testPage{content: "BT /F1 10 Tf 12 TL 72 700 Td (peut-\\352tre, peut-) Tj (\\352tre pas) ' ET"}, want: "peut-être, peut-être\npas"},
		{name: "soft hyphen", page: testPage{content: "BT /F1 10 Tf 12 TL 72 700 Td (mi\\255gra\\255) Tj (tion) ' ET"}, want: "migration"},
		{name: "tabs and newlines are spaces", page: testPage{content: "BT /F1 10 Tf 72 700 Td (a\\tb\\nc) Tj ET"}, want: "a b c"},
		{name: "form", page: testPage{content: long + "/X Do", resources: "/XObject<</X 1 0 R>>"}, want: "before\nin form"},
		{name: "empty page", page: testPage{}, want: ""},
		{name: "no font", page: testPage{content: "BT /Nope 12 Tf 72 700 Td (text) Tj ET"}, want: "text"},
		{name: "mirrored twice", page: testPage{content: "1 0 0 -1 0 800 cm BT /F1 12 Tf 1 0 0 -1 72 100 Tm (upright) Tj ET"}, want: "upright"},
		{name: "damaged font", page: testPage{content: "BT /F1 12 Tf 72 700 Td (the rest is read) Tj ET", font: "<</Type/Font/Subtype/Type1/Encoding 30 0`R>>"},
			want: "the rest is read", quality: corpus.Partial},
		{name: "what a damaged font may mean", page: testPage{content: "BT /F1 12 Tf 72 700 Td (the word \\214le is not whole) Tj ET", font: "<</Type/Font/Subtype/Type1/Encoding 30 0`R>>"},
			want: "the word \uFFFDle is not whole", quality: corpus.Partial},
		{name: "size that is no number", page: testPage{content: "1 0 0 1 50 700 cm BT /F1 . Tf (tiny) Tj ET"}, want: "tiny"},
		{name: "stray operator in an array", page: testPage{content: "BT /F1 12 Tf 72 700 Td [(x) 0 Tc -10 (y) ] TJ [(z)] TJ ET"}, want: "xyz"},
		{name: "array that is not closed", page: testPage{content: "BT /F1 12 Tf 72 700 Td [(x) Tj\n(y) Tj ET"}, want: "y"},
		{name: "ActualText", page: testPage{content: "BT /F1 12 Tf 72 700 Td /Span <</ActualText (fi)>> BDC (\\001) Tj EMC (sh) Tj ET"}, want: "fish"},
		{name: "empty ActualText hides", page: testPage{content: "BT /F1 12 Tf 72 700 Td (a) Tj /Span <</ActualText ()>> BDC (xx) Tj EMC ET"}, want: "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := &builder{}
			b.stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]", "BT /F1 10 Tf 50 688 Td (in form) Tj ET")
			pages, _, err := read(t, b.document("", tt.page))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, pages[0].Text); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
			want := tt.quality
			if want == "" {
				want = corpus.Complete
			}
			if pages[0].Quality.State != want {
				t.Errorf("quality %+v, want %s", pages[0].Quality, want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	font := func(entries string) string { return "<</Type/Font/Subtype/Type1/BaseFont/Any" + entries + ">>" }
	toUnicode := "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange " +
		"3 beginbfchar <0001> <0041> <0002> <00660066> <0008> <> endbfchar 2 beginbfrange <0003> <0005> <0061> <0006> <0007> [<0627> <06440627>] endbfrange endcmap"
	cjk := func(cmap string) string {
		return "<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/" + cmap + "/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/DW 1000>>]>>"
	}
	tests := []struct{ name, font, show, want string }{
		{"WinAnsi", font("/Encoding/WinAnsiEncoding"), "(l\\222\\234uvre \\200)", "l’œuvre €"},
		{"MacRoman", font("/Encoding/MacRomanEncoding"), "(l\\325\\317uvre \\216t\\216)", "l’œuvre été"},
		{"Standard", font("/Encoding/StandardEncoding"), "(l'\\372uvre \\256)", "l’œuvre fi"},
		{"Differences over WinAnsi", font("/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[1/fi/uni00E9/u00E8 65/A.alt]>>"), "(\\001\\002\\003A\\222\\234)", "fiéèA’œ"},
		{"Differences without base", font("/Encoding<</Differences[39/quotesingle 100/f_f/eacute]>>"), "('dex\\222\\234)", "'fféx’œ"},
		{"names that are codes", font("/Encoding<</Differences[1/g72/g101/g108/g112]>>"), "(\\001\\002\\003\\004)", "Help"},
		{"Symbol", "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>", "(abg)", "αβγ"},
		{"ToUnicode wins", font("/Encoding/WinAnsiEncoding/ToUnicode 1 0 R"), "(\\001\\002\\003\\005)", "Affac"},
		{"Type0", "<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/ToUnicode 1 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/DW 500/W[1[600 700] 3 5 550]>>]>>", "<000100020003>", "Affa"},
		{"glyph that is known to have no text", "<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/ToUnicode 1 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/DW 500>>]>>", "<000100080003>", "Aa"},
		{"lam-alef in one glyph", "<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/ToUnicode 1 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/DW 500>>]>>", "<00070006>", "الا"},
		{"UCS2", "<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/DW 1000>>]>>", "<4F6000660069>", "你fi"},
		{"Shift-JIS", cjk("90ms-RKSJ-H"), "<93FA967B 41 B1>", "日本Aア"},
		{"EUC-JP", cjk("EUC-H"), "<C6FCCBDC 41>", "日本A"},
		{"JIS", cjk("H"), "<467C4B5C>", "日本"},
		{"GBK", cjk("GBK-EUC-H"), "<D6D0B9FA 2E>", "中国."},
		{"GB 18030 of four bytes", cjk("GBK2K-H"), "<D6D0 8139EF30>", "中㐁"},
		{"Big5", cjk("ETen-B5-H"), "<A4A4B0EA>", "中國"},
		{"Korean", cjk("KSCms-UHC-H"), "<C7D1B1B9 41>", "한국A"},
		{"a code that no encoding has", cjk("90ms-RKSJ-H"), "<93FA FFFF>", "日��"},
		{"a code that is cut off", cjk("GBK-EUC-H"), "<D6D0 B9>", "中�"},
		{"Type3 with names", "<</Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FontBBox[0 0 100 100]/FirstChar 1/LastChar 2/Widths[60 60]/Encoding<</Differences[1/h/i]>>/CharProcs<<>>>>", "(\\001\\002)", "hi"},
		{"Type3 with ToUnicode", "<</Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FontBBox[0 0 100 100]/FirstChar 1/LastChar 5/Widths[60 60 60 60 60]/Encoding<</Differences[1/x1/x2/x3]>>/CharProcs<<>>/ToUnicode 1 0 R>>", "(\\001\\003)", "Aa"},
		{"TeX accent", font("/Encoding<</Differences[1/acute/dotlessi]>>/FirstChar 1/Widths[500 280]/FontDescriptor<</MissingWidth 444>>"), "[(\\001)500(e)]", "é"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := &builder{}
			b.stream("", toUnicode)
			op := "Tj"
			if strings.HasPrefix(tt.show, "[") {
				op = "TJ"
			}
			pages, _, err := read(t, b.document("", testPage{content: "BT /F1 12 Tf 72 700 Td " + tt.show + " " + op + " ET", font: tt.font}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, pages[0].Text); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}

func TestQuality(t *testing.T) {
	noMap := "<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2>>]>>"
	tests := []struct {
		name string
		page testPage
		want corpus.Quality
	}{
		{"empty", testPage{}, corpus.Quality{State: corpus.Complete}},
		{"no Unicode", testPage{content: "BT /F1 12 Tf 72 700 Td <000100020003> Tj ET", font: noMap},
			corpus.Quality{State: corpus.Unreadable, Reason: corpus.ReasonGlyphs}},
		{"some without Unicode", testPage{content: "BT /F1 12 Tf 72 700 Td (abcdefgh\\001) Tj ET",
			font: "<</Type/Font/Subtype/Type1/BaseFont/Any/Encoding<</Differences[1/strange]>>>>"},
			corpus.Quality{State: corpus.Suspicious, Reason: corpus.ReasonGlyphs}},
		{"scan", testPage{content: "q 600 0 0 800 0 0 cm /I Do Q", resources: "/XObject<</I 1 0 R>>"},
			corpus.Quality{State: corpus.Scan, Reason: corpus.ReasonImage}},
		{"scan of a clipping", testPage{content: "q 300 0 0 400 0 0 cm /I Do Q", resources: "/XObject<</I 1 0 R>>"},
			corpus.Quality{State: corpus.Scan, Reason: corpus.ReasonImage}},
		{"small picture", testPage{content: "q 60 0 0 80 0 0 cm /I Do Q", resources: "/XObject<</I 1 0 R>>"},
			corpus.Quality{State: corpus.Complete}},
		{"picture with the mark of its maker", testPage{content: "q 600 0 0 800 0 0 cm /I Do Q BT /F1 12 Tf 72 700 Td (scanned) Tj ET", resources: "/XObject<</I 1 0 R>>"},
			corpus.Quality{State: corpus.Suspicious, Reason: corpus.ReasonPicture}},
		{"picture with text", testPage{content: "q 600 0 0 800 0 0 cm /I Do Q BT /F1 12 Tf 72 700 Td (The law of the land in force since the year it was passed) Tj ET", resources: "/XObject<</I 1 0 R>>"},
			corpus.Quality{State: corpus.Complete}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := &builder{}
			b.stream("/Type/XObject/Subtype/Image/Width 1/Height 1", "x")
			pages, _, err := read(t, b.document("", tt.page))
			if err != nil {
				t.Fatal(err)
			}
			tt.want.Engine = Engine
			if diff := cmp.Diff(tt.want, pages[0].Quality); diff != "" {
				t.Errorf("quality (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRotation checks where a word stands on pages that are turned and cut.
func TestRotation(t *testing.T) {
	const content = "BT /F1 20 Tf 100 700 Td (word) Tj ET"
	tests := []struct {
		name    string
		entries string
		content string
		x, y    float64 // of the middle of the word, in shares of the page as seen
	}{
		{"upright", "", content, 122.2 / 600, 93.8 / 800},
		{"turned by 90", "/Rotate 90", content, 706.2 / 800, 122.2 / 600},
		{"turned by 180", "/Rotate 180", content, 1 - 122.2/600, 1 - 93.8/800},
		{"turned by -90", "/Rotate -90", content, 1 - 706.2/800, 1 - 122.2/600},
		{"cut", "/CropBox[50 400 350 800]", content, 72.2 / 300, 93.8 / 400},
		{"turned line", "", "BT /F1 20 Tf 0 1 -1 0 300 100 Tm (word) Tj ET", 293.8 / 600, (800 - 122.2) / 800},
		{"line at 45 degrees", "", "BT /F1 20 Tf .7071 .7071 -.7071 .7071 300 300 Tm (word) Tj ET", 311.4 / 600, (800 - 320.1) / 800},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pages, _, err := read(t, document("", testPage{content: tt.content, entries: tt.entries}))
			if err != nil {
				t.Fatal(err)
			}
			if pages[0].Text != "word" || len(pages[0].Boxes) != 1 {
				t.Fatalf("page %+v", pages[0])
			}
			b := pages[0].Boxes[0]
			x, y := float64(b.X+b.W/2), float64(b.Y+b.H/2)
			if math.Abs(x-tt.x) > .01 || math.Abs(y-tt.y) > .01 {
				t.Errorf("the word stands at %.3f, %.3f; want %.3f, %.3f (box %+v)", x, y, tt.x, tt.y, b)
			}
		})
	}
}

func TestBoxesOfABrokenWord(t *testing.T) {
	pages, _, err := read(t, document("", testPage{content: "BT /F1 10 Tf 12 TL 72 700 Td (migra-) Tj (tion) ' ET"}))
	if err != nil {
		t.Fatal(err)
	}
	p := pages[0]
	var got []string
	for _, b := range p.Boxes {
		got = append(got, p.Text[b.Start:b.End])
	}
	if diff := cmp.Diff([]string{"migra", "tion"}, got); diff != "" {
		t.Errorf("boxes (-want +got):\n%s", diff)
	}
	if len(p.Boxes) == 2 && p.Boxes[0].Y >= p.Boxes[1].Y {
		t.Errorf("the first half does not stand above the second: %+v", p.Boxes)
	}
}

func deflate(data []byte) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.String()
}

func TestHostile(t *testing.T) {
	good := document("", testPage{content: "BT /F1 12 Tf 72 700 Td (good text) Tj ET"})
	tests := []struct {
		name string
		data func() []byte
		err  error  // nil: pages are read
		text string // of the first page
		want corpus.State
	}{
		{name: "nothing", data: func() []byte { return nil }, err: extract.ErrEmpty},
		{name: "white space", data: func() []byte { return []byte(" \n\n ") }, err: extract.ErrEmpty},
		{name: "no PDF", data: func() []byte { return []byte("Hello, I am a text that ends in %%EOF") }, err: extract.ErrDamaged},
		{name: "head only", data: func() []byte { return good[:20] }, err: extract.ErrDamaged},
		{name: "cut off", data: func() []byte { return good[:len(good)-60] }, text: "good text", want: corpus.Complete},
		{name: "junk before and after", data: func() []byte {
			return append(append([]byte("HTTP/1.1 200 OK\r\n\r\n"), good...), bytes.Repeat([]byte("x"), 3000)...)
		}, text: "good text", want: corpus.Complete},
		{name: "wrong table", data: func() []byte { return bytes.Replace(good, []byte("0000000015"), []byte("0000000099"), 1) }, text: "good text", want: corpus.Complete},
		{name: "version 2.0", data: func() []byte { return bytes.Replace(good, []byte("%PDF-1.7"), []byte("%PDF-2.0"), 1) }, text: "good text", want: corpus.Complete},
		{name: "damaged header", data: func() []byte { return bytes.Replace(good, []byte("%PDF-"), []byte("\x00\x00DF?"), 1) }, text: "good text", want: corpus.Complete},
		{name: "no header", data: func() []byte { return good[len("%PDF-1.7\n"):] }, text: "good text", want: corpus.Complete},
		{name: "no pages", data: func() []byte {
			b := &builder{}
			b.add("<</Type/Pages/Kids[]/Count 0>>")
			return b.bytes(b.add("<</Type/Catalog/Pages 1 0 R>>"))
		}, err: extract.ErrDamaged},
		{name: "page tree in circles", data: func() []byte {
			b := &builder{}
			b.add("<</Type/Pages/Kids[1 0 R 1 0 R 2 0 R]/Count 3>>")
			b.add("<</Type/Pages/Kids[1 0 R]/Count 1>>")
			return b.bytes(b.add("<</Type/Catalog/Pages 1 0 R>>"))
		}, err: extract.ErrDamaged},
		{name: "page tree that doubles", data: func() []byte {
			b := &builder{}
			b.add("<</Type/Page/MediaBox[0 0 10 10]>>")
			for i := range 20 {
				b.add(fmt.Sprintf("<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>", i+1, i+1))
			}
			return b.bytes(b.add("<</Type/Catalog/Pages 21 0 R>>"))
		}, err: extract.ErrTooLarge},
		{name: "form in circles", data: func() []byte {
			b := &builder{}
			b.stream("/Type/XObject/Subtype/Form/Resources<</XObject<</X 1 0 R>>>>", "/X Do /X Do")
			return b.document("", testPage{content: "/X Do BT /F1 12 Tf 72 700 Td (after) Tj ET", resources: "/XObject<</X 1 0 R>>"})
		}, text: "after", want: corpus.Complete},
		{name: "forms that double", data: func() []byte {
			b := &builder{}
			for i := range 11 {
				b.stream(fmt.Sprintf("/Type/XObject/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>", i+2), strings.Repeat("/X Do ", 10))
			}
			b.stream("/Type/XObject/Subtype/Form", "")
			return b.document("", testPage{content: "/X Do", resources: "/XObject<</X 1 0 R>>"})
		}, want: corpus.Unreadable},
		{name: "deep arrays", data: func() []byte {
			return document("", testPage{content: strings.Repeat("[", 100_000) + strings.Repeat("<<", 100_000) + " BT /F1 12 Tf (x) Tj"})
		}, want: corpus.Complete},
		{name: "too many glyphs", data: func() []byte {
			b := &builder{}
			b.stream("/Type/XObject/Subtype/Form/Filter/FlateDecode",
				deflate([]byte("BT /F1 1 Tf 72 700 Td ("+strings.Repeat("a", 30_000)+") Tj ET")))
			return b.document("", testPage{content: "0.001 0 0 0.001 10 10 cm " + strings.Repeat("/X Do ", 40), resources: "/XObject<</X 1 0 R>>"})
		}, want: corpus.Partial, text: "*"},
		{name: "contents are missing", data: func() []byte {
			return bytes.Replace(good, []byte("/Contents 2 0 R"), []byte("/Contents 9 0 R"), 1)
		}, want: corpus.Complete},
		{name: "unknown encryption", data: func() []byte {
			b := &builder{trailer: "/Encrypt<</Filter/Adobe.PubSec/V 4>>/ID[(1)(1)]"}
			return b.document("", testPage{content: "x"})
		}, err: extract.ErrUnsupported},
		{name: "password", data: func() []byte {
			b := &builder{trailer: "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(" + strings.Repeat("o", 32) + ")/U(" + strings.Repeat("u", 32) + ")>>/ID[(1)(1)]"}
			return b.document("", testPage{content: "x"})
		}, err: extract.ErrPassword},
		{name: "stream of objects in itself", data: func() []byte {
			b := &builder{}
			at := b.next()
			table := "\x02\x00\x01\x00" + "\x02\x00\x01\x00"
			b.stream("/Type/XRef/W[1 2 1]/Size 2/Root "+at, table)
			data := b.bytes(at)
			i := bytes.Index(data, []byte("1 0 obj"))
			return append(data[:bytes.Index(data, []byte("xref\n"))], fmt.Sprintf("startxref\n%d\n%%%%EOF\n", i)...)
		}, err: extract.ErrDamaged},
		{name: "table of a thousand million objects", data: func() []byte {
			return []byte("%PDF-1.5\n1 0 obj\n<</Type/XRef/W[1 2 1]/Size 1000000000/Root 1 0 R/Length 4>>stream\nabcd\nendstream\nendobj\nstartxref\n9\n%%EOF")
		}, err: extract.ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pages, _, err := read(t, tt.data())
			if !errors.Is(err, tt.err) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if tt.err != nil {
				return
			}
			if len(pages) == 0 {
				t.Fatal("no pages")
			}
			if pages[0].Quality.State != tt.want {
				t.Errorf("quality %+v, want %s", pages[0].Quality, tt.want)
			}
			if tt.text != "*" && pages[0].Text != tt.text {
				t.Errorf("text %q, want %q", pages[0].Text, tt.text)
			}
		})
	}
}

func TestBomb(t *testing.T) {
	b := &builder{}
	zeros := deflate(make([]byte, maxStream+10))
	content := b.stream("/Filter/FlateDecode", zeros)
	tree := fmt.Sprintf("%d 0 R", len(b.objects)+2)
	b.add("<</Type/Page/MediaBox[0 0 600 800]/Contents " + content + ">>")
	b.add("<</Type/Pages/Kids[2 0 R]/Count 1>>")
	pages, m, err := read(t, b.bytes(b.add("<</Type/Catalog/Pages "+tree+">>")))
	if err != nil {
		t.Fatal(err)
	}
	if q := pages[0].Quality; q.State != corpus.Unreadable || q.Reason != corpus.ReasonTooLarge {
		t.Errorf("quality %+v", q)
	}
	if len(m.Warnings) != 1 || !strings.Contains(m.Warnings[0], "128 MiB") {
		t.Errorf("warnings %q", m.Warnings)
	}
}

func TestDamagedPageAmongOthers(t *testing.T) {
	data := document("", testPage{content: "BT /F1 12 Tf 72 700 Td (one) Tj ET"}, testPage{content: "BT /F1 12 Tf 72 700 Td (two) Tj ET"},
		testPage{content: "BT /F1 12 Tf 72 700 Td (three) Tj ET"})
	data = bytes.Replace(data, []byte("6 0 obj\n<<"), []byte("6 0 obj\n<>"), 1)
	pages, _, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range pages {
		got = append(got, p.Text+" "+string(p.Quality.State)+" "+p.Quality.Reason)
	}
	want := []string{"one complete ", " unreadable damaged-page", "three complete "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}

func TestStops(t *testing.T) {
	data := document("", testPage{content: "BT ET"}, testPage{content: "BT ET"}, testPage{content: "BT ET"})
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	_, err := Extractor{}.Extract(ctx, data, func(corpus.Page) error { n++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || n != 1 {
		t.Errorf("after %d pages: %v", n, err)
	}
	stop := errors.New("stop")
	_, err = Extractor{}.Extract(context.Background(), data, func(corpus.Page) error { return stop })
	if !errors.Is(err, stop) {
		t.Errorf("error %v, want that of emit", err)
	}
}

func FuzzExtract(f *testing.F) {
	files, err := filepath.Glob("testdata/fr-*.pdf")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(document("/Lang(fr)", testPage{content: "BT /F1 12 Tf 72 700 Td [(Hello)-300(world)] TJ ET"}))
	f.Add(document("", testPage{content: "q 1 0 0 1 0 0 cm BI /W 1 ID x EI Q BT /F1 9 Tf (a) ' ET", entries: "/Rotate 90"}))
	f.Add([]byte("%PDF-1.4\n%%EOF"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, _ = read(t, data)
	})
}

// FuzzContent draws hostile content on a page of a sound file.
func FuzzContent(f *testing.F) {
	f.Add("BT /F1 12 Tf 72 700 Td [(Hello)-300(world)] TJ ET", "/WinAnsiEncoding", "1 beginbfchar <41> <0042> endbfchar")
	f.Add("/Span <</ActualText (a b)>> BDC BT /F1 12 Tf (x) Tj ET EMC", "<</Differences[1/a/b]>>", "1 beginbfrange <00> <ff> <0600> endbfrange")
	f.Fuzz(func(t *testing.T, content, enc, cmap string) {
		b := &builder{}
		to := b.stream("", cmap)
		_, _, _ = read(t, b.document("", testPage{content: content, font: "<</Type/Font/Subtype/Type1/Encoding" + enc + "/ToUnicode " + to + ">>"}))
	})
}
