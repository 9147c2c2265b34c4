package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"

	"github.com/gin-gonic/gin"

	"marsa/web/ui"
)

// static is the files that pages need beside their HTML. The address of each has
// the hash of its content, so that browsers may keep it for ever.
type static struct {
	files map[string]staticFile // by name
}

type staticFile struct {
	hash      string
	mediaType string
	data      []byte
}

// mediaTypes are those of the static files, by the end of the name. The
// machine's own table is not asked: it differs between machines.
var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

func loadStatic() (*static, error) {
	s := &static{files: map[string]staticFile{}}
	entries, err := fs.ReadDir(ui.Static, "static")
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(ui.Static, "static/"+e.Name())
		if err != nil {
			return nil, fmt.Errorf("static files: %w", err)
		}
		mt, ok := mediaTypes[path.Ext(e.Name())]
		if !ok {
			return nil, fmt.Errorf("static file %s: no media type for it", e.Name())
		}
		sum := sha256.Sum256(data)
		s.files[e.Name()] = staticFile{hash: hex.EncodeToString(sum[:6]), mediaType: mt, data: data}
	}
	return s, nil
}

// url returns the address of a file; it fails for a name that is not there.
func (s *static) url(name string) (string, error) {
	f, ok := s.files[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return "/static/" + f.hash + "/" + name, nil
}

func (s *server) staticFile(c *gin.Context) error {
	f, ok := s.static.files[c.Param("name")]
	if !ok {
		return s.noRoute(c)
	}
	if c.Param("hash") == f.hash {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	} // another hash is a page from before an update: the file of now, not kept
	c.Data(http.StatusOK, f.mediaType, f.data)
	return nil
}

func (s *server) favicon(c *gin.Context) error {
	u, err := s.static.url("mark.svg")
	if err != nil {
		return err
	}
	c.Redirect(http.StatusMovedPermanently, u)
	return nil
}
