package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestConceptPage(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	for path, wants := range map[string][]string{
		"/en/concept/topic/domestic-work": {
			`<h1><bdi>domestic work</bdi></h1>`, `<a href="/en/vocabulary#topic">Topics</a>`, `/en/concept/topic/labour-migration`,
			`>travail domestique`, `<p class="pref"><bdi lang="ar" dir="rtl">العمل المنزلي`, `href="/en/search?topic=domestic-work"`, `/en/concept/topic/care-work`,
			`href="/en/concept/topic/kafala"`, `href="/api/v1/concepts/topic/domestic-work.ttl"`, `Human Rights Watch`, `http://eurovoc.europa.eu/3610`,
		},
		"/fr/concept/topic/readmission": {`<h2 class="hidden">Définition</h2>`, `Acte par lequel un État`, `rel="external noreferrer"`},
		"/ar/concept/country/lb":        {`<h1><bdi>لبنان</bdi></h1>`, `href="/ar/search?country=lb"`, `href="/ar/search?mentions=lb"`, `>LBN<`},
		"/en/concept/country/ma":        {`<a href="/en/search?origin=ma"><bdi>Origin</bdi></a> <span class="count">1<`},
		"/en/concept/kind/study":        {`href="/en/search?kind=study"`},
		"/en/concept/topic/pushback":    {`No publication has it yet.`, `not verified`},
		"/en/vocabulary": {
			`<a href="/en/concept/topic/migration"><bdi>migration</bdi></a>`, `<a href="/en/concept/country/lb"><bdi>Lebanon</bdi></a> <span class="count">`,
			`Partner countries of the project`, `<summary>Other countries and territories`, `/api/v1/vocabulary.ttl`,
		},
		"/en/doc/domestic-workers-en":  {`href="/en/concept/topic/domestic-work">What is meant by this`},
		"/en/search?q=domestic":        {`<a href="/en/vocabulary#topic">The whole list`},
		"/en/about":                    {`<a href="/en/vocabulary">Vocabulary</a>`},
		"/fr/concept/topic/unheard-of": {`Cette entrée n’existe pas dans le vocabulaire`},
	} {
		page := fetch(h, path).Body.String()
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s has no %s", path, want)
			}
		}
	}
	if page := fetch(h, "/en/concept/country/ma").Body.String(); strings.Contains(page, "transit=ma") {
		t.Error("a part that the country has in no work is a link")
	}
	if w := fetch(h, "/en/concept/topic/unheard-of"); w.Code != http.StatusNotFound {
		t.Errorf("a concept that is not there: %d", w.Code)
	}
}

// The address of a concept is its name for everyone: a reader is led to the page,
// a program gets what it asks for.
func TestConceptIsNegotiated(t *testing.T) {
	h := NewSite(t, NewShelf(t), func(c *Config) { c.BaseURL = "https://library.example" })
	const jsonld, turtle = "application/ld+json", "text/turtle; charset=utf-8"
	for _, c := range []struct {
		target, accept string
		status         int
		mediaType      string
	}{
		{"/concept/topic/visa", "text/html,application/xhtml+xml,*/*;q=0.8", http.StatusFound, ""},
		{"/concept/topic/visa", "", http.StatusFound, ""},
		{"/concept/topic/visa", "text/turtle", http.StatusOK, turtle},
		{"/concept/topic/visa", "application/ld+json, text/turtle;q=0.5", http.StatusOK, jsonld},
		{"/concept/topic/nothing", "text/turtle", http.StatusNotFound, "text/html; charset=utf-8"},
		{"/api/v1/concepts/topic/visa", "", http.StatusOK, typeJSON},
		{"/api/v1/concepts/topic/visa", "application/json", http.StatusOK, typeJSON},
		{"/api/v1/concepts/topic/visa", "text/turtle", http.StatusOK, turtle},
		{"/api/v1/concepts/topic/visa.ttl", "", http.StatusOK, turtle},
		{"/api/v1/concepts/topic/visa.jsonld", "text/html", http.StatusOK, jsonld},
		{"/api/v1/concepts/topic/nothing.ttl", "", http.StatusNotFound, typeProblem},
		{"/api/v1/concepts/topic/visa?lang=xx", "", http.StatusBadRequest, typeProblem},
		{"/api/v1/vocabulary.ttl", "", http.StatusOK, turtle},
		{"/api/v1/vocabulary.jsonld", "", http.StatusOK, jsonld},
	} {
		w := fetch(h, c.target, "Accept", c.accept)
		if w.Code != c.status || c.mediaType != "" && w.Header().Get("Content-Type") != c.mediaType {
			t.Errorf("%s for %q: %d, %s", c.target, c.accept, w.Code, w.Header().Get("Content-Type"))
		}
		if c.status == http.StatusFound && w.Header().Get("Location") != "/en/concept/topic/visa" {
			t.Errorf("%s leads to %s", c.target, w.Header().Get("Location"))
		}
	}
	if ttl := fetch(h, "/api/v1/concepts/topic/visa.ttl").Body.String(); !strings.Contains(ttl, "<https://library.example/concept/topic/visa> a skos:Concept") {
		t.Errorf("no concept in %s", ttl)
	}
	_, router := description(t, h)
	for _, target := range []string{"/api/v1/concepts/topic/readmission", "/api/v1/concepts/country/lb?lang=ar", "/api/v1/concepts/topic/none"} {
		w := fetch(h, target)
		conforms(t, router, target, w)
		if !json.Valid(w.Body.Bytes()) || strings.Contains(w.Body.String(), "null") {
			t.Errorf("%s: %s", target, w.Body)
		}
	}
}
