package html

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"marsa/corpus"
	"marsa/internal/extract"
)

type page struct{ Label, Text string }

func read(t testing.TB, data string) ([]page, *extract.Meta, error) {
	t.Helper()
	var got []page
	m, err := Extractor{}.Extract(t.Context(), []byte(data), func(p corpus.Page) error {
		got = append(got, page{p.Label, p.Text})
		return nil
	})
	return got, m, err
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", "<p>one\n  line</p><p>two<br>lines</p>three", "one line\n\ntwo\nlines\n\nthree"},
		{"inline", "<p>mi<b>gra</b>tion <i>is</i> <span>here</span></p>", "migration is here"},
		{"not shown", "<p>a</p><script>x</script><style>y</style><noscript>z</noscript><p hidden>h</p><p style='display: none'>d</p><nav>n</nav>", "a"},
		{"list", "<ul><li>a<li><p>b</p><ol start=3><li>c<li>d</ol></ul>after", "• a\n• b\n  3. c\n  4. d\n\nafter"},
		{"definitions", "<dl><dt>Term<dd>what it is<dt>Other<dd>that</dl>", "Term\nwhat it is\nOther\nthat"},
		{"table", "<table><caption>C</caption><tr><th>a<th>b<tr><td>c<br>c<td>d</table>", "C\na\tb\nc c\td"},
		{"table for the layout", "<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", "a\tb\n\nc"},
		{"white space that counts", "<pre>a\n  b</pre>", "a\n  b"},
		{"no-break space", "<p>a&nbsp;&nbsp; b</p>", "a b"},
		{"number of a note", "<p>word<sup><a href=#1>1</a></sup> m<sup>2</sup></p>", "word 1 m2"},
		{"Arabic", "<p dir=rtl>هجـــرة ﺍﻟﻌﻤﺎﻝ</p>", "هجرة العمال"},
		{"Hebrew as it is shown", "<p>ןוחטיבה תצעומ (תטלחהב) הנד\nםישנא דועו</p><p>םלוכל םולש</p>", "דנה (בהחלטת) מועצת הביטחון ועוד אנשים\n\nשלום לכולם"},
		{"entities", "<p>l&rsquo;&eacute;t&eacute; &lt;b&gt;</p>", "l’été <b>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := read(t, c.in)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]page{{"", c.want}}, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestMainContent(t *testing.T) {
	prose := strings.Repeat("The permit is granted for one year, and the employer pays the fee before the worker travels. ", 8)
	got, m, err := read(t, `<html lang=fr><head><title>Permits – The Site</title></head><body>
<div class="menu"><a href=/a>Home</a><a href=/b>News</a></div><h1>Permits</h1>
<div class="article"><p>`+prose+`</p><h2>Fees</h2><p>`+prose+`</p></div>
<div class="footer"><a href=/c>Contact</a></div></body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	prose = strings.TrimSpace(prose)
	want := []page{{"Permits", "Permits\n\n" + prose}, {"Fees", "Fees\n\n" + prose}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if m.Title != "Permits" || m.Lang != "fr" || len(m.Outline) != 2 || m.Outline[1].Page != 2 {
		t.Errorf("meta: %+v", m)
	}
}

func TestMeta(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       extract.Meta
	}{
		{"citation", `<meta name=citation_title content="Labour law"><meta name=citation_author content="Test, Amina"><meta name=citation_author content="Sample, Paul">
			<meta name=citation_publication_date content="2009/05"><meta name=citation_publisher content="Ministry"><meta name=DC.title content="other"><title>x y z</title>`,
			extract.Meta{Title: "Labour law", TitleFrom: corpus.FromFile, Authors: []string{"Test, Amina", "Sample, Paul"}, Issued: "2009-05", Publisher: "Ministry"}},
		{"Dublin Core", `<meta name="DC.Title" content="Droit du travail"><meta name="DC.creator" content="A. Test"><meta name="dcterms.issued" content="2011"><meta name=DC.language content="fr-FR">`,
			extract.Meta{Title: "Droit du travail", TitleFrom: corpus.FromFile, Authors: []string{"A. Test"}, Issued: "2011", Lang: "fr"}},
		{"Open Graph", `<meta property="og:title" content="قانون العمل"><meta property="og:site_name" content="الوزارة"><meta property="article:published_time" content="2020-02-03T10:00:00Z"><meta property="og:locale" content="ar_MA">`,
			extract.Meta{Title: "قانون العمل", TitleFrom: corpus.FromFile, Publisher: "الوزارة", Issued: "2020-02-03", Lang: "ar"}},
		{"JSON-LD", `<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"s"},{"@type":"Report","headline":"Labour report","author":[{"name":"A. Test"},"P. Sample"],"publisher":{"name":"Ministry"},"datePublished":"2015-01-02","inLanguage":"en"}]}</script>`,
			extract.Meta{Title: "Labour report", TitleFrom: corpus.FromFile, Authors: []string{"A. Test", "P. Sample"}, Publisher: "Ministry", Issued: "2015-01-02", Lang: "en"}},
		{"junk", `<title>Untitled Document</title><meta name=author content=admin><meta name=date content=2001><meta name=citation_date content="soon"><script type="application/ld+json">{"headline":</script>`,
			extract.Meta{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, m, err := read(t, "<html><head>"+c.head+"</head><body><p>x</p></body></html>")
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(&c.want, m); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const arabic = "رخصة العمل لمدة سنة قابلة للتجديد"
	for _, c := range []struct {
		name, head, text string
		enc              *charmap.Charmap
	}{
		{"declared", `<meta charset=windows-1256>`, arabic, charmap.Windows1256},
		{"declared by header", `<meta http-equiv=Content-Type content="text/html; charset=iso-8859-6">`, arabic, charmap.ISO8859_6},
		{"not declared", ``, arabic, charmap.Windows1256},
		{"declared as UTF-8, and is not", `<meta charset=utf-8>`, arabic, charmap.Windows1256},
		{"French", `<meta charset=iso-8859-1>`, "L’été à Fès, cœur", charmap.Windows1252},
	} {
		t.Run(c.name, func(t *testing.T) {
			in, err := c.enc.NewEncoder().String("<html><head>" + c.head + "</head><body><p>" + c.text + "</p></body></html>")
			if err != nil {
				t.Fatal(err)
			}
			got, _, err := read(t, in)
			if d := cmp.Diff([]page{{"", c.text}}, got); d != "" || err != nil {
				t.Error(d, err)
			}
		})
	}
	got, _, err := read(t, "<html><head><meta charset=iso-8859-1></head><body><p>"+arabic)
	if d := cmp.Diff([]page{{"", arabic}}, got); d != "" || err != nil {
		t.Error("UTF-8 that is declared as something else:", d, err)
	}
}

func TestDeepPageIsReadFlat(t *testing.T) {
	got, m, err := read(t, strings.Repeat("<div><font>", 2_000)+"text<script>no</script> &amp; more")
	if err != nil || len(got) != 1 || len(m.Warnings) != 1 {
		t.Fatalf("%d pages, %+v, %v", len(got), m, err)
	}
	if got[0].Text != "text\n& more" {
		t.Errorf("got %q", got[0].Text)
	}
}

func FuzzExtract(f *testing.F) {
	for _, s := range []string{
		"<h1>A</h1><p>b<h2>C</h2><table><tr><td>d<td>e</table><ul><li>f",
		"<html lang=ar><meta name=citation_title content=x><body><ol start=9999999999><li><li>",
		"<table><table><tr><pre>\n<h1></pre>", "<svg><title>x</title></svg><template><p>", "<p>\xff\xfe<frameset>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		n := 0
		_, err := Extractor{}.Extract(t.Context(), []byte(data), func(p corpus.Page) error {
			if n++; p.Number != n || p.Text == "" || p.Text != extract.Clean(p.Text) {
				t.Errorf("page %d: number %d, %q", n, p.Number, p.Text)
			}
			return nil
		})
		if err != nil && extract.Reason(err) == "" {
			t.Errorf("error without a reason: %v", err)
		}
	})
}
