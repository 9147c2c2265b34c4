package web

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"marsa/corpus"
	"marsa/internal/search"
)

func TestNewRefusesAPoorConfiguration(t *testing.T) {
	s := NewShelf(t)
	for name, c := range map[string]Config{
		"nothing":      {},
		"no search":    {Library: s, Vocabulary: s.Labels},
		"no scheme":    {Search: s, Library: s, Vocabulary: s.Labels, BaseURL: "library.example"},
		"other scheme": {Search: s, Library: s, Vocabulary: s.Labels, BaseURL: "ftp://library.example"},
		"query":        {Search: s, Library: s, Vocabulary: s.Labels, BaseURL: "https://library.example/?x"},
	} {
		if _, err := New(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := New(Config{Search: s, Library: s, Vocabulary: s.Labels, BaseURL: "https://library.example/"}); err != nil {
		t.Error(err)
	}
}

func TestRootNegotiates(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	for _, c := range []struct{ target, accept, want string }{
		{"/", "", "/en/"},
		{"/", "ar-LB, en;q=0.5", "/ar/"},
		{"/?x=1&y=%20", "fr", "/fr/?x=1&y=%20"},
		{"/search?q=a+b&country=lb", "fr-MA", "/fr/search?q=a+b&country=lb"},
		{"/doc/scan/p/1?q=x", "", "/en/doc/scan/p/1?q=x"},
		{"/about", "de, ar;q=0.1", "/ar/about"},
	} {
		w := fetch(h, c.target, "Accept-Language", c.accept)
		if got := w.Header().Get("Location"); w.Code != http.StatusFound || got != c.want {
			t.Errorf("%s for %q: %d to %q, want %q", c.target, c.accept, w.Code, got, c.want)
		}
		if !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Language") {
			t.Errorf("%s: Vary is %q", c.target, w.Header().Values("Vary"))
		}
	}
	if w := fetch(h, "/fr?still=1"); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/fr/?still=1" {
		t.Errorf("/fr leads to %q", w.Header().Get("Location"))
	}
	for _, target := range []string{"//evil.example/", "/\\evil.example", "/doc//evil.example"} {
		if to := fetch(h, target).Header().Get("Location"); strings.HasPrefix(to, "//") || strings.Contains(to, "://") {
			t.Errorf("%s leads out of the site, to %q", target, to)
		}
	}
}

func TestHeaders(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	for _, target := range []string{"/en/", "/en/search?q=x", "/en/nothing", "/api/v1/search", "/api/v1/nothing", "/healthz", "/robots.txt"} {
		head := fetch(h, target).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
			"X-Content-Type-Options":  "nosniff",
			"Referrer-Policy":         "same-origin",
		} {
			if got := head.Get(name); got != want {
				t.Errorf("%s: %s is %q", target, name, got)
			}
		}
		if head.Get("Permissions-Policy") == "" || head.Get("Content-Type") == "" || head.Get("Set-Cookie") != "" {
			t.Errorf("%s: headers %v", target, head)
		}
	}
}

func TestStaticFilesAreKept(t *testing.T) {
	s := newTestServer(t, NewShelf(t), nil)
	h := s.mustHandler(t)
	for name := range s.static.files {
		u, err := s.static.url(name)
		if err != nil {
			t.Fatal(err)
		}
		w := fetch(h, u)
		if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %q", u, w.Code, w.Header().Get("Cache-Control"))
		}
		if old := fetch(h, "/static/000000000000/"+name); old.Code != http.StatusOK || strings.Contains(old.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s under another hash: %d, %q", name, old.Code, old.Header().Get("Cache-Control"))
		}
	}
	if w := fetch(h, "/favicon.ico"); w.Code != http.StatusMovedPermanently || !strings.HasSuffix(w.Header().Get("Location"), "/mark.svg") {
		t.Errorf("favicon leads to %q", w.Header().Get("Location"))
	}
}

func TestCompressed(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	w := fetch(h, "/en/search", "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("a page is sent as %q", w.Header().Get("Content-Encoding"))
	}
	r, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if page, err := io.ReadAll(r); err != nil || !strings.Contains(string(page), "</html>") {
		t.Errorf("the page does not come whole: %v", err)
	}
	if o := fetch(h, "/doc/domestic-workers-en/original", "Accept-Encoding", "gzip"); o.Header().Get("Content-Encoding") != "" {
		t.Error("an original is compressed, so that its ranges would be wrong")
	}
}

