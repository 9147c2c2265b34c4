package web

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/google/go-cmp/cmp"

	"marsa/internal/search"
)

var update = flag.Bool("update", false, "write golden files anew")

// description is the served description of the API, and a router over it.
func description(t *testing.T, h http.Handler) (*openapi3.T, routers.Router) {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(fetch(h, "/api/v1/openapi.json").Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	return doc, router
}

// conforms checks an answer against the description.
func conforms(t *testing.T, router routers.Router, target string, w *httptest.ResponseRecorder) {
	t.Helper()
	if err := validate(router, target, w); err != nil {
		t.Errorf("%s: the answer is not as described: %v", target, err)
	}
}

func validate(router routers.Router, target string, w *httptest.ResponseRecorder) error {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	route, params, err := router.FindRoute(r)
	if err != nil {
		return err
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 w.Code,
		Header:                 w.Header(),
		Options:                &openapi3filter.Options{IncludeResponseStatus: true},
	}
	return openapi3filter.ValidateResponse(r.Context(), in.SetBodyBytes(w.Body.Bytes()))
}

// TestDescriptionIsStrict shows that the description refuses what is not as it
// says.
func TestDescriptionIsStrict(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	_, router := description(t, h)
	for _, change := range [][2]string{
		{`"hits":[{`, `"hits":null,"more":[{`}, {`"total":`, `"whole":`}, {`"version":1`, `"version":2`}, {`"hit":true`, `"hit":"yes"`},
	} {
		w := fetch(h, "/api/v1/search?q=domestic")
		body := w.Body.String()
		w.Body = bytes.NewBufferString(strings.Replace(body, change[0], change[1], 1))
		if w.Body.String() == body {
			t.Errorf("%s is not in the answer", change[0])
		}
		if err := validate(router, "/api/v1/search", w); err == nil {
			t.Errorf("an answer with %s is let through", change[1])
		}
	}
}

func TestDescriptionNamesEveryRoute(t *testing.T) {
	s := newTestServer(t, NewShelf(t), nil)
	engine, err := s.routes()
	if err != nil {
		t.Fatal(err)
	}
	doc, _ := description(t, engine)
	var described, served []string
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			described = append(described, method+" "+path)
		}
	}
	for _, r := range engine.Routes() {
		path, ok := strings.CutPrefix(r.Path, "/api/v1")
		if !ok || r.Method == http.MethodHead {
			continue
		}
		parts := strings.Split(path, "/")
		for i, p := range parts {
			if name, ok := strings.CutPrefix(p, ":"); ok {
				parts[i] = "{" + name + "}"
			}
		}
		served = append(served, r.Method+" "+strings.Join(parts, "/"))
	}
	slices.Sort(described)
	slices.Sort(served)
	if diff := cmp.Diff(served, described); diff != "" {
		t.Errorf("served and described routes differ (-served +described):\n%s", diff)
	}
}

// TestDescriptionNamesEveryParameter holds the parameters of a search against
// those that are read.
func TestDescriptionNamesEveryParameter(t *testing.T) {
	doc, _ := description(t, NewSite(t, NewShelf(t), nil))
	var described []string
	for _, p := range doc.Paths.Value("/search").Get.Parameters {
		described = append(described, p.Value.Name)
	}
	read := []string{"q", "explain", "all", "role", "expand", "no", "year_from", "year_to", "sort", "page", "limit", "offset", "lang"}
	for _, f := range valueFields {
		read = append(read, string(f))
	}
	for _, f := range leaveOutFields {
		read = append(read, notParam(f))
	}
	slices.Sort(described)
	slices.Sort(read)
	if diff := cmp.Diff(read, described); diff != "" {
		t.Errorf("read and described parameters differ (-read +described):\n%s", diff)
	}
}

