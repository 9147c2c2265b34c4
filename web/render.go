package web

import (
	"bytes"
	"fmt"
	"html/template"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/web/locale"
	"marsa/web/ui"
)

// pages are the templates of one language by the name of the page.
type pages map[string]*template.Template

// parsePages parses the templates once for each language, with the texts of that
// language bound, so that no template can show the texts of another.
func parsePages(texts map[corpus.Lang]*locale.Catalogue, st *static) (map[corpus.Lang]pages, error) {
	all := map[corpus.Lang]pages{}
	for l, t := range texts {
		funcs := template.FuncMap{
			"T": t.T, "N": t.N, "number": t.Number, "size": t.Size,
			"date":     func(d corpus.Date) (string, error) { return t.Date(string(d)) },
			"language": func(l corpus.Lang) string { return t.Language(string(l)) },
			"languages": func(ls []corpus.Lang) (string, error) {
				return t.List(list(ls, func(l corpus.Lang) string { return t.Language(string(l)) }))
			},
			"dir":    textDirection,
			"static": st.url,
		}
		base, err := template.New("").Funcs(funcs).Option("missingkey=error").ParseFS(ui.Templates, "layout/*.html")
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		all[l] = pages{}
		for _, name := range pageNames {
			p, err := base.Clone()
			if err != nil {
				return nil, fmt.Errorf("template %s: %w", name, err)
			}
			if all[l][name], err = p.ParseFS(ui.Templates, name+"/*.html"); err != nil {
				return nil, fmt.Errorf("template %s: %w", name, err)
			}
		}
	}
	return all, nil
}

// pageNames are the pages; each has a directory of its name in web/ui.
var pageNames = []string{"home", "results", "document", "page", "concept", "vocabulary", "about", "help", "quality", "values", "tags", "error"}

// textDirection is the direction of a text in its own language. Only where that
// is unknown its first letters decide: an Arabic text may begin with a Latin word.
func textDirection(l corpus.Lang) string {
	if l == "" {
		return "auto"
	}
	return direction(l)
}

func direction(l corpus.Lang) string {
	if l.RTL() {
		return "rtl"
	}
	return "ltr"
}

// view is what a page shows.
type view interface{ base() *layout }

// render sends a page, written in whole before anything is sent, so that a
// mistake in a template is an error and not half a page.
func (s *server) render(c *gin.Context, status int, v view) error {
	b := v.base()
	var out bytes.Buffer
	if err := s.pages[b.Lang][b.Name].ExecuteTemplate(&out, "layout", v); err != nil {
		return fmt.Errorf("page %s in %s: %w", b.Name, b.Lang, err)
	}
	c.Header("Content-Language", string(b.Lang))
	c.Data(status, "text/html; charset=utf-8", out.Bytes())
	return nil
}
