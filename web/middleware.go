package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
)

// requestTime is how long a search or a page may take.
const requestTime = 10 * time.Second

// Keys of values kept with a request.
const (
	keyLang  = "lang"
	keyFault = "fault" // the identifier under which an unexpected error is logged
)

// answer makes a gin handler of h: an error or a panic becomes a response in the
// form that the address calls for.
func (s *server) answer(h func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := guarded(h, c); err != nil {
			s.fail(c, err)
		}
	}
}

func guarded(h func(*gin.Context) error, c *gin.Context) (err error) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			panic(p)
		default:
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h(c)
}

// observe logs one line a request. What readers search for and where they are
// is not logged.
func (s *server) observe(c *gin.Context) {
	start := time.Now()
	c.Next()
	level := slog.LevelInfo
	attrs := []slog.Attr{
		slog.String("method", c.Request.Method),
		slog.String("path", c.Request.URL.Path),
		slog.Int("status", c.Writer.Status()),
		slog.Int("bytes", max(c.Writer.Size(), 0)),
		slog.Duration("took", time.Since(start).Round(time.Microsecond)),
	}
	if err := c.Errors.Last(); err != nil {
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	if id := c.GetString(keyFault); id != "" {
		level = slog.LevelError
		attrs = append(attrs, slog.String("fault", id))
	}
	s.Log.LogAttrs(c.Request.Context(), level, "request", attrs...)
}

// pagePolicy lets a page load what is of this site, and nothing else.
const pagePolicy = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

// secure sets the headers that every answer carries.
func secure(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
	c.Next()
}

func limitTime(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), requestTime)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// reader notes the language of the pages below an address.
func reader(l corpus.Lang) gin.HandlerFunc {
	return func(c *gin.Context) { c.Set(keyLang, l) }
}

func newFaultID() string {
	var b [6]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}
