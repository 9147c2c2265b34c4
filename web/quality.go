package web

import (
	"maps"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/index"
	"marsa/web/locale"
)

// reportLimit is how many documents a page of the report shows.
const reportLimit = 50

// qualityView is what the page on how well the library was read shows.
type qualityView struct {
	layout
	Library []choice // documents by state
	Counts  []countView
	Picks   []pickView
	Total   int
	Docs    []doubtfulView
	Pager   pager
	Clear   string // address without a filter; empty when there is none
}

// pickView is a filter of which one value may be chosen.
type pickView struct {
	Name    string // parameter
	Key     string // of its label
	Options []optionView
}

type optionView struct {
	Text, Value string
	Selected    bool
}

// countView counts pages that were read alike.
type countView struct {
	State, Reason, Todo string // texts; Reason and Todo may be empty
	Pages, Documents    int
	URL                 string
}

// doubtfulView is a document that is not complete.
type doubtfulView struct {
	Title  string
	Lang   corpus.Lang
	URL    string
	State  string
	Format string
	Runs   []runView
}

// runView is pages that were read alike.
type runView struct {
	From, To      int
	State, Reason string
	URL           string
}

// readReport reads the filter of a report from an address.
func readReport(rawQuery string) (f corpus.QualityFilter, page int, l corpus.Lang, err error) {
	v, err := readQuery(rawQuery)
	if err != nil {
		return f, 0, "", err
	}
	p := params{v: v}
	states := list(corpus.States(), func(s corpus.State) string { return string(s) })
	f.State = corpus.State(p.choice("state", states...))
	f.Reason = p.choice("reason", corpus.Reasons()...)
	f.Format = p.choice("format", corpus.Formats()...)
	f.Lang = corpus.Lang(p.one("language", ""))
	if len(f.Lang) > maxLang {
		p.fail("language", "error.value_too_long", "limit", maxLang)
	}
	page = p.number("page", 1, index.MaxOffset/reportLimit, 1)
	f.Offset, f.Limit = (page-1)*reportLimit, reportLimit
	return f, page, corpus.Lang(p.choice("lang", locale.Languages()...)), p.err
}

// maxLang is the length of a language code that a filter takes.
const maxLang = 20

func (s *server) quality(c *gin.Context) error {
	f, page, _, err := readReport(c.Request.URL.RawQuery)
	if err != nil {
		return err
	}
	r, err := s.Library.Quality(f)
	if err != nil {
		return err
	}
	l := langOf(c)
	v := s.qualityView(r, f, page, l)
	v.layout = s.layout(c, l, "quality", text(s.texts[l], "quality.title"))
	return s.render(c, http.StatusOK, v)
}

func (s *server) qualityView(r *corpus.QualityReport, f corpus.QualityFilter, page int, l corpus.Lang) *qualityView {
	t := s.texts[l]
	v := &qualityView{Total: r.Total}
	here := func(change func(*corpus.QualityFilter), page int) string {
		g := f
		change(&g)
		return "/" + string(l) + "/quality" + encodeReport(g, page)
	}
	for _, st := range corpus.States() {
		if n := r.Library[st]; n > 0 {
			v.Library = append(v.Library, choice{label: label{Text: stateText(t, st)}, Count: n})
		}
	}
	v.Picks = picks(t, r, f)
	for _, n := range r.Pages {
		w := countView{State: stateText(t, n.State), Reason: reasonText(t, n.Reason), Pages: n.Pages, Documents: n.Documents}
		if n.Reason != "" {
			w.Todo = text(t, "todo."+n.Reason)
		}
		w.URL = here(func(g *corpus.QualityFilter) { g.State, g.Reason = n.State, n.Reason }, 1)
		v.Counts = append(v.Counts, w)
	}
	for _, d := range r.Documents {
		v.Docs = append(v.Docs, doubtfulDocument(t, d, l))
	}
	same := func(*corpus.QualityFilter) {}
	v.Pager = pager{Number: page, Count: max((r.Total+reportLimit-1)/reportLimit, 1)}
	if page > 1 {
		v.Pager.Previous = here(same, min(page-1, v.Pager.Count))
	}
	if page < v.Pager.Count {
		v.Pager.Next = here(same, page+1)
	}
	if f.State != "" || f.Reason != "" || f.Lang != "" || f.Format != "" {
		v.Clear = "/" + string(l) + "/quality"
	}
	return v
}

