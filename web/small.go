package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"marsa/web/locale"
)

// negotiate leads from an address without a language to the same one in the
// language that the browser asks for.
func (s *server) negotiate(c *gin.Context) error {
	u := *c.Request.URL
	target := "/" + locale.Negotiate(c.GetHeader("Accept-Language")) + u.EscapedPath()
	if u.RawQuery != "" {
		target += "?" + u.RawQuery
	}
	c.Header("Vary", "Accept-Language")
	c.Redirect(http.StatusFound, target)
	return nil
}

// toHome leads from /en to /en/.
func (s *server) toHome(c *gin.Context) error {
	target := c.Request.URL.Path + "/"
	if q := c.Request.URL.RawQuery; q != "" {
		target += "?" + q
	}
	c.Redirect(http.StatusMovedPermanently, target)
	return nil
}

// healthz says that the process answers.
func (s *server) healthz(c *gin.Context) error {
	c.String(http.StatusOK, "ok\n")
	return nil
}

// readyz says whether searches can be answered.
func (s *server) readyz(c *gin.Context) error {
	if !s.Ready() {
		c.Header("Retry-After", "1")
		c.String(http.StatusServiceUnavailable, "starting\n")
		return nil
	}
	c.String(http.StatusOK, "ready\n")
	return nil
}

// robots keeps crawlers away from the countless addresses of narrowed searches;
// documents and their pages may be read.
func (s *server) robots(c *gin.Context) error {
	body := "User-agent: *\n"
	for _, l := range locale.Languages() {
		body += "Disallow: /" + l + "/search\n"
	}
	c.String(http.StatusOK, body+"Disallow: /search\nDisallow: /api/\n")
	return nil
}
