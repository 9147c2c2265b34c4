package web

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/web/locale"
)

// helpView is what the page on the query language shows.
type helpView struct {
	layout
	Signs  []helpRow
	Fields []helpRow
}

// helpRow is a way to write a query: an example and what it finds.
type helpRow struct {
	Example string
	Finds   string
	URL     string
}

// The ways to write a query, in the order of the page.
var (
	helpSigns = []string{
		"help.words", "help.phrase", "help.or", "help.not", "help.paren", "help.prefix", "help.fuzzy", "help.near",
	}
	helpFields = []string{
		"help.title_field", "help.author", "help.publisher", "help.country", "help.movement", "help.topic", "help.kind", "help.lang", "help.year", "help.quality", "help.page",
	}
)

func (s *server) help(c *gin.Context) error {
	l := langOf(c)
	v := helpView{
		Signs:  helpRows(s.texts[l], l, helpSigns),
		Fields: helpRows(s.texts[l], l, helpFields),
	}
	v.layout = s.layout(c, l, "help", text(s.texts[l], "help.title"))
	return s.render(c, http.StatusOK, &v)
}

func helpRows(t *locale.Catalogue, l corpus.Lang, keys []string) []helpRow {
	return list(keys, func(key string) helpRow {
		example := text(t, key+"_example")
		return helpRow{example, text(t, key), "/" + string(l) + "/search?q=" + url.QueryEscape(example)}
	})
}
