package web

import (
	"context"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"golang.org/x/net/html"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
	"marsa/web/locale"
	"marsa/web/ui"
)

// sources are the templates by file.
func sources(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(ui.Templates, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(ui.Templates, p)
		all[p] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestNoTextInTemplates finds words that a reader would see and that do not come
// from the catalogue, in text and in the attributes that are read out.
func TestNoTextInTemplates(t *testing.T) {
	letters := regexp.MustCompile(`\p{L}{2,}`)
	actions := regexp.MustCompile(`\{\{.*?\}\}`)
	attribute := regexp.MustCompile(`\b(aria-label|title|placeholder|alt|content|label)="([^"]*)"`)
	technical := regexp.MustCompile(`^(width=device-width, initial-scale=1|light dark|noindex|5)$`)
	for file, source := range sources(t) {
		plain := actions.ReplaceAllString(source, "")
		plain = strings.NewReplacer("<noscript>", "", "</noscript>", "").Replace(plain) // else its content is one text
		z := html.NewTokenizer(strings.NewReader(plain))
		for tt := z.Next(); tt != html.ErrorToken; tt = z.Next() {
			if tok := z.Token(); tok.Type == html.TextToken && letters.MatchString(tok.Data) {
				t.Errorf("%s: text outside of the catalogue: %q", file, strings.TrimSpace(tok.Data))
			}
		}
		for _, m := range attribute.FindAllStringSubmatch(plain, -1) {
			if letters.MatchString(m[2]) && !technical.MatchString(m[2]) {
				t.Errorf("%s: text outside of the catalogue: %s", file, m[0])
			}
		}
	}
}

// TestEveryTextIsUsedAndThere compares the keys that templates and code name
// with the catalogue.
func TestEveryTextIsUsedAndThere(t *testing.T) {
	all, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	var code strings.Builder
	for _, source := range sources(t) {
		code.WriteString(source)
	}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".go") && !strings.HasSuffix(f.Name(), "_test.go") {
			data, err := os.ReadFile(f.Name())
			if err != nil {
				t.Fatal(err)
			}
			code.Write(data)
		}
	}
	for _, m := range regexp.MustCompile(`"((?:site|search|home|help|values|figure|progress|results|facet|role|why|sort|hit|pager|empty|note|document|record|tags|judge|page|quality|concept|vocabulary|about|error|own)\.[a-z_]+)"`).FindAllStringSubmatch(code.String(), -1) {
		if m[1] != "site.css" && m[1] != "site.js" { // files
			used[m[1]] = true
		}
	}
	// keys that are put together
	for _, f := range valueFields {
		used["facet."+string(f)] = true
	}
	for _, r := range search.Roles {
		used["role."+r.Name] = true
	}
	for _, r := range corpus.Roles() {
		used["role."+string(r)] = true
		if r != corpus.About {
			used["tags."+string(r)], used["tags.same_"+string(r)] = true, true
		}
	}
	for _, st := range corpus.States() {
		used["state."+string(st)] = true
	}
	for _, st := range []corpus.TagState{corpus.Proposed, corpus.Confirmed, corpus.Rejected} {
		used["tag_state."+string(st)] = true
	}
	for _, reason := range corpus.Reasons() {
		used["reason."+reason], used["todo."+reason] = true, true
	}
	for _, key := range slices.Concat(helpSigns, helpFields) {
		used[key+"_example"] = true
	}
	for _, n := range []string{
		search.NoteUnclosedQuote, search.NoteWordsCut, search.NoteNoWords, search.NoteUnknownValue, search.NotePatternsCut, search.NotePatternWide,
		search.NoteYear, search.NotePageAlone, search.NotePageNumber, search.NoteParenOpen, search.NoteParenClose, search.NoteParenEmpty, search.NoteDeep, search.NoteOperator,
		search.NoteFieldValue, search.NoteStar, search.NoteNear,
	} {
		used["note."+n] = true
	}
	for _, st := range []corpus.State{corpus.Partial, corpus.Suspicious, corpus.Scan, corpus.OCR, corpus.Unreadable} {
		used[qualityKey(st)] = true
	}
	for _, l := range locale.Languages() {
		used["own."+l] = true
	}
	for key := range used {
		if !all["en"].Has(key) {
			t.Errorf("%s is not there", key)
		}
	}
	for _, key := range all["en"].Keys() {
		prefix, _, _ := strings.Cut(key, ".")
		if !used[key] && !slices.Contains([]string{"language", "list", "month", "date", "size"}, prefix) {
			t.Errorf("%s is not used", key)
		}
	}
}

