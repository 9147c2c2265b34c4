package harvest

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

func TestParseSidecar(t *testing.T) {
	got, err := ParseSidecar([]byte(`
id: guide-2
work: guide
title: "  Guide\n to\u202Emigration "
authors: A. Author
publisher: P
issued: 2009-05-12
kind: kind/legislation-summary
languages: [fr-CA, AR, fr]
tags: [topic/asylum, country/ma]
countries: [LB, country/jo]
topics: [labour-migration, asylum]
url: https://Example.org/a b?x=1#page=3
licence: CC BY 4.0
notice: N
`))
	if err != nil {
		t.Fatal(err)
	}
	want := &Meta{ID: "guide-2", Work: "guide", Title: "Guide tomigration", Authors: []string{"A. Author"}, Publisher: "P", Issued: "2009-05-12",
		Kind: "legislation-summary", Languages: []corpus.Lang{"fr", "ar"},
		Tags: []corpus.ConceptID{"country/lb", "country/jo", "topic/asylum", "country/ma", "topic/labour-migration"},
		URL:  "https://example.org/a%20b?x=1", Licence: "CC BY 4.0", Notice: "N"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
	if m, err := ParseSidecar(nil); err != nil || !cmp.Equal(m, &Meta{}) {
		t.Errorf("empty sidecar: %+v, %v", m, err)
	}
}

func TestParseSidecarRefuses(t *testing.T) {
	for in, says := range map[string]string{
		"titel: A":                  "titel",
		"id: Guide":                 "id",
		"id: ../../etc/passwd":      "id",
		"work: a b":                 "work",
		"issued: May 2009":          "issued",
		"issued: 2009-13":           "issued",
		"kind: topic/asylum":        "kind",
		"kind: a/b/c":               "kind",
		"languages: [french]":       "languages",
		"countries: [topic/asylum]": "countries",
		"tags: [/]":                 "tags",
		"topics: [[a, b]]":          "topics",
		"authors: {a: b}":           "authors",
		"url: javascript:alert(1)":  "url",
		"url: file:///etc/passwd":   "url",
		"url: https://me:pw@x.org/": "url",
		"url: https:///x":           "url",
		"title: [a, b]":             "title",
		"title.fr: [a, b]":          "title.fr",
		"abstract.french: a":        "abstract.french",
		"publisher.fr: a":           "publisher.fr",
		"notes: no page":            "notes",
		"notes: [0 :a]":             "notes",
		"notes.ar: ['3:']":          "notes.ar",
		"notes.arabic: {1: a}":      "notes.arabic",
		"notes: {a: b}":             "notes",
		"notes: {1: {2: b}}":        "notes",
		"notes: {1: " + strings.Repeat("x", maxNote+1) + "}": "notes",
		"abstract: " + strings.Repeat("x", maxAbstract+1):    "abstract",
		"title: " + strings.Repeat("x", maxLine+1):           "title",
		"authors: [" + strings.Repeat("a,", maxList+1) + "]": "authors",
		"{":                         "",
		"a: &a [*a, *a]":            "",
		"\xff\xfe\x00":              "",
		"- list":                    "",
		strings.Repeat("[", 10_000): "",
	} {
		m, err := ParseSidecar([]byte(in))
		if !errors.Is(err, ErrRecord) || !strings.Contains(err.Error(), says) {
			t.Errorf("ParseSidecar(%.40q) = %+v, %v; want an error that names %q", in, m, err, says)
		}
	}
}

func TestRecordsInOtherPeoplesWords(t *testing.T) {
	got, err := ParseSidecar([]byte("author: A\ndate: 2009-05\nlanguage: fr\nlicense: CC0\norigin: https://example.org/a\n" +
		"kind: Étude\ntags: [travail domestique, lb]\ncountry: Lebanon\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := &Meta{Authors: []string{"A"}, Issued: "2009-05", Languages: []corpus.Lang{"fr"}, Licence: "CC0", URL: "https://example.org/a",
		Tags:   []corpus.ConceptID{"country/lebanon"},
		Labels: []Label{{"kind", "Étude"}, {"", "travail domestique"}, {"", "lb"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
}

func TestNotes(t *testing.T) {
	m, err := ParseSidecar([]byte("notes.en:\n  12: \"Twelve: a\\u202E case.\"\n  3: Three.\nnotes.FR: ['3 : Trois.', '3: again', '2: Deux.']\nnotes: {2: ''}\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []corpus.PageNote{{Page: 2, Lang: "fr", Text: "Deux."}, {Page: 3, Lang: "en", Text: "Three."}, {Page: 3, Lang: "fr", Text: "Trois."}, {Page: 12, Lang: "en", Text: "Twelve: a case."}}
	if diff := cmp.Diff(want, m.Notes); diff != "" {
		t.Errorf("notes of a sidecar (-want +got):\n%s", diff)
	}
	rows, err := parseManifest([]byte("file\tnotes\na.pdf\t3: Ours.|4: Theirs.\n"))
	if err != nil {
		t.Fatal(err)
	}
	below := NotesIn("fr", rows.rows["a.pdf"].meta.Notes)
	want = []corpus.PageNote{{Page: 3, Lang: "fr", Text: "Ours."}, {Page: 4, Lang: "fr", Text: "Theirs."}}
	if diff := cmp.Diff(want, below); diff != "" {
		t.Errorf("notes of a manifest (-want +got):\n%s", diff)
	}
	want = []corpus.PageNote{m.Notes[0], m.Notes[1], m.Notes[2], {Page: 4, Lang: "fr", Text: "Theirs."}, m.Notes[3]}
	if diff := cmp.Diff(want, m.Under(&Meta{Notes: below}).Notes); diff != "" {
		t.Errorf("notes under others (-want +got):\n%s", diff)
	}
}

func TestAbstracts(t *testing.T) {
	m, err := ParseSidecar([]byte("abstract: |\n  One\n  line.\n\n  Two.\nabstract.FR: [Un., Deux.]\ntitle.fr: Le\u202E guide\ntitle.ar: دليل\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []corpus.Abstract{{Text: "One line.\n\nTwo."}, {Lang: "ar", Title: "دليل"}, {Lang: "fr", Title: "Le guide", Text: "Un.\n\nDeux."}}
	if diff := cmp.Diff(want, m.Abstracts); diff != "" {
		t.Errorf("abstracts of a sidecar (-want +got):\n%s", diff)
	}
	in := AbstractsIn("fr", m.Abstracts)
	want = []corpus.Abstract{{Lang: "ar", Title: "دليل"}, {Lang: "fr", Title: "Le guide", Text: "One line.\n\nTwo."}}
	if diff := cmp.Diff(want, in); diff != "" {
		t.Errorf("the same of a document in French (-want +got):\n%s", diff)
	}
	rows, err := parseManifest([]byte("file\tabstract.en\ttitle.en\na.pdf\tOne.|Two.\tGuide\n"))
	if err != nil {
		t.Fatal(err)
	}
	want = []corpus.Abstract{{Lang: "ar", Title: "دليل"}, {Lang: "en", Title: "Guide", Text: "One.\n\nTwo."}, {Lang: "fr", Title: "Le guide", Text: "Un.\n\nDeux."}}
	if diff := cmp.Diff(want, (&Meta{Abstracts: m.Abstracts[1:]}).Under(rows.rows["a.pdf"].meta).Abstracts); diff != "" {
		t.Errorf("with those of a manifest (-want +got):\n%s", diff)
	}
	front, _ := FromFrontMatter(map[string]any{"description": "D", "abstract": "A", "summary": "S"})
	if diff := cmp.Diff([]corpus.Abstract{{Text: "A"}}, front.Abstracts); diff != "" {
		t.Errorf("of front matter (-want +got):\n%s", diff)
	}
}

func TestFromFrontMatter(t *testing.T) {
	m, warnings := FromFrontMatter(map[string]any{
		"title": "A", "issued": time.Date(2009, 5, 12, 0, 0, 0, 0, time.UTC), "layout": "post", "languages": []any{"en"},
		"authors": []any{"A", 7.0}, "id": "Not An ID", "notice": true,
	})
	want := &Meta{Title: "A", Issued: "2009-05-12", Languages: []corpus.Lang{"en"}, Authors: []string{"A", "7"}, Notice: "true"}
	if diff := cmp.Diff(want, m); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
	if len(warnings) != 1 || !strings.Contains(warnings[0], "id") { // "layout" is for another program
		t.Errorf("warnings: %q", warnings)
	}
	if m, warnings := FromFrontMatter(nil); !cmp.Equal(m, &Meta{}) || warnings != nil {
		t.Errorf("no front matter: %+v, %q", m, warnings)
	}
}

func TestUnder(t *testing.T) {
	side := &Meta{Title: "S", Authors: []string{"A"}}
	row := &Meta{Title: "M", Kind: "study", Authors: []string{"B", "C"}}
	want := &Meta{Title: "S", Kind: "study", Authors: []string{"A"}}
	if diff := cmp.Diff(want, side.Under(row)); diff != "" {
		t.Errorf("record (-want +got):\n%s", diff)
	}
	var none *Meta
	if none.Under(row) != row || row.Under(nil) != row || none.Under(nil) != nil {
		t.Error("a record that is missing changes the other")
	}
}

func TestParseManifest(t *testing.T) {
	m, err := parseManifest([]byte("\uFEFFFile\ttitle\tauthors\tlanguages\r\n" +
		"a.pdf\tA\tX | Y||Z\tfr|ar\r\n" +
		"\r\n" +
		"b.pdf\tB\r\n" +
		"c.pdf\tC\tX\tfrench\n" +
		"d.pdf\tD\tX\tfr\textra\n" +
		"b.pdf\tagain\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := &Meta{Title: "A", Authors: []string{"X", "Y", "Z"}, Languages: []corpus.Lang{"fr", "ar"}}
	if diff := cmp.Diff(want, m.rows["a.pdf"].meta); diff != "" {
		t.Errorf("row (-want +got):\n%s", diff)
	}
	for file, says := range map[string][]string{
		"c.pdf": {"line 5", `"languages"`, "french"},
		"d.pdf": {"line 6", "5 cells", "4 columns"},
		"b.pdf": {"4 and 7"},
	} {
		err := m.rows[file].err
		for _, s := range says {
			if !errors.Is(err, ErrRecord) || !strings.Contains(err.Error(), s) {
				t.Errorf("%s: %v does not say %q", file, err, s)
			}
		}
	}
}

func TestParseManifestRefuses(t *testing.T) {
	for in, says := range map[string]string{
		"file\ttitel\na\tb":                   `line 1: column 2, "titel"`,
		"title\nA":                            `no column "file"`,
		"file\tfile\n":                        "twice",
		"file\ttitle\n\tA":                    "line 2",
		"file\n../a.pdf":                      "line 2",
		"file\nsub/a.pdf":                     "line 2",
		"file\n..":                            "line 2",
		"file\na\\b":                          "line 2",
		"file\n\xff":                          "UTF-8",
		"		file":                              "column 1",
		"\x00":                                "column 1",
		"file\t" + strings.Repeat("x", 1<<20): "not known",
	} {
		m, err := parseManifest([]byte(in))
		if !errors.Is(err, ErrRecord) || !strings.Contains(err.Error(), says) || len(err.Error()) > 1000 {
			t.Errorf("parseManifest(%.30q) = %+v, %.300v; want an error that says %q", in, m, err, says)
		}
	}
	if m, err := parseManifest(nil); err != nil || len(m.rows) != 0 {
		t.Errorf("empty manifest: %+v, %v", m, err)
	}
}

func FuzzRecords(f *testing.F) {
	f.Add([]byte("file\ttitle\na.pdf\tA|B\n"))
	f.Add([]byte("title: A\nissued: 2009\ntags: [country/ma]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var found []*Meta
		if m, err := ParseSidecar(data); err == nil {
			found = append(found, m)
		}
		if m, err := parseManifest(data); err == nil {
			for _, r := range m.rows {
				if r.err == nil {
					found = append(found, r.meta)
				}
			}
		}
		for _, m := range found {
			if err := check(m); err != nil {
				t.Errorf("%q gives %+v: %v", data, m, err)
			}
		}
	})
}

// check says what of a record should never be in one.
func check(m *Meta) error {
	for _, id := range []corpus.ID{m.ID, m.Work} {
		if _, err := corpus.ParseID(string(id)); id != "" && err != nil {
			return err
		}
	}
	if _, err := corpus.ParseDate(string(m.Issued)); m.Issued != "" && err != nil {
		return err
	}
	if m.URL != "" && !strings.HasPrefix(m.URL, "http") {
		return fmt.Errorf("address %q", m.URL)
	}
	for _, s := range append([]string{m.Title, m.Publisher, m.Licence, m.Notice}, m.Authors...) {
		if strings.ContainsAny(s, "\x00\n\t\u202E") {
			return fmt.Errorf("text %q", s)
		}
	}
	return nil
}
