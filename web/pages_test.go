package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// fetch asks a site for an address.
func fetch(h http.Handler, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPagesAnswer(t *testing.T) {
	h := NewSite(t, NewShelf(t), func(c *Config) {
		c.Log = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))
	})
	for _, path := range []string{
		"/", "/search", "/search?q=domestic+workers&country=lb&country=jo", "/search?q=contract+zebra", "/search?q=zebra", "/search?country=atlantis&q=%22domestic",
		"/doc/domestic-workers-en", "/doc/domestic-workers-ar?q=x", "/doc/foreigners-law-lb", "/doc/scan", "/doc/training-module",
		"/doc/domestic-workers-en/p/2?q=domestic+workers", "/doc/scan/p/1", "/doc/foreigners-law-lb/p/2", "/about", "/help", "/quality", "/quality?state=scan&reason=image-only&page=2",
	} {
		for _, l := range []string{"/en", "/fr", "/ar"} {
			if w := fetch(h, l+path); w.Code != http.StatusOK {
				t.Errorf("%s%s: status %d", l, path, w.Code)
			}
		}
	}
}

// TestDirectionIsOfTheLanguage shows Arabic that begins with a Latin word from
// right to left, and leaves to the letters only what is in no known language.
func TestDirectionIsOfTheLanguage(t *testing.T) {
	shelf := NewShelf(t)
	arabic := shelf.Entries[2]
	arabic.Title = "CARIM " + arabic.Title
	arabic.Pages[1].Text = "ILO 189 " + arabic.Pages[1].Text
	h := NewSite(t, shelf, nil)
	for path, wants := range map[string][]string{
		"/en/search?q=189":                {`<bdi dir="rtl" lang="ar">CARIM`, `<span class="excerpt" dir="rtl" lang="ar">`},
		"/ar/search?q=regulation":         {`<span class="excerpt" dir="ltr" lang="en">`},
		"/en/doc/domestic-workers-ar":     {`<bdi dir="rtl" lang="ar">CARIM`, `<p dir="rtl" lang="ar">`, `<bdi class="opening" dir="rtl" lang="ar">ILO`, `<p class="citation" dir="rtl" lang="ar">`},
		"/en/doc/domestic-workers-ar/p/2": {`lang="ar" dir="rtl">`, `<bdi dir="rtl" lang="ar">CARIM`},
		"/ar/doc/scan":                    {`<bdi dir="auto">scan0001`},
		"/ar/doc/scan/p/1":                {`<bdi dir="auto">scan0001`},
	} {
		page := mainOf(fetch(h, path).Body.String())
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s has no %s:\n%s", path, want, page)
			}
		}
	}
}

// TestMentions filters by the countries that a document only names.
func TestMentions(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	page := mainOf(fetch(h, "/en/search?mentions=eg&sort=date").Body.String())
	for _, want := range []string{
		`<span class="field-name">Mentions:</span> <bdi>Egypt</bdi>`, `href="/en/search?sort=date"`,
		`<input type="hidden" form="search" name="mentions" value="eg">`, "/en/doc/domestic-workers-en?mentions=eg",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the results have no %s", want)
		}
	}
	if strings.Contains(page, "Training module") {
		t.Error("a work that does not name the country is among the results")
	}
	if doc := fetch(h, "/en/doc/domestic-workers-en").Body.String(); !strings.Contains(doc, `<a href="/en/search?mentions=eg">Other publications that name Egypt</a>`) {
		t.Error("a country that is only named does not lead to what names it")
	}
}

func TestPagerEndsWithTheResults(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	if page := fetch(h, "/en/search?page=2").Body.String(); !strings.Contains(page, "2 of 2") {
		t.Error("the last page does not say which it is")
	}
	if page := mainOf(fetch(h, "/en/search?page=30").Body.String()); strings.Contains(page, "30 of") || !strings.Contains(page, `href="/en/search?page=2"`) {
		t.Errorf("past the end: %s", page)
	}
}

// TestLanguagesAreListed uses the comma of the page's language.
func TestLanguagesAreListed(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	for path, want := range map[string]string{
		"/fr/doc/foreigners-law-lb": "<dd>arabe, français", "/ar/doc/foreigners-law-lb": "<dd>العربية، الفرنسية",
	} {
		if page := fetch(h, path).Body.String(); !strings.Contains(page, want) {
			t.Errorf("%s has no %s", path, want)
		}
	}
}

func TestCitationTakesNoForgedHost(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	for host, want := range map[string]string{
		"library.example:8080":          "http://library.example:8080/en/doc/scan",
		"127.0.0.1:8080":                "http://127.0.0.1:8080/en/doc/scan",
		"[::1]:8080":                    "http://[::1]:8080/en/doc/scan",
		"[2001:db8::1]":                 "http://[2001:db8::1]/en/doc/scan",
		"":                              "/en/doc/scan",
		"evil.example/x":                "/en/doc/scan",
		"a@evil.example":                "/en/doc/scan",
		"evil.example:0":                "/en/doc/scan",
		"evil.example:99999":            "/en/doc/scan",
		"evil.example:":                 "/en/doc/scan",
		"evil..example":                 "/en/doc/scan",
		"-evil.example":                 "/en/doc/scan",
		"<b>":                           "/en/doc/scan",
		"[::1":                          "/en/doc/scan",
		"::1":                           "/en/doc/scan",
		strings.Repeat("a.", 130) + "a": "/en/doc/scan",
	} {
		r := httptest.NewRequest(http.MethodGet, "/en/doc/scan", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		_, cited, _ := strings.Cut(w.Body.String(), `<p class="citation"`)
		if want = `<bdi dir="ltr">` + want + `</bdi>`; !strings.Contains(cited, want) {
			t.Errorf("host %q: no %s in %.300s", host, want, cited)
		}
	}
}
