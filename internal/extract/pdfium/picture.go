package pdfium

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"

	"marsa/corpus"
	"marsa/internal/extract"
)

// Draw draws a page as JPEG.
func (f *File) Draw(p extract.Picture) ([]byte, error) {
	if p.Page < 1 || p.Page > f.pages {
		return nil, fmt.Errorf("draw page %d of %d: %w", p.Page, f.pages, corpus.ErrNotFound)
	}
	page := f.page(p.Page - 1)
	size, err := f.pdfium.GetPageSize(&requests.GetPageSize{Page: page})
	if err != nil {
		return nil, fmt.Errorf("draw page %d: %w: %w", p.Page, extract.ErrDamaged, err)
	}
	w, h, err := p.Pixels(size.Width, size.Height)
	if err != nil {
		return nil, fmt.Errorf("draw page %d: %w", p.Page, err)
	}
	r, err := f.pdfium.RenderPageInPixels(&requests.RenderPageInPixels{
		Page: page, Width: w, Height: h, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
	})
	if err != nil {
		return nil, fmt.Errorf("draw page %d: %w: %w", p.Page, extract.ErrDamaged, err)
	}
	defer r.Cleanup()
	drawn, ok := r.Result.RenderedImage.(*image.RGBA)
	if !ok {
		return nil, fmt.Errorf("draw page %d: the picture is a %T: %w", p.Page, r.Result.RenderedImage, extract.ErrCrashed)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, onWhite(drawn, r.Result.HasTransparency), &jpeg.Options{Quality: p.JPEGQuality()}); err != nil {
		return nil, fmt.Errorf("draw page %d: %w", p.Page, err)
	}
	return b.Bytes(), nil
}

// onWhite lays a page with transparent parts on paper. Pdfium does not multiply
// colours with their opacity, as image.RGBA says.
func onWhite(page *image.RGBA, transparent bool) image.Image {
	if !transparent {
		return page
	}
	paper := image.NewRGBA(page.Rect)
	draw.Draw(paper, paper.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(paper, paper.Rect, &image.NRGBA{Pix: page.Pix, Stride: page.Stride, Rect: page.Rect}, page.Rect.Min, draw.Over)
	return paper
}
