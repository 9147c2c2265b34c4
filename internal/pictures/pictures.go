// Package pictures gives pictures of pages: drawn when they are asked for, and
// kept on disk up to a size. It knows which sizes there are and what is thrown
// away; how a page is drawn is done by others.
package pictures

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/sync/singleflight"

	"marsa/corpus"
	"marsa/internal/extract"
)

const (
	// Least and Most are the narrowest and the widest picture, in pixels.
	Least, Most = 100, 2000
	// atOnce is how many pictures are drawn side by side, and waiting how many
	// requests wait for that; more are told to come again.
	atOnce  = 2
	waiting = 32
	// patience is how long a request waits for its turn: children may be busy with
	// files that are being taken in.
	patience = 20 * time.Second
)

// Drawer draws a page. extract/worker.Pool is one.
type Drawer interface {
	Draw(ctx context.Context, data []byte, p extract.Picture) ([]byte, error)
}

// Library has the files. catalog.Catalog is one.
type Library interface {
	Document(id corpus.ID) (*corpus.Document, error)
	Original(id corpus.ID) (io.ReadSeekCloser, error)
}

// Pictures gives pictures of pages. It is safe for concurrent use.
type Pictures struct {
	library Library
	drawer  Drawer
	shelf   *shelf
	same    singleflight.Group
	turns   chan struct{}
	queue   chan struct{}
}

// Open keeps pictures in dir, which is made when there is something to keep, and
// at most max bytes of them.
func Open(dir string, max int64, l Library, d Drawer) *Pictures {
	return &Pictures{library: l, drawer: d, shelf: &shelf{dir: dir, max: max},
		turns: make(chan struct{}, atOnce), queue: make(chan struct{}, waiting)}
}

// Has says whether pages of a document have pictures: those of PDF files do.
func (*Pictures) Has(d *corpus.Document) bool { return d.Original.MediaType == extract.PDF }

// tagOf names what a picture shows: an equal tag is the same picture.
func tagOf(d *corpus.Document, page, width int) string {
	return fmt.Sprintf("%s-%d-%d", d.Original.Hash, page, width)
}

// JPEG returns the picture of a page with a width in pixels. It
// returns corpus.ErrNotFound where there is none or it cannot be drawn, and corpus.ErrUnavailable when too much
// is asked for at once.
func (p *Pictures) JPEG(ctx context.Context, id corpus.ID, page, width int) ([]byte, error) {
	d, err := p.library.Document(id)
	if err != nil {
		return nil, err
	}
	if !p.Has(d) || width < Least || width > Most || page < 1 || page > d.NumPages {
		return nil, fmt.Errorf("picture of page %d of %s, %d pixels wide: %w", page, id, width, corpus.ErrNotFound)
	}
	tag := tagOf(d, page, width)
	if data, ok := p.shelf.get(tag); ok {
		return data, nil
	}
	// Who asks for the same waits for the same, and who leaves does not end it.
	result := p.same.DoChan(tag, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience+extract.PictureTime)
		defer cancel()
		data, err := p.draw(ctx, id, extract.Picture{Page: page, Width: width, Quality: 75})
		if err == nil {
			p.shelf.put(tag, data)
		}
		return data, err
	})
	select {
	case r := <-result:
		data, _ := r.Val.([]byte)
		return data, r.Err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// draw waits for its turn and draws.
func (p *Pictures) draw(ctx context.Context, id corpus.ID, picture extract.Picture) ([]byte, error) {
	busy := fmt.Errorf("too many pictures are asked for: %w", corpus.ErrUnavailable)
	select {
	case p.queue <- struct{}{}:
		defer func() { <-p.queue }()
	default:
		return nil, busy
	}
	select {
	case p.turns <- struct{}{}:
		defer func() { <-p.turns }()
	case <-time.After(patience):
		return nil, busy
	}
	f, err := p.library.Original(id)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, extract.MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read the original of %s: %w", id, err)
	}
	jpeg, err := p.drawer.Draw(ctx, data, picture)
	switch {
	case err == nil || ctx.Err() != nil:
	case errors.Is(err, extract.ErrTimeout):
		err = fmt.Errorf("%w: %w", corpus.ErrUnavailable, err)
	case extract.Reason(err) != "": // the fault of the file
		err = fmt.Errorf("%w: %w", corpus.ErrNotFound, err)
	}
	return jpeg, err
}
