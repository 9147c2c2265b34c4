package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	reader "github.com/ledongthuc/pdf"

	"marsa/internal/extract"
)

// file is an open PDF.
type file struct {
	data        []byte // as the reader sees it: offsets of streams refer to it
	root        reader.Value
	trailer     reader.Value
	key         *key // nil when the file is not encrypted
	repaired    bool // the table of objects is our own
	triedRepair bool
	tooMany     error // there are more pages than are read
	decoded     int64 // bytes that came out of streams so far
	fonts       map[string]*font
}

// errBudget stops a reader that reads the same bytes again and again.
var errBudget = errors.New("the cross-reference leads in circles")

// open opens a file, and when its cross-reference is broken, opens it with one
// that is built anew from the objects it finds.
func open(ctx context.Context, data []byte) (*file, error) {
	if len(bytes.TrimSpace(data[:min(len(data), 4096)])) == 0 && len(data) < 4096 {
		return nil, extract.ErrEmpty
	}
	if i := bytes.Index(data[:min(len(data), 4096)], []byte("%PDF-")); i > 0 {
		data = data[i:] // what stands before, a mark or a header of HTTP, is not counted in offsets
	}
	f, err := openAsIs(ctx, data)
	if err == nil && f.hasPages() {
		return f, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if errors.Is(err, extract.ErrPassword) || errors.Is(err, extract.ErrUnsupported) {
		return nil, err
	}
	repaired, repairErr := rebuild(data)
	if repairErr == nil {
		f2, err2 := openAsIs(ctx, repaired)
		if err2 == nil && f2.hasPages() {
			f2.repaired = true
			return f2, nil
		}
		if errors.Is(err2, extract.ErrPassword) || errors.Is(err2, extract.ErrUnsupported) {
			return nil, err2
		}
	}
	if err == nil {
		err = errors.New("there is no page")
	}
	return nil, fmt.Errorf("open: %w: %w", extract.ErrDamaged, err)
}

func openAsIs(ctx context.Context, data []byte) (f *file, err error) {
	defer func() {
		if x := recover(); x != nil {
			f, err = nil, fmt.Errorf("reader gave up: %v", x)
		}
	}()
	end := bytes.LastIndex(data, []byte("%%EOF"))
	if end < 0 {
		return nil, errors.New("the end of the file is missing")
	}
	if !bytes.HasPrefix(data, []byte("%PDF-")) || len(data) < 100 {
		return nil, errors.New("the file does not begin as a PDF does")
	}
	data = data[:end+len("%%EOF")]
	if err := checkTables(data); err != nil {
		return nil, err
	}
	src := &source{ctx: ctx, data: data, budget: 64*int64(len(data)) + 64<<20}
	r, err := reader.NewReader(src, int64(len(data)))
	if err != nil {
		return nil, openError(data, err)
	}
	src.budget = 1 << 50 // pages are bounded by other limits
	f = &file{data: data, trailer: r.Trailer(), fonts: map[string]*font{}}
	f.root = f.trailer.Key("Root")
	if !f.trailer.Key("Encrypt").IsNull() {
		enc, ok := encryption(data, f.trailer)
		if !ok {
			return nil, errors.New("how the file is encrypted is not said")
		}
		f.key = newKey(enc, f.trailer.Key("ID").Index(0).RawString())
	}
	return f, nil
}

// openError tells a missing password from encryption that is not supported;
// the reader says both in words only.
func openError(data []byte, err error) error {
	switch {
	case errors.Is(err, reader.ErrInvalidPassword):
		return extract.ErrPassword
	case strings.Contains(err.Error(), "unsupported PDF: encryption"), strings.Contains(err.Error(), "bit encryption key"):
		return fmt.Errorf("open: this kind of encryption cannot be read: %w", extract.ErrUnsupported)
	}
	return err
}

// hasPages says whether there is something like a page tree.
func (f *file) hasPages() (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	pages := f.root.Key("Pages")
	return pages.Key("Kids").Len() > 0 || pages.Key("Type").Name() == "Page"
}

// source feeds the reader. It shows a header that the reader accepts, and stops
// it by panic when its time is over or it goes in circles: the reader has no
// other way to be stopped, and every call of it stands behind a recover.
type source struct {
	ctx    context.Context
	data   []byte
	budget int64
}

// header is what the reader takes for the beginning of a PDF of any version.
const header = "%PDF-1.7\n"

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		panic(err)
	}
	if off < 0 || off >= int64(len(s.data)) {
		return 0, io.EOF
	}
	n := copy(p, s.data[off:])
	if s.budget -= int64(n); s.budget < 0 {
		panic(errBudget)
	}
	if off < int64(len(header)) {
		copy(p[:n], header[off:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
