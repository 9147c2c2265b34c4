package harvest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"marsa/corpus"
)

// web is a server that behaves in the ways that servers do.
func web(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/plain/guide.pdf", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "agent %s", r.UserAgent()) })
	mux.HandleFunc("/named", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Disposition", `attachment; filename="fallback.pdf"; filename*=UTF-8''d%C3%A9cret%2F..%2Floi.pdf`)
	})
	mux.HandleFunc("/conditional", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Mon, 02 Jan 2006 15:04:05 GMT")
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
		}
	})
	mux.HandleFunc("/liar304", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNotModified) })
	mux.HandleFunc("/status/{code}", func(w http.ResponseWriter, r *http.Request) {
		var code int
		fmt.Sscan(r.PathValue("code"), &code)
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(code)
	})
	mux.HandleFunc("/hop/{n}", func(w http.ResponseWriter, r *http.Request) {
		var n int
		fmt.Sscan(r.PathValue("n"), &n)
		if n == 0 {
			fmt.Fprint(w, "arrived")
			return
		}
		http.Redirect(w, r, fmt.Sprintf("/hop/%d", n-1), http.StatusFound)
	})
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("url"), http.StatusFound)
	})
	mux.HandleFunc("/declared", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "5000") })
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 512)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/broken", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "only this")
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/headers", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("ETag", strings.Repeat("x", 5000)) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func localFetcher() *Fetcher {
	f := NewFetcher(FetchConfig{AllowLocal: true, UserAgent: "marsa/test"})
	f.maxSize = 4096
	return f
}

func TestFetch(t *testing.T) {
	s := web(t)
	f := localFetcher()
	for path, want := range map[string]struct{ name, data string }{
		"/plain/guide.pdf?x=1":         {"guide.pdf", "agent marsa/test"},
		"/named":                       {"loi.pdf", ""},
		"/hop/5":                       {"0", "arrived"},
		"/to?url=%2Fplain%2Fguide.pdf": {"guide.pdf", "agent marsa/test"},
	} {
		got, err := f.Fetch(t.Context(), s.URL+path, Validators{})
		if err != nil || got.Name != want.name || string(got.Data) != want.data {
			t.Errorf("%s: %+v, %v; want %v", path, got, err, want)
		}
	}
}

func TestFetchRefusals(t *testing.T) {
	s := web(t)
	f := localFetcher()
	for path, want := range map[string]struct {
		kind error
		says string
	}{
		"/status/404":                      {ErrFetch, "no such document"},
		"/status/410":                      {ErrFetch, "no such document"},
		"/status/403":                      {ErrFetch, "download it"},
		"/status/429":                      {ErrFetch, "in 2m0s"},
		"/status/503":                      {ErrFetch, "in 2m0s"},
		"/status/500":                      {ErrFetch, "500"},
		"/status/204":                      {ErrFetch, "204"},
		"/liar304":                         {ErrFetch, "304"},
		"/hop/6":                           {ErrFetch, "redirects"},
		"/to?url=file:///etc/passwd":       {ErrAddress, "file:///etc/passwd"},
		"/to?url=http://me:pw@example.org": {ErrAddress, "password"},
		"/declared":                        {corpus.ErrTooLarge, ""},
		"/endless":                         {corpus.ErrTooLarge, ""},
		"/broken":                          {ErrFetch, ""},
	} {
		got, err := f.Fetch(t.Context(), s.URL+path, Validators{})
		if got != nil || !errors.Is(err, want.kind) || !strings.Contains(err.Error(), want.says) || Reason(err) == "" {
			t.Errorf("%s: %+v, %v", path, got, err)
		}
	}
	short := NewFetcher(FetchConfig{AllowLocal: true, Timeout: 50 * time.Millisecond})
	if _, err := short.Fetch(t.Context(), s.URL+"/slow", Validators{}); !errors.Is(err, ErrFetch) || !strings.Contains(err.Error(), "too long") {
		t.Errorf("slow server: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Fetch(ctx, s.URL+"/slow", Validators{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestConditionalFetch(t *testing.T) {
	s := web(t)
	f := localFetcher()
	first, err := f.Fetch(t.Context(), s.URL+"/conditional", Validators{})
	if err != nil || first.ETag != `"v1"` || first.LastModified == "" {
		t.Fatalf("first: %+v, %v", first, err)
	}
	if _, err := f.Fetch(t.Context(), s.URL+"/conditional", first.Validators); !errors.Is(err, ErrUnchanged) {
		t.Errorf("second: %v", err)
	}
	if got, err := f.Fetch(t.Context(), s.URL+"/headers", Validators{}); err != nil || got.ETag != "" {
		t.Errorf("a validator of 5,000 bytes is kept: %v", err)
	}
}

// TestGuard checks that the web cannot make marsa talk to its own machine or
// network, by address, by name or by redirect.
func TestGuard(t *testing.T) {
	s := web(t)
	t.Setenv("HTTP_PROXY", s.URL) // a proxy of the environment is not used
	f := NewFetcher(FetchConfig{})
	for _, address := range []string{
		s.URL + "/plain/guide.pdf",
		"http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://10.0.0.1/", "http://192.168.1.1/",
		"http://169.254.169.254/latest/meta-data/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://1.1.1.1:22/",
	} {
		if got, err := f.Fetch(t.Context(), address, Validators{}); got != nil || err == nil || Reason(err) != "address" && address != "http://2130706433/" {
			t.Errorf("%s: %+v, %v", address, got, err)
		}
	}
}

func TestURL(t *testing.T) {
	for address, want := range map[string]string{
		"HTTPS://Example.ORG/a/b%20c.pdf?x#page=2":         "https://example.org/a/b%20c.pdf?x b c.pdf",
		"https://example.org":                              "https://example.org example.org",
		"ftp://example.org/a":                              "!address",
		"https://":                                         "!address",
		"https://me:pw@example.org/a":                      "!address",
		"http://[::1":                                      "!address",
		"https://example.org/" + strings.Repeat("x", 3000): "!address",
	} {
		for it, err := range URL(address, localFetcher()).Items(t.Context(), time.Time{}) {
			got := it.URL + " " + it.Name
			if err != nil {
				got = "!" + Reason(err)
			}
			if got != want {
				t.Errorf("%.60s: %s, want %s (%v)", address, got, want, err)
			}
		}
	}
}

func TestBaseName(t *testing.T) {
	for in, want := range map[string]string{
		"/a/b.pdf": "b.pdf", `C:\x\y.doc`: "y.doc", "..": "", "/": "", "": "", "a\x00\n\u202Eb": "a b", "\xff": "",
		strings.Repeat("x", 300) + ".pdf": strings.Repeat("x", 196) + ".pdf",
	} {
		if got := baseName(in); got != want {
			t.Errorf("baseName(%.20q) = %q, want %q", in, got, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for in, want := range map[string]string{
		"90": "in 1m30s", "": "later", "-1": "later", "99999999999": "later", "soon": "later",
		"Mon, 02 Jan 2006 15:04:05 GMT": "after Mon, 02 Jan 2006 15:04:05 UTC",
	} {
		if got := retryAfter(in); got != want {
			t.Errorf("retryAfter(%q) = %q", in, got)
		}
	}
}
