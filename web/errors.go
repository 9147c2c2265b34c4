package web

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/web/locale"
)

// fault is an error that says itself what a reader is told.
type fault struct {
	status int
	key    string // of the interface texts
	args   []any  // of that text
	param  string // the parameter that is wrong; empty for none
	err    error  // nil when the reader's mistake is all there is
}

func (f *fault) Error() string {
	if f.err != nil {
		return f.err.Error()
	}
	return f.key
}

func (f *fault) Unwrap() error { return f.err }

// explain is the one map from an error to a status and the text that a reader
// is told.
func explain(err error) *fault {
	var f *fault
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, corpus.ErrNotFound):
		return &fault{status: http.StatusNotFound, key: "error.not_found", err: err}
	case errors.Is(err, corpus.ErrInvalid):
		return &fault{status: http.StatusBadRequest, key: "error.invalid", err: err}
	case errors.Is(err, corpus.ErrTooLarge):
		return &fault{status: http.StatusRequestEntityTooLarge, key: "error.too_large", err: err}
	case errors.Is(err, corpus.ErrUnavailable):
		return &fault{status: http.StatusServiceUnavailable, key: "error.unavailable", err: err}
	case errors.Is(err, context.DeadlineExceeded):
		return &fault{status: http.StatusServiceUnavailable, key: "error.slow", err: err}
	}
	return &fault{status: http.StatusInternalServerError, key: "error.internal", err: err}
}

// fail answers with an error, as problem details below /api and as a page
// elsewhere.
func (s *server) fail(c *gin.Context, err error) {
	if errors.Is(err, context.Canceled) && c.Request.Context().Err() != nil {
		c.Status(499) // the reader has gone; nothing is read any more
		return
	}
	f := explain(err)
	_ = c.Error(err) // kept for the log line; gin returns what it was given
	id := ""
	if f.status >= 500 && f.status != http.StatusServiceUnavailable {
		id = newFaultID()
		c.Set(keyFault, id)
	}
	if c.Writer.Written() {
		return // too late to say it; the log has it
	}
	c.Header("Cache-Control", "no-store")
	if f.status == http.StatusServiceUnavailable {
		c.Header("Retry-After", "5")
	}
	if strings.HasPrefix(c.Request.URL.Path, "/api/") {
		s.problem(c, f, id)
		return
	}
	s.errorPage(c, f, id)
}

// langOf returns the language of the answer: that of the address, else of the
// first part of a path that is below a language, else what the browser asks for.
func langOf(c *gin.Context) corpus.Lang {
	if l, ok := c.Get(keyLang); ok {
		return l.(corpus.Lang)
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(c.Request.URL.Path, "/"), "/")
	for _, l := range locale.Languages() {
		if l == first {
			return corpus.Lang(l)
		}
	}
	return corpus.Lang(locale.Negotiate(c.GetHeader("Accept-Language")))
}

func (s *server) noRoute(*gin.Context) error {
	return &fault{status: http.StatusNotFound, key: "error.no_address"}
}

func (s *server) noMethod(*gin.Context) error {
	return &fault{status: http.StatusMethodNotAllowed, key: "error.no_method"}
}

// errorView is what the error page shows.
type errorView struct {
	layout
	Heading string
	Text    string
	FaultID string
}

func (s *server) errorPage(c *gin.Context, f *fault, id string) {
	l := langOf(c)
	t := s.texts[l]
	v := errorView{
		Heading: text(t, headingOf(f.status)),
		Text:    text(t, f.key, f.args...),
		FaultID: id,
	}
	v.layout = s.layout(c, l, "error", v.Heading)
	if err := s.render(c, f.status, &v); err != nil {
		c.Data(http.StatusInternalServerError, "text/plain; charset=utf-8", []byte("Something went wrong here.\n"))
	}
}

func headingOf(status int) string {
	switch status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return "error.heading_not_found"
	case http.StatusServiceUnavailable:
		return "error.heading_unavailable"
	}
	if status >= 500 {
		return "error.heading_internal"
	}
	return "error.heading_invalid"
}
