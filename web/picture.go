package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
	"marsa/internal/search"
)

// Pictures draws pages of documents as they are printed.
type Pictures interface {
	// Has says whether the pages of a document can be drawn.
	Has(d *corpus.Document) bool
	// JPEG returns the picture of a page in one of pictureWidths.
	JPEG(ctx context.Context, id corpus.ID, page, width int) ([]byte, error)
}

// Widths of pictures, in pixels: beside a record, on a page, and there on screens
// with small pixels.
const (
	thumbWidth = 240
	pageWidth  = 1000
	largeWidth = 1600
)

// pictureView is a page as it is printed, with what is to be marked on it.
type pictureView struct {
	URL, Large string // pageWidth and largeWidth pixels wide
	Width      int
	Open       bool // shown without being asked for: the text is not enough
	Marks      []BoxAnswer
}

// picture sends a page as a JPEG.
func (s *server) picture(c *gin.Context) error {
	id, err := readID(c.Param("id"))
	if err != nil {
		return err
	}
	number, ok := readNumber(c.Param("number"))
	width, err := strconv.Atoi(c.Query("w"))
	if !ok || err != nil || s.Pictures == nil || !slices.Contains([]int{thumbWidth, pageWidth, largeWidth}, width) {
		return &fault{status: http.StatusNotFound, key: "error.no_page"}
	}
	d, err := s.Library.Document(id)
	if err != nil {
		return noDocument(err)
	}
	h := c.Writer.Header()
	h.Set("Cache-Control", "private, no-cache") // a document that was taken out stays nowhere
	h.Set("ETag", fmt.Sprintf(`"%s-%d-%d"`, d.Original.Hash, number, width))
	if strings.Contains(c.GetHeader("If-None-Match"), h.Get("ETag")) {
		c.Status(http.StatusNotModified)
		return nil
	}
	data, err := s.Pictures.JPEG(c.Request.Context(), id, number, width)
	if err != nil {
		h.Del("ETag")
		if errors.Is(err, corpus.ErrNotFound) {
			return &fault{status: http.StatusNotFound, key: "error.no_picture", err: err}
		}
		return err
	}
	c.Data(http.StatusOK, "image/jpeg", data)
	return nil
}

// pictureOf is the picture of a page that was marked, or nil where there is none.
func (s *server) pictureOf(d *corpus.Document, m *search.Marked) *pictureView {
	if s.Pictures == nil || !s.Pictures.Has(d) {
		return nil
	}
	return &pictureView{
		URL: pictureURL("", d.ID, m.Page.Number, pageWidth), Large: pictureURL("", d.ID, m.Page.Number, largeWidth),
		Width: pageWidth, Open: m.Page.Quality.State != corpus.Complete, Marks: list(boxesOfHits(m), boxJSON),
	}
}

// boxesOfHits are the boxes of the words that are marked on a page.
func boxesOfHits(m *search.Marked) []corpus.Box {
	var all []corpus.Box
	at, next := 0, 0
	boxes := m.Page.Boxes
	for _, part := range m.Parts {
		end := at + len(part.Text)
		for next < len(boxes) && boxes[next].End <= at {
			next++
		}
		for i := next; part.Hit && i < len(boxes) && boxes[i].Start < end; i++ {
			if boxes[i].End > at {
				all = append(all, boxes[i])
			}
		}
		at = end
	}
	return all
}

func pictureURL(base string, id corpus.ID, number, width int) string {
	return fmt.Sprintf("%s/doc/%s/p/%d/picture?w=%d", base, url.PathEscape(string(id)), number, width)
}