// TestHeadIsLikeGet asks over a real connection, as programs that look at headers
// only do: length, encoding and ETag are those of the answer to GET.
func TestHeadIsLikeGet(t *testing.T) {
	s := newTestServer(t, NewShelf(t), nil)
	srv := httptest.NewServer(s.mustHandler(t))
	t.Cleanup(srv.Close)
	css, err := s.static.url("site.css")
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path, accept string) *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", accept)
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp
	}
	for path, compressed := range map[string]bool{
		"/en/search?q=domestic": true, css: true, "/api/v1/search?q=domestic": true, "/healthz": false, "/doc/domestic-workers-en/original": false,
	} {
		for _, accept := range []string{"gzip", "zstd", "gzip, deflate, br, zstd", "br", "identity"} {
			get, head := ask(http.MethodGet, path, accept), ask(http.MethodHead, path, accept)
			wanted := compressed && (strings.Contains(accept, "gzip") || strings.Contains(accept, "zstd"))
			if got := get.Header.Get("Content-Encoding"); (got != "") != wanted {
				t.Errorf("%s for %q is encoded as %q", path, accept, got)
			}
			for _, name := range []string{"Content-Encoding", "Content-Type", "ETag", "Vary", "Cache-Control"} {
				if g, h := get.Header.Get(name), head.Header.Get(name); g != h {
					t.Errorf("%s for %q: %s is %q for GET and %q for HEAD", path, accept, name, g, h)
				}
			}
			// Each compressed answer has a random number of bytes more.
			if !wanted && get.ContentLength != head.ContentLength {
				t.Errorf("%s for %q: %d bytes for GET and %d for HEAD", path, accept, get.ContentLength, head.ContentLength)
			}
		}
	}
}

func TestOriginal(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	w := fetch(h, "/doc/domestic-workers-en/original")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/pdf" {
		t.Fatalf("%d, %s", w.Code, w.Header().Get("Content-Type"))
	}
	want := `inline; filename="domestic-workers-en.pdf"; filename*=UTF-8''%D8%AF%D8%B1%D8%A7%D8%B3%D8%A9%20domestic%20workers.pdf`
	if got := w.Header().Get("Content-Disposition"); got != want {
		t.Errorf("Content-Disposition: %s", got)
	}
	part := fetch(h, "/doc/domestic-workers-en/original", "Range", "bytes=1-3")
	if part.Code != http.StatusPartialContent || part.Body.String() != "PDF" {
		t.Errorf("range: %d, %q", part.Code, part.Body)
	}
	if again := fetch(h, "/doc/domestic-workers-en/original", "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("unchanged: %d", again.Code)
	}
	if got := w.Header().Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("Cache-Control: %s", got)
	}
	page := fetch(h, "/doc/foreigners-law-lb/original")
	if got := page.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "attachment;") {
		t.Errorf("an HTML original is shown as %q", got)
	}
	if csp := page.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "sandbox") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("an HTML original may do %q", csp)
	}
	if page.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Error("an original may be sniffed")
	}
}

// TestNoSuchRange gives readers no sentence of net/http.
func TestNoSuchRange(t *testing.T) {
	w := fetch(NewSite(t, NewShelf(t), nil), "/doc/domestic-workers-en/original", "Range", "bytes=9999-", "Accept-Language", "fr")
	if w.Code != http.StatusRequestedRangeNotSatisfiable || !strings.HasPrefix(w.Header().Get("Content-Range"), "bytes */") {
		t.Errorf("%d, Content-Range %q", w.Code, w.Header().Get("Content-Range"))
	}
	if body := w.Body.String(); !strings.Contains(body, "Ouvrez-le en entier") || strings.Contains(body, "invalid range") {
		t.Errorf("it says %s", mainOf(body))
	}
	for name, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Content-Disposition": "", "ETag": "", "Cache-Control": "no-store", "Content-Security-Policy": pagePolicy,
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"../../etc/passwd":       "passwd",
		`C:\docs\a.pdf`:          "a.pdf",
		"":                       "some-id",
		"..":                     "some-id",
		"a\r\nSet-Cookie: x.pdf": "aSet-Cookie x.pdf",
		"a\u202egpj.pdf":         "agpj.pdf",
		`a"b;c.pdf`:              "ab;c.pdf",
	} {
		d := &corpus.Document{ID: "some-id", Original: corpus.Original{Name: name, MediaType: "text/plain"}}
		if got := fileName(d); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if got := mediaTypeOf(&corpus.Document{Original: corpus.Original{MediaType: "text/html\r\nX: y"}}); got != "application/octet-stream" {
		t.Errorf("a broken media type is sent as %q", got)
	}
}

