package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/search"
)

var (
	digits    = regexp.MustCompile(`"count": \d+`)
	sentences = regexp.MustCompile(`"detail": "[^\n]+"`)
)

// TestBadInput asks what no reader should ask, as a page and as a program: each
// answer is a sentence with the right status and nothing of the inside.
func TestBadInput(t *testing.T) {
	var many strings.Builder
	for i := range search.MaxValues + 1 {
		fmt.Fprintf(&many, "&country=c%d", i)
	}
	for name, c := range map[string]struct {
		query  string
		status int
		says   string // in English
	}{
		"empty":               {"q=", 200, ""},
		"longest":             {"q=" + strings.Repeat("a", search.MaxText), 200, ""},
		"too long":            {"q=" + strings.Repeat("a", search.MaxText+1), 400, "1,000 bytes"},
		"10,000 letters":      {"q=" + strings.Repeat("a", 10_000), 400, "1,000 bytes"},
		"whole address":       {"q=" + strings.Repeat("a", maxQuery), 400, "address is too long"},
		"open quote":          {"q=%22domestic", 200, ""},
		"unknown value":       {"country=atlantis", 200, ""},
		"NUL":                 {"q=a%00b", 400, "no text"},
		"NUL in a filter":     {"country=a%00b", 400, "no text"},
		"not UTF-8":           {"q=%ff%fe", 400, "no text"},
		"not UTF-8 unknown":   {"x=%ff", 400, "no text"},
		"broken escape":       {"q=%zz", 400, "damaged"},
		"semicolon":           {"q=a;b", 400, "damaged"},
		"twice":               {"q=a&q=b", 400, "more than once"},
		"page twice":          {"page=1&page=1", 400, "more than once"},
		"page 0":              {"page=0", 400, "from 1 to 1001"},
		"page -1":             {"page=-1", 400, "from 1 to 1001"},
		"page 10^9":           {"page=1000000000", 400, "from 1 to 1001"},
		"page 10^30":          {"page=1" + strings.Repeat("0", 30), 400, "from 1 to 1001"},
		"page abc":            {"page=abc", 400, "from 1 to 1001"},
		"page empty":          {"page=", 200, ""},
		"year abc":            {"year_from=abc", 400, "from 1000 to 2999"},
		"years the other way": {"year_from=2010&year_to=2001", 400, "Exchange them"},
		"sort":                {"sort=size", 400, "relevance, date, title"},
		"long value":          {"publisher=" + strings.Repeat("p", maxValue+1), 400, "300 bytes"},
		"many values":         {many.String()[1:], 400, "at most 300"},
		"limit 0":             {"limit=0", 400, "from 1 to 100"},
		"offset":              {"offset=10001", 400, "from 0 to 10000"},
		"offset and page":     {"offset=10&page=2", 400, "cannot be given together"},
		"page over limit":     {"page=1000&limit=100", 400, "from 1 to 101"},
		"language":            {"lang=de", 400, "en, fr, ar"},
		"engine refuses":      {"q=odd", 400, "could not be understood"},
		"engine away":         {"q=later", 503, "Try again"},
		"engine slow":         {"q=slow", 503, "too long"},
		"engine fails":        {"q=boom", 500, "our mistake"},
		"engine panics":       {"q=panic", 500, "our mistake"},
		"unknown parameter":   {"utm_source=x", 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := NewSite(t, NewShelf(t), nil)
			_, router := description(t, h)
			for _, path := range []string{"/en/search", "/ar/search", "/fr/search", "/api/v1/search"} {
				w := fetch(h, path+"?"+c.query)
				body := w.Body.String()
				if w.Code != c.status {
					t.Errorf("%s: status %d, want %d", path, w.Code, c.status)
				}
				if path == "/en/search" && !strings.Contains(body, c.says) {
					t.Errorf("%s does not say %q:\n%s", path, c.says, mainOf(body))
				}
				if strings.Contains(body, "secret") || strings.Contains(body, "goroutine") {
					t.Errorf("%s shows what is inside:\n%s", path, body)
				}
				if path == "/api/v1/search" {
					conforms(t, router, path, w)
					if c.status >= 400 && !strings.Contains(body, c.says) {
						t.Errorf("%s does not say %q: %s", path, c.says, body)
					}
				}
			}
		})
	}
}

