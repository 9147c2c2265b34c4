package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/internal/search"
	"marsa/web/locale"
)

// layout is what every page shows around its own.
type layout struct {
	Name        string // of the page: its directory in web/ui
	Lang        corpus.Lang
	Dir         string
	Title       string
	Description string
	Home        string // addresses in the language of the page
	About       string
	Help        string
	Quality     string // the page on how well the library was read
	Vocabulary  string
	Action      string // of the search form
	Languages   []languageLink
	Search      searchBox
	Progress    Progress
	Refresh     bool // a page without scripts loads itself again
	Version     string
}

func (l *layout) base() *layout { return l }

// languageLink leads to the same page in a language of the interface.
type languageLink struct {
	Lang    corpus.Lang
	Name    string // in that language itself
	URL     string
	Current bool
}

// searchBox is the form that every page but the results shows.
type searchBox struct {
	Text   string
	MaxLen int
	Words  []string // suggested without scripts
}

func (s *server) layout(c *gin.Context, l corpus.Lang, name, title string) layout {
	t := s.texts[l]
	root := "/" + string(l)
	return layout{
		Name: name, Lang: l, Dir: direction(l),
		Title:       text(t, "site.title", "page", title),
		Description: text(t, "site.description"),
		Home:        root + "/", About: root + "/about", Help: root + "/help", Quality: root + "/quality", Vocabulary: root + "/vocabulary", Action: root + "/search",
		Languages: s.languageLinks(c, l),
		Search:    searchBox{MaxLen: search.MaxText, Words: s.words(l)},
		Progress:  s.Progress(),
		Version:   s.Version,
	}
}

// languageLinks lead to the same address below the other languages; where there
// is none, as on an error page outside of them, to their home pages.
func (s *server) languageLinks(c *gin.Context, current corpus.Lang) []languageLink {
	rest, ok := strings.CutPrefix(c.Request.URL.EscapedPath(), "/"+string(current)+"/")
	if ok && c.Request.URL.RawQuery != "" {
		rest += "?" + c.Request.URL.RawQuery
	}
	if !ok {
		rest = ""
	}
	var links []languageLink
	for _, l := range locale.Languages() {
		links = append(links, languageLink{
			Lang: corpus.Lang(l), Name: text(s.texts[current], "own."+l),
			URL: "/" + l + "/" + rest, Current: corpus.Lang(l) == current,
		})
	}
	return links
}

// text returns a text of the interface. Its key is checked by a test; should one
// be missing all the same, the key is better than no page.
func text(t *locale.Catalogue, key string, args ...any) string {
	s, err := t.T(key, args...)
	if err != nil {
		return key
	}
	return s
}

// label is a text in a language of its own.
type label struct {
	Text string
	Lang corpus.Lang // empty: the language of the page
}

// foreign makes a label of text in language l on a page in language page.
func foreign(text string, l, page corpus.Lang) label {
	if l == page {
		l = ""
	}
	return label{Text: text, Lang: l}
}

// conceptLabel names a concept for a reader of language l.
func (s *server) conceptLabel(id corpus.ConceptID, l corpus.Lang) label {
	name, in := s.Vocabulary.Label(id, l)
	return foreign(name, in, l)
}

func (s *server) kindLabel(k corpus.Kind, l corpus.Lang) label {
	if k == "" {
		return label{}
	}
	return s.conceptLabel(corpus.ConceptID("kind/"+k), l)
}