// TestTemplatesParseAlone shows that every page has its directory and no
// template is without use.
func TestTemplatesParseAlone(t *testing.T) {
	defined, called := map[string]bool{}, map[string]bool{"layout": true}
	for file, source := range sources(t) {
		if dir := path.Dir(file); dir != "layout" && !slices.Contains(pageNames, dir) {
			t.Errorf("%s belongs to no page", file)
		}
		trees := map[string]*parse.Tree{}
		tree := parse.New(file)
		tree.Mode = parse.SkipFuncCheck
		if _, err := tree.Parse(source, "", "", trees); err != nil {
			t.Fatal(err)
		}
		for name := range trees {
			defined[name] = true
		}
		for _, m := range regexp.MustCompile(`\{\{-?\s*(?:template|block) "(\w+)"`).FindAllStringSubmatch(source, -1) {
			called[m[1]] = true
		}
	}
	for name := range defined {
		if !called[name] && !strings.HasSuffix(name, ".html") {
			t.Errorf("template %s is not used", name)
		}
	}
}

// TestEveryPageWithNothing executes every template with as little as there can
// be.
func TestEveryPageWithNothing(t *testing.T) {
	s := newTestServer(t, NewShelf(t), nil)
	for _, lang := range locale.Languages() {
		l := corpus.Lang(lang)
		for _, v := range []view{
			&homeView{layout: layout{Name: "home"}},
			&homeView{layout: layout{Name: "home", Progress: Progress{Running: true}, Refresh: true}},
			&resultsView{layout: layout{Name: "results"}, Asked: &asked{}},
			&documentView{layout: layout{Name: "document"}, Doc: &corpus.Document{}},
			&pageView{layout: layout{Name: "page"}, Doc: &corpus.Document{}},
			&conceptView{layout: layout{Name: "concept"}, Scheme: "concept.scheme_topic"},
			&vocabularyView{layout: layout{Name: "vocabulary"}},
			&aboutView{layout: layout{Name: "about"}},
			&errorView{layout: layout{Name: "error"}},
		} {
			b := v.base()
			b.Lang, b.Dir = l, direction(l)
			var out strings.Builder
			if err := s.pages[l][b.Name].ExecuteTemplate(&out, "layout", v); err != nil {
				t.Errorf("%s in %s: %v", b.Name, l, err)
			}
			if strings.Contains(out.String(), "ZgotmplZ") || strings.Contains(out.String(), "<no value>") {
				t.Errorf("%s in %s shows what a template could not", b.Name, l)
			}
		}
	}
}

// TestStyleKeepsToBothDirections finds properties that know left and right, and
// colours and sizes outside of the scales.
func TestStyleKeepsToBothDirections(t *testing.T) {
	data, err := fs.ReadFile(ui.Static, "static/site.css")
	if err != nil {
		t.Fatal(err)
	}
	css := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(data), "")
	physical := regexp.MustCompile(`(?m)[;{\s](left|right|top|bottom|(margin|padding|border|inset)-(left|right|top|bottom)[\w-]*|width|height|(min|max)-(width|height)|text-align:\s*(left|right)|float:\s*(left|right))\s*:`)
	for _, m := range physical.FindAllString(regexp.MustCompile(`@media[^{]*`).ReplaceAllString(css, ""), -1) {
		t.Errorf("physical property %q", strings.TrimSpace(m))
	}
	if m := regexp.MustCompile(`text-align:\s*(left|right)|float:\s*(left|right)|url\(|@import|!important`).FindString(css); m != "" {
		t.Errorf("%q in the style sheet", m)
	}
	_, rules, _ := strings.Cut(css, ":lang(ar) {")
	rules, _, _ = strings.Cut(rules, "@media print") // paper is white
	if m := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b[;\s]`).FindAllString(rules, -1); len(m) > 0 {
		t.Errorf("colours outside of the custom properties: %q", m)
	}
}

const script = `"><script>alert(1)</script><img src=x onerror=alert(1)>`