func mainOf(page string) string {
	_, page, _ = strings.Cut(page, `<main`)
	page, _, _ = strings.Cut(page, `</main>`)
	return page
}

func TestBadAddresses(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	for path, says := range map[string]string{
		"/en/doc/nothing-here":                                  "no document with this identifier",
		"/en/doc/" + strings.Repeat("a", 300):                   "no document with this identifier",
		"/en/doc/..%2f..%2fetc%2fpasswd":                        "",
		"/en/doc/Domestic%20Workers":                            "no document with this identifier",
		"/en/doc/domestic-workers-en%00":                        "no document with this identifier",
		"/en/doc/domestic-workers-en/p/0":                       "numbered from 1 to 4",
		"/en/doc/domestic-workers-en/p/-1":                      "numbered from 1 to 4",
		"/en/doc/domestic-workers-en/p/5":                       "numbered from 1 to 4",
		"/en/doc/domestic-workers-en/p/1000000000":              "numbered from 1 to 4",
		"/en/doc/domestic-workers-en/p/99999999999999999999999": "numbered from 1 to 4",
		"/en/doc/domestic-workers-en/p/abc":                     "numbered from 1 to 4",
		"/en/doc/domestic-workers-en/p/+1":                      "numbered from 1 to 4",
		"/en/doc/domestic-workers-en/p/01":                      "numbered from 1 to 4",
		"/en/doc/domestic-workers-en/p/%3Cscript%3E":            "numbered from 1 to 4",
		"/en/doc/nothing-here/p/1":                              "no document with this identifier",
		"/en/nothing":                                           "no page at this address",
		"/nothing":                                              "no page at this address",
		"/en/search?q=domestic&page=900":                        "results end before this page",
		"/doc/nothing-here/original":                            "no",
		"/static/0/nothing.css":                                 "no page at this address",
		"/api/v1/nothing":                                       "no page at this address",
		"/api/v1/vocabulary/nothing":                            "no such list",
		"/api/v1/documents/domestic-workers-en/pages/0":         "no page with this number",
	} {
		w := fetch(h, path)
		body := w.Body.String()
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
		if !strings.Contains(body, says) {
			t.Errorf("%s does not say %q:\n%s", path, says, mainOf(body))
		}
		if strings.Contains(body, "<script>") {
			t.Errorf("%s carries a script into the page", path)
		}
		if !strings.HasPrefix(path, "/api/") && !strings.Contains(body, `role="search"`) {
			t.Errorf("%s has no search form", path)
		}
		if problem := strings.HasPrefix(w.Header().Get("Content-Type"), typeProblem); problem != strings.HasPrefix(path, "/api/") {
			t.Errorf("%s: type %s", path, w.Header().Get("Content-Type"))
		}
	}
}

func TestOtherMethodsAreRefused(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	for _, path := range []string{"/en/search", "/api/v1/search"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, path, strings.NewReader("q=x")))
		if w.Code != http.StatusMethodNotAllowed || !strings.Contains(w.Header().Get("Allow"), "GET") {
			t.Errorf("POST %s: status %d, Allow %q", path, w.Code, w.Header().Get("Allow"))
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/en/", nil))
	if w.Code != http.StatusOK {
		t.Errorf("HEAD: status %d", w.Code)
	}
}

func TestRequestCarriesEveryParameter(t *testing.T) {
	shelf := NewShelf(t)
	h := NewSite(t, shelf, nil)
	fetch(h, "/fr/search?q=+a+b+&country=lb&country=jo&country=lb&mentions=eg&topic=visa&kind=study&language=ar&year=2009&publisher=P+%26+Q&not_quality=scan&not_quality=ocr&year_from=2001&year_to=2011&sort=date&page=3")
	want := search.Request{
		Text: "a b", Lang: "fr", From: 2001, To: 2011, Sort: index.ByNewest, Offset: 20, Limit: 10,
		Values: map[index.Field][]string{
			"country": {"lb", "jo"}, "mentions": {"eg"}, "topic": {"visa"}, "kind": {"study"}, "language": {"ar"}, "year": {"2009"}, "publisher": {"P & Q"},
		},
		Without: map[index.Field][]string{"quality": {"scan", "ocr"}},
	}
	if diff := cmp.Diff(want, shelf.Asked); diff != "" {
		t.Error(diff)
	}
	fetch(h, "/api/v1/search?q=a&offset=7&limit=3&lang=ar&sort=relevance")
	want = search.Request{Text: "a", Lang: "ar", Offset: 7, Limit: 3, Values: map[index.Field][]string{}, Without: map[index.Field][]string{}}
	if diff := cmp.Diff(want, shelf.Asked); diff != "" {
		t.Error(diff)
	}
}