func TestSmallAnswers(t *testing.T) {
	ready := false
	h := NewSite(t, NewShelf(t), func(c *Config) { c.Ready = func() bool { return ready } })
	if w := fetch(h, "/healthz"); w.Code != http.StatusOK {
		t.Errorf("healthz: %d", w.Code)
	}
	if w := fetch(h, "/readyz"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("readyz before: %d", w.Code)
	}
	ready = true
	if w := fetch(h, "/readyz"); w.Code != http.StatusOK {
		t.Errorf("readyz after: %d", w.Code)
	}
	if w := fetch(h, "/robots.txt"); !strings.Contains(w.Body.String(), "Disallow: /fr/search\n") {
		t.Errorf("robots: %s", w.Body)
	}
}

// TestProgressIsOnThePages shows what is reading in, to readers without scripts
// too, and only as long as it runs.
func TestProgressIsOnThePages(t *testing.T) {
	p := Progress{Running: true, Done: 1234, Total: 5000}
	h := NewSite(t, NewShelf(t), func(c *Config) { c.Progress = func() Progress { return p } })
	page := fetch(h, "/fr/").Body.String()
	for _, want := range []string{"1\u202f234 sur 5\u202f000", `<noscript><meta http-equiv="refresh" content="5"></noscript>`, `<progress max="5000" value="1234"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the home page has no %q", want)
		}
	}
	if strings.Contains(fetch(h, "/fr/?still=1").Body.String(), "http-equiv") {
		t.Error("a reader cannot stop the reloading")
	}
	if results := fetch(h, "/fr/search").Body.String(); !strings.Contains(results, "sur 5") || strings.Contains(results, "http-equiv") {
		t.Error("the results do not say that they are not all, or load again by themselves")
	}
	p = Progress{}
	if strings.Contains(fetch(h, "/fr/").Body.String(), "http-equiv") {
		t.Error("the home page loads again for ever")
	}
}

// TestOriginsOfThisMachineStayPrivate keeps paths of whoever runs the library
// from readers.
func TestOriginsOfThisMachineStayPrivate(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	for _, target := range []string{"/en/doc/domestic-workers-en", "/api/v1/documents/domestic-workers-en"} {
		w := fetch(h, target)
		if strings.Contains(w.Body.String(), "/home/someone") {
			t.Errorf("%s shows where a file lay", target)
		}
		if !strings.Contains(w.Body.String(), "https://example.org/studies/domestic-workers") {
			t.Errorf("%s does not show the web address", target)
		}
	}
	if page := fetch(h, "/en/doc/foreigners-law-lb").Body.String(); strings.Contains(page, "Found at") {
		t.Error("a document of the starter collection was found at its file")
	}
}

func TestRejectedTagsAreNotShown(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	for _, target := range []string{"/en/doc/domestic-workers-en", "/en/search?q=domestic"} {
		if page := mainOf(fetch(h, target).Body.String()); strings.Contains(page, "France") {
			t.Errorf("%s shows a rejected tag", target)
		}
	}
}

// TestAnswersToOneGoneAreDropped gives a reader who has gone no error to log.
func TestAnswersToOneGoneAreDropped(t *testing.T) {
	shelf := NewShelf(t)
	h := NewSite(t, shelf, func(c *Config) { c.Search = gone{shelf} })
	r := httptest.NewRequest(http.MethodGet, "/en/search", nil)
	ctx, cancel := context.WithCancel(r.Context())
	cancel()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r.WithContext(ctx))
	if w.Body.Len() != 0 {
		t.Errorf("written to nobody: %s", w.Body)
	}
}

// gone answers as a search does whose reader has gone.
type gone struct{ *Shelf }

func (gone) Search(ctx context.Context, _ search.Request) (*search.Response, error) {
	return nil, ctx.Err()
}