func TestAnswersAreGoldenAndAsDescribed(t *testing.T) {
	h := NewSite(t, NewShelf(t), func(c *Config) { c.BaseURL = "https://library.example" })
	_, router := description(t, h)
	for name, target := range map[string]string{
		"search":       "/api/v1/search?q=domestic+workers&country=lb&country=jo&lang=fr&limit=2",
		"search-notes": "/api/v1/search?q=contract+zebra%22&country=atlantis&limit=1",
		"search-none":  "/api/v1/search?q=zebra&offset=20",
		"suggest":      "/api/v1/suggest?q=domes&lang=fr",
		"document":     "/api/v1/documents/domestic-workers-en?lang=ar",
		"document-bad": "/api/v1/documents/scan",
		"search-why":   "/api/v1/search?q=domestic+workers&limit=1&explain=1",
		"similar":      "/api/v1/documents/domestic-workers-en/similar?lang=fr&limit=2",
		"page":         "/api/v1/documents/domestic-workers-en/pages/2?q=domestic+workers",
		"quality":      "/api/v1/quality",
		"quality-scan": "/api/v1/quality?state=scan&format=pdf&lang=fr",
		"schemes":      "/api/v1/vocabulary",
		"not-found":    "/api/v1/documents/nothing-here?lang=fr",
		"invalid":      "/api/v1/search?limit=1000",
	} {
		t.Run(name, func(t *testing.T) {
			w := fetch(h, target)
			conforms(t, router, target, w)
			var got bytes.Buffer
			if err := json.Indent(&got, w.Body.Bytes(), "", "  "); err != nil {
				t.Fatal(err)
			}
			text := got.String()
			if name == "schemes" { // how many concepts there are is the vocabulary's business
				text = digits.ReplaceAllString(text, `"count": N`)
			}
			text = sentences.ReplaceAllString(text, `"detail": "…"`) // worded in web/locale
			golden(t, name, text)
		})
	}
	for _, scheme := range schemes {
		target := "/api/v1/vocabulary/" + scheme
		w := fetch(h, target)
		conforms(t, router, target, w)
		if strings.Contains(w.Body.String(), "null") {
			t.Errorf("%s has a null", target)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".json")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run the test with -update)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// TestListsAreNeverNull holds also for a library that gives nothing.
func TestListsAreNeverNull(t *testing.T) {
	for name, v := range map[string]any{
		"search":   SearchJSON(&search.Response{Hits: []search.Hit{{Document: &sampleEntries()[3].Document}}, Facets: []search.Facet{{Field: "topic"}}}, "en", ""),
		"empty":    SearchJSON(&search.Response{}, "en", ""),
		"document": DocumentJSON(&search.Record{Document: &scanned().Document}, "en", ""),
		"page":     PageJSON("scan", &search.Marked{Page: &scanned().Pages[0]}, "", "en", ""),
	} {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte("null")) {
			t.Errorf("%s: %s", name, data)
		}
	}
}

// TestLanguagesAreNamed holds for the command line, which calls SearchJSON, as
// for the API.
func TestLanguagesAreNamed(t *testing.T) {
	r := &search.Response{Facets: []search.Facet{
		{Field: "language", Buckets: []search.Bucket{{ID: "ar", Label: "ar"}, {ID: "xx", Label: "xx"}}},
		{Field: "publisher", Buckets: []search.Bucket{{ID: "ar", Label: "ar"}}},
	}}
	want := []ValueAnswer{{ID: "ar", Label: "arabe"}, {ID: "xx", Label: "XX"}}
	got := SearchJSON(r, "fr", "").Facets
	if diff := cmp.Diff(want, got["language"]); diff != "" {
		t.Error(diff)
	}
	if label := got["publisher"][0].Label; label != "ar" {
		t.Errorf("a publisher is named as the language: %q", label)
	}
	if body := fetch(NewSite(t, NewShelf(t), nil), "/api/v1/search?lang=ar").Body.String(); !strings.Contains(body, `"label":"الفرنسية"`) {
		t.Errorf("no name of a language in %s", body)
	}
}

// TestSearchAnswerKeepsItsShape checks the fields that were promised, in their
// order.
func TestSearchAnswerKeepsItsShape(t *testing.T) {
	w := fetch(NewSite(t, NewShelf(t), nil), "/api/v1/search?q=domestic")
	want := []string{"version", "total", "partial", "mixed", "documents", "offset", "limit", "query", "hits", "facets"}
	var got []string
	dec := json.NewDecoder(w.Body)
	if _, err := dec.Token(); err != nil {
		t.Fatal(err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, key.(string))
		var skip json.RawMessage
		if err := dec.Decode(&skip); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
