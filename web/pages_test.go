package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
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
		"/doc/domestic-workers-en/p/2?q=domestic+workers", "/doc/scan/p/1", "/doc/foreigners-law-lb/p/2", "/about",
	} {
		for _, l := range []string{"/en", "/fr", "/ar"} {
			if w := fetch(h, l+path); w.Code != http.StatusOK {
				t.Errorf("%s%s: status %d", l, path, w.Code)
			}
		}
	}
}