// TestInjection puts a script into every text that can come from a document, a
// label or a reader, and finds it escaped on every page.
func TestInjection(t *testing.T) {
	shelf := NewShelf(t)
	evil := domestic("en", "Title "+script, domesticEN)
	evil.ID, evil.Work = "evil", "evil"
	d := &evil.Document
	d.Authors = []string{"Author " + script}
	d.Publisher, d.Licence, d.Notice = "Publisher "+script, "Licence "+script, "Notice "+script
	d.Lang, d.Languages = `x" onclick="alert(1)`, []corpus.Lang{`y" onclick="alert(1)`}
	d.Kind = `kind"><script>`
	d.Issued = `2009"><script>`
	d.Origins = []corpus.Origin{{URL: `javascript:alert(1)`}, {URL: `https://example.org/"onclick="alert(1)`}, {URL: `file:///` + script}}
	d.Outline = []corpus.Heading{{Title: "Heading " + script, Level: 1, Page: 1}}
	d.Original.Name = "file " + script + ".pdf"
	d.Tags = append(d.Tags, corpus.Tag{Concept: `topic/x"><script>alert(1)</script>`, Role: corpus.About, By: "Person " + script})
	evil.Pages[1].Text = "Text " + script + " domestic workers\n\n" + evil.Pages[1].Text
	evil.Pages[1].Label = "Label " + script
	evil.Pages[1].Lang = `z" onclick="alert(1)`
	other := *evil
	other.ID, other.Lang, other.Title = "evil-fr", "fr", "Version "+script
	shelf.Entries = []*corpus.Entry{evil, &other}
	h := NewSite(t, shelf, func(c *Config) {
		c.Version = script
		c.Search = &evilLabels{shelf}
	})
	q := "domestic+" + strings.NewReplacer(" ", "+", "<", "%3C", ">", "%3E", `"`, "%22").Replace(script)
	for _, p := range []string{
		"/", "/search", "/search?q=domestic", "/search?explain=1&q=" + q, "/search?q=" + q + "&country=" + q + "&publisher=" + q,
		"/doc/evil?q=" + q, "/doc/evil/p/2?q=" + q, "/doc/evil/p/2?q=domestic", "/about", "/doc/evil/p/" + q, "/nothing/" + q,
	} {
		for _, l := range locale.Languages() {
			w := fetch(h, "/"+l+p)
			page := w.Body.String()
			if w.Code >= 500 {
				t.Errorf("/%s%s: status %d", l, p, w.Code)
			}
			doc, err := html.Parse(strings.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			for n := range doc.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				if n.Data == "script" && attr(n, "src") == "" {
					t.Errorf("/%s%s: a script of its own: %v", l, p, n.Attr)
				}
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "style" || (a.Key == "href" && strings.HasPrefix(a.Val, "javascript:")) {
						t.Errorf("/%s%s: <%s %s=%q>", l, p, n.Data, a.Key, a.Val)
					}
				}
				if n.Data == "img" {
					t.Errorf("/%s%s: a picture of a stranger", l, p)
				}
			}
		}
	}
	if w := fetch(h, "/en/doc/evil"); !strings.Contains(w.Body.String(), "Title &#34;&gt;&lt;script&gt;") {
		t.Error("the title is not on the page at all, so the test shows nothing")
	}
	if got := fetch(h, "/doc/evil/original").Header().Get("Content-Disposition"); strings.ContainsAny(got, "<>\n") {
		t.Errorf("Content-Disposition: %s", got)
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// evilLabels puts a script into what the search adds.
type evilLabels struct{ *Shelf }

func (e *evilLabels) facets(resp *search.Response) {
	resp.Query.Missing = append(resp.Query.Missing, script)
	resp.Query.Expansions = []search.Expansion{{Concept: "topic/visa", Labels: []search.Label{{Text: script, Lang: "fr"}}}}
	resp.Query.Offers = []search.Offer{{Field: index.FieldCountry, Value: script, Label: script}}
	resp.Query.Notes = []search.Note{{Key: search.NoteOperator, Arg: script}, {Key: search.NoteUnknownValue, Arg: "country=" + script}, {Key: script}}
	for _, f := range []index.Field{"country", "publisher"} {
		resp.Facets = append(resp.Facets, search.Facet{Field: f, Buckets: []search.Bucket{{ID: script, Label: script, Lang: `q" onclick="x`, Count: 3}}})
	}
}

func (e *evilLabels) Search(ctx context.Context, r search.Request) (*search.Response, error) {
	resp, err := e.Shelf.Search(ctx, r)
	if err == nil {
		e.facets(resp)
	}
	return resp, err
}