func TestEncodeIsReadBack(t *testing.T) {
	for _, q := range []string{"", "?q=a+%26+b", "?q=x&country=lb&country=jo&mentions=eg&year_from=2001&sort=title&page=4", "?publisher=%D8%AF+%3D%3F", "?country=lb&origin=sy&destination=lb&not_transit=tr&all=origin&role=published-by"} {
		a, err := readAsked(strings.TrimPrefix(q, "?"))
		if err != nil {
			t.Fatal(err)
		}
		if got := a.encode(); got != q {
			t.Errorf("%q became %q", q, got)
		}
	}
}

func FuzzReadAsked(f *testing.F) {
	f.Add("q=a&country=lb&page=2")
	f.Add("q=%00&year_from=-1&sort=date&limit=99999999999")
	f.Add("publisher=%ff;%zz&lang=ar&offset=1&page=1")
	f.Fuzz(func(t *testing.T, raw string) {
		a, err := readAsked(raw)
		if err != nil {
			if s := explain(err).status; s != http.StatusBadRequest {
				t.Fatalf("status %d for %q", s, raw)
			}
			return
		}
		if a.Offset < 0 || a.Offset > index.MaxOffset || a.Limit < 1 || a.Limit > index.MaxLimit || len(a.Text) > search.MaxText {
			t.Fatalf("over a limit: %+v", a)
		}
		b, err := readAsked(strings.TrimPrefix(a.encode(), "?"))
		if err != nil || b.Text != a.Text {
			t.Fatalf("%q is not read back: %v", a.encode(), err)
		}
		if _, err := url.Parse("/en/search" + a.encode()); err != nil {
			t.Fatal(err)
		}
	})
}

// TestLog shows that a request is one line, that an unexpected error is in it
// under the identifier that the reader was given, and that what was searched for
// is not.
func TestLog(t *testing.T) {
	var out bytes.Buffer
	h := NewSite(t, NewShelf(t), func(c *Config) { c.Log = slog.New(slog.NewJSONHandler(&out, nil)) })
	w := fetch(h, "/en/search?q=boom&publisher=private-matter")
	var line struct {
		Status             int
		Path, Error, Fault string
		Level              string
	}
	if n := strings.Count(out.String(), "\n"); n != 1 {
		t.Fatalf("%d lines:\n%s", n, out.String())
	}
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	if line.Status != 500 || line.Path != "/en/search" || line.Level != "ERROR" || !strings.Contains(line.Error, "permission denied") {
		t.Errorf("logged %+v", line)
	}
	if line.Fault == "" || !strings.Contains(w.Body.String(), line.Fault) {
		t.Errorf("the page does not show the identifier %q", line.Fault)
	}
	if strings.Contains(out.String(), "private-matter") {
		t.Errorf("the log has what was searched for: %s", out.String())
	}
	out.Reset()
	fetch(h, "/en/search?q=private")
	if strings.Contains(out.String(), "private") || strings.Contains(out.String(), "ERROR") {
		t.Errorf("logged %s", out.String())
	}
}

func TestExplain(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
	}{
		{corpus.ErrNotFound, 404}, {corpus.ErrInvalid, 400}, {corpus.ErrTooLarge, 413}, {corpus.ErrUnavailable, 503}, {errSecret, 500},
	} {
		if got := explain(fmt.Errorf("read it: %w", c.err)); got.status != c.status {
			t.Errorf("%v: %d", c.err, got.status)
		}
	}
}
