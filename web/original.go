package web

import (
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"marsa/corpus"
)

const typePDF = "application/pdf"

// original sends the file that a document was read from. Only PDF is shown by
// the browser, at the page that a link names; whatever else is downloaded, so
// that no document of a stranger ever runs as a page of ours.
func (s *server) original(c *gin.Context) error {
	id, err := readID(c.Param("id"))
	if err != nil {
		return err
	}
	d, err := s.Library.Document(id)
	if err != nil {
		return err
	}
	f, err := s.Library.Original(id)
	if err != nil {
		return fmt.Errorf("original of %s: %w", id, err)
	}
	defer f.Close()

	h := c.Writer.Header()
	h.Set("Content-Type", mediaTypeOf(d))
	h.Set("Content-Disposition", disposition(d))
	h.Set("Cache-Control", "private, no-cache") // a document that was taken out stays nowhere
	h.Set(gzhttp.HeaderNoCompression, "1")      // ranges and the strong ETag are of the file as it is
	if d.Original.Hash != "" {
		h.Set("ETag", `"`+string(d.Original.Hash)+`"`)
	}
	if mediaTypeOf(d) == typePDF {
		// A sandbox would keep the browser's own viewer from starting.
		h.Set("Content-Security-Policy", "frame-ancestors 'none'")
	} else {
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	}
	w := &refusing{ResponseWriter: c.Writer}
	http.ServeContent(w, c.Request, "", time.Time{}, f)
	return w.refused(c)
}

// refusing keeps back the English sentences with which net/http refuses a range
// or a file, so that readers are told in their own language.
type refusing struct {
	http.ResponseWriter
	status int // of the refusal; 0 for none
}

func (w *refusing) WriteHeader(status int) {
	if status == http.StatusRequestedRangeNotSatisfiable || status >= 500 {
		w.status = status
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *refusing) Write(b []byte) (int, error) {
	if w.status != 0 {
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}

// refused is the error to answer with, the headers of the file taken back.
func (w *refusing) refused(c *gin.Context) error {
	if w.status == 0 {
		return nil
	}
	h := c.Writer.Header()
	for _, name := range []string{"Content-Type", "Content-Disposition", "Content-Length", "ETag", gzhttp.HeaderNoCompression} {
		h.Del(name)
	}
	h.Set("Content-Security-Policy", pagePolicy)
	if w.status == http.StatusRequestedRangeNotSatisfiable {
		return &fault{status: w.status, key: "error.range"}
	}
	return fmt.Errorf("send an original: net/http answers %d", w.status)
}

func mediaTypeOf(d *corpus.Document) string {
	if t, _, err := mime.ParseMediaType(d.Original.MediaType); err == nil && strings.Contains(t, "/") {
		return t
	}
	return "application/octet-stream"
}

// disposition names the file for the reader's disk: once in ASCII for old
// programs and once as it is (RFC 6266).
func disposition(d *corpus.Document) string {
	kind := "attachment"
	if mediaTypeOf(d) == typePDF {
		kind = "inline"
	}
	name := fileName(d)
	return fmt.Sprintf(`%s; filename="%s"; filename*=UTF-8''%s`, kind, asciiName(name, d), strings.ReplaceAll(url.QueryEscape(name), "+", "%20"))
}

// fileName is the original's name without what a file system or a header cannot
// take.
func fileName(d *corpus.Document) string {
	name := path.Base(strings.ReplaceAll(d.Original.Name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/:*?"<>|`, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.Trim(name, ". ")
	if name == "" {
		return string(d.ID)
	}
	return name
}

func asciiName(name string, d *corpus.Document) string {
	ext := path.Ext(name)
	ascii := func(s string) bool {
		return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII || r == '%' }) < 0
	}
	switch {
	case ascii(name):
		return name
	case ascii(ext):
		return string(d.ID) + ext
	}
	return string(d.ID)
}
