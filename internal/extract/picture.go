package extract

import (
	"fmt"
	"math"

	"marsa/corpus"
)

// MaxPixels is the largest picture of a page that is drawn: A4 at 300 dpi twice.
const MaxPixels = 18_000_000

// Picture says which page is to be drawn, and how large. One of Width and DPI is
// set.
type Picture struct {
	Page    int // 1, 2, 3
	Width   int // in pixels
	DPI     int
	Quality int // of the JPEG, 1 to 100; 0 is 80
}

// JPEGQuality is the quality to encode with.
func (p Picture) JPEGQuality() int {
	if p.Quality <= 0 || p.Quality > 100 {
		return 80
	}
	return p.Quality
}

// Pixels returns the size of the picture of a page that is so many points wide
// and high. A page of 14,400 points, the most that there may be, at a high
// resolution is refused.
func (p Picture) Pixels(width, height float64) (w, h int, err error) {
	if !(width > 0 && height > 0) || math.IsInf(width+height, 0) {
		return 0, 0, fmt.Errorf("the page has no size: %w", ErrDamaged)
	}
	scale := float64(p.DPI) / 72
	if p.Width > 0 {
		scale = float64(p.Width) / width
	}
	if scale <= 0 {
		return 0, 0, fmt.Errorf("neither a width nor dots per inch: %w", corpus.ErrInvalid)
	}
	x, y := math.Ceil(width*scale), math.Ceil(height*scale)
	if x*y > MaxPixels {
		return 0, 0, fmt.Errorf("a picture of %.0f times %.0f pixels: %w", x, y, ErrTooLarge)
	}
	return int(x), int(y), nil
}

// Engine is an extractor that has a second reader of compiled code behind it,
// which can draw too. Without Load it reads alone.
type Engine interface {
	Extractor
	// Load takes the code from a directory, or puts it there.
	Load(cache string) error
	// Alone is the extractor without its second reader.
	Alone() Extractor
	// Draw returns a page as JPEG.
	Draw(data []byte, p Picture) ([]byte, error)
}
