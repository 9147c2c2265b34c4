package html

import (
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"marsa/corpus"
	"marsa/internal/extract"
)

const (
	// maxMeta is how many <meta> elements are looked at.
	maxMeta = 2_000
	// maxJSON is the largest block of JSON-LD that is read, in bytes.
	maxJSON = 256 << 10
)

// facts are what the elements of the head say, by name in lower case.
type facts map[string][]string

// readMeta reads what a page says of itself. What was made for citing comes
// first: citation_ tags, then Dublin Core, Open Graph, JSON-LD, and last what
// browsers show.
func readMeta(doc *html.Node) *extract.Meta {
	f := collect(doc)
	m := &extract.Meta{
		Authors: extract.FileAuthors(f.all("citation_author", "citation_authors", "dc.creator", "dcterms.creator", "dc.contributor.author",
			"ld.author", "article:author", "author")...),
		Publisher: f.first("citation_publisher", "dc.publisher", "dcterms.publisher", "ld.publisher", "og:site_name"),
		Abstract:  f.first(abstracts...),
		Lang:      extract.BaseLang(f.first("citation_language", "dc.language", "dcterms.language", "html.lang", "ld.inlanguage", "og:locale", "content-language")),
	}
	for _, d := range f.all("citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date",
		"ld.datepublished", "article:published_time", "citation_online_date") {
		if m.Issued = date(d); m.Issued != "" {
			break
		}
	}
	heading := ""
	if h := find(doc, "h1"); h != nil {
		heading = inlineText(h)
	}
	for _, key := range []string{"citation_title", "dc.title", "dcterms.title", "og:title", "ld.headline", "title"} {
		if m.Title = extract.FileTitle(shown(f.first(key), heading)); m.Title != "" {
			m.TitleFrom = corpus.FromFile
			return m
		}
	}
	if m.Title = extract.CleanLine(heading, 300); m.Title != "" {
		m.TitleFrom = corpus.FromGuess
	}
	return m
}

// abstracts are the elements in which catalogues sum a document up. What browsers
// and search engines show, "description", is of the site as often as of the page.
var abstracts = []string{"citation_abstract", "dcterms.abstract", "dc.description.abstract", "dcterms.description", "dc.description"}

// shown is a title without the name of the site that many have around the heading
// of the page.
func shown(title, heading string) string {
	if rest, ok := strings.CutPrefix(title, heading); ok && heading != "" && strings.ContainsAny(firstOf(strings.Fields(rest)), "-|–—·:»") {
		return heading
	}
	if len(heading) > 10 && strings.Contains(title, heading) {
		return heading
	}
	return title
}

func firstOf(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

func collect(doc *html.Node) facts {
	f := facts{}
	count := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "html":
			f.add("html.lang", attr(n, "lang"))
			f.add("html.lang", attr(n, "xml:lang"))
		case "title":
			if len(f["title"]) == 0 && n.FirstChild != nil && (n.Parent == nil || n.Parent.Data != "svg") {
				f.add("title", n.FirstChild.Data)
			}
		case "meta":
			if count++; count > maxMeta {
				return f
			}
			for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
				f.add(attr(n, key), attr(n, "content"))
			}
		case "script":
			if strings.EqualFold(strings.TrimSpace(attr(n, "type")), "application/ld+json") && n.FirstChild != nil {
				f.linked(n.FirstChild.Data)
			}
		}
	}
	return f
}

func (f facts) add(key, value string) {
	key = strings.ToLower(strings.TrimSpace(key))
	key = strings.Replace(key, "dc:", "dc.", 1)
	key = strings.Replace(key, "dcterms:", "dcterms.", 1)
	most := 500
	if slices.Contains(abstracts, key) {
		most = extract.MaxAbstract
	}
	if value = extract.CleanLine(value, most); key != "" && value != "" && len(f[key]) < 200 {
		f[key] = append(f[key], value)
	}
}

// all returns the values of the first key that has any.
func (f facts) all(keys ...string) []string {
	for _, k := range keys {
		if len(f[k]) > 0 {
			return f[k]
		}
	}
	return nil
}

func (f facts) first(keys ...string) string {
	if v := f.all(keys...); len(v) > 0 {
		return v[0]
	}
	return ""
}

// linked reads the parts of a block of JSON-LD that say what the page is.
func (f facts) linked(data string) {
	if len(data) > maxJSON {
		return
	}
	var v any
	if err := json.Unmarshal([]byte(data), &v); err != nil {
		return // there are many broken ones, and they are an extra
	}
	f.linkedValue(v, 0)
}

func (f facts) linkedValue(v any, depth int) {
	if depth > 4 || len(f["ld.headline"]) > 0 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			f.linkedValue(e, depth+1)
		}
	case map[string]any:
		headline, _ := v["headline"].(string)
		if headline == "" {
			f.linkedValue(v["@graph"], depth+1)
			return
		}
		f.add("ld.headline", headline)
		for _, key := range []string{"author", "publisher", "datePublished", "inLanguage"} {
			for _, name := range names(v[key], 0) {
				f.add("ld."+key, name)
			}
		}
	}
}

// names returns the names in a value, which may be one, a thing with a name, or
// several.
func names(v any, depth int) []string {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		return names(v["name"], depth+1)
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, names(e, depth+1)...)
		}
		return out
	}
	return nil
}

// date reads the day, month or year at the start of a date as pages write it.
func date(s string) corpus.Date {
	s = strings.ReplaceAll(s, "/", "-")
	for _, n := range []int{10, 7, 4} {
		if len(s) < n || len(s) > n && s[n] >= '0' && s[n] <= '9' {
			continue
		}
		if d, err := corpus.ParseDate(s[:n]); err == nil {
			return d
		}
	}
	return ""
}