// picks are the filters of the report with the values that there are.
func picks(t *locale.Catalogue, r *corpus.QualityReport, f corpus.QualityFilter) []pickView {
	state := pickView{Name: "state", Key: "quality.state"}
	for _, st := range corpus.States() {
		if st != corpus.Complete {
			state.Options = append(state.Options, optionView{stateText(t, st), string(st), f.State == st})
		}
	}
	reason := pickView{Name: "reason", Key: "quality.reason"}
	for _, key := range corpus.Reasons() {
		reason.Options = append(reason.Options, optionView{reasonText(t, key), key, f.Reason == key})
	}
	language := pickView{Name: "language", Key: "facet.language"}
	for _, l := range sortedLangs(r.Langs) {
		if l != "" {
			language.Options = append(language.Options, optionView{t.Language(string(l)), string(l), f.Lang == l})
		}
	}
	format := pickView{Name: "format", Key: "quality.format"}
	for _, name := range slices.Sorted(maps.Keys(r.Formats)) {
		if name != "" {
			format.Options = append(format.Options, optionView{formatText(name), name, f.Format == name})
		}
	}
	return slices.DeleteFunc([]pickView{state, reason, language, format}, func(p pickView) bool { return len(p.Options) == 0 })
}

func doubtfulDocument(t *locale.Catalogue, d corpus.DoubtfulDocument, l corpus.Lang) doubtfulView {
	w := doubtfulView{
		Title: d.Title, Lang: d.Lang, URL: documentURL("", l, d.ID, ""), State: stateText(t, d.State), Format: formatText(d.Format),
	}
	w.Runs = list(d.Runs, func(p corpus.PageRun) runView {
		return runView{p.From, p.To, stateText(t, p.State), reasonText(t, p.Reason), pageURL("", l, d.ID, p.From, "")}
	})
	return w
}

func stateText(t *locale.Catalogue, st corpus.State) string { return text(t, "state."+string(st)) }

// reasonText is why a page is not complete; empty when nothing more is known
// than its state.
func reasonText(t *locale.Catalogue, reason string) string {
	if key := "reason." + reason; t.Has(key) {
		return text(t, key)
	}
	return ""
}

// formatText is the name of a format, which is the same in every language.
func formatText(format string) string { return strings.ToUpper(format) }

func encodeReport(f corpus.QualityFilter, page int) string {
	v := url.Values{}
	for name, value := range map[string]string{
		"state": string(f.State), "reason": f.Reason, "language": string(f.Lang), "format": f.Format,
	} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

// qualityNote says how well a page was read.
type qualityNote struct {
	State  string // key
	Reason string // text; empty when nothing more is known
	Engine string
	Sure   int // per cent, of text recognition; 0 for other text
}

// noteOf is nil for a page that was read well.
func noteOf(t *locale.Catalogue, q corpus.Quality) *qualityNote {
	key := qualityKey(q.State)
	if key == "" {
		return nil
	}
	return &qualityNote{key, reasonText(t, q.Reason), q.Engine, int(math.Round(q.Confidence * 100))}
}

// doubts are the pages of a document that are not complete, in runs.
func doubts(t *locale.Catalogue, id corpus.ID, pages []corpus.PageSummary, l corpus.Lang) []runView {
	d := corpus.DoubtfulDocument{ID: id}
	for _, p := range pages {
		if q := p.Quality; q.State != corpus.Complete && q.State != "" {
			d.AddPage(corpus.PageRun{From: p.Number, Label: p.Label, State: q.State, Reason: q.Reason, Engine: q.Engine})
		}
	}
	return doubtfulDocument(t, d, l).Runs
}
