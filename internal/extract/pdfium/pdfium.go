// Package pdfium reads and draws PDF files with pdfium, the PDF engine of
// Chromium, compiled to WebAssembly: what it does wrong, it does in a memory of
// its own. It knows how pdfium is called and how its text becomes marsa's normal
// form; which reader is right is for the callers to say. Nothing stops pdfium
// when it hangs but the end of the process.
package pdfium

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	api "github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	wasm "github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"marsa/internal/extract"
)

// Name is how pages say that pdfium read them.
const Name = "pdfium"

const (
	// maxMemory is what an instance may use, in pages of WebAssembly (64 KiB).
	maxMemory = 5120
	// maxCopied is the size from which a file is not copied into that memory but
	// read from outside, block by block, which is slower.
	maxCopied = 64 << 20
	// maxStart is how long an instance may take to start.
	maxStart = time.Minute
)

// ErrNotLoaded says that the engine has no code to run.
var ErrNotLoaded = errors.New("pdfium is not loaded")

// Engine is pdfium, once loaded. The zero value is ready to be loaded.
type Engine struct {
	mu   sync.Mutex
	pool api.Pool
}

// Load makes the engine ready. The code is taken from the directory cache; where
// it is not there, it is compiled, which takes 5 to 15 seconds, and put there.
// What is there and damaged is an error. Loading what is loaded does nothing.
func (e *Engine) Load(cache string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool != nil {
		return nil
	}
	kept, err := wazero.NewCompilationCacheWithDir(cache)
	if err != nil {
		return fmt.Errorf("open the cache of pdfium: %w", err)
	}
	e.pool, err = webassembly.Init(webassembly.Config{
		MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), // the default is the whole file system
		Stdout:   io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfigCompiler().
			WithCoreFeatures(wasm.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(maxMemory).
			WithDebugInfoEnabled(false). // half of the time to load
			WithCompilationCache(kept),
	})
	if err != nil {
		e.pool = nil
		return errors.Join(fmt.Errorf("load pdfium: %w", err), kept.Close(context.Background()))
	}
	return nil
}

// File is an open PDF. It is not for concurrent use.
type File struct {
	pdfium api.Pdfium
	doc    references.FPDF_DOCUMENT
	pages  int
}

// Open opens a file in an instance of its own, with an empty password where one
// is needed. Close it.
func (e *Engine) Open(data []byte) (*File, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool == nil {
		return nil, ErrNotLoaded
	}
	in, err := e.pool.GetInstance(maxStart)
	if err != nil {
		return nil, fmt.Errorf("start pdfium: %w", err)
	}
	f := &File{pdfium: in}
	if err := f.open(data); err != nil {
		f.Close()
		return nil, fmt.Errorf("open: %w", err)
	}
	return f, nil
}

func (f *File) open(data []byte) error {
	r := &requests.OpenDocument{File: &data}
	if len(data) > maxCopied {
		r = &requests.OpenDocument{FileReader: bytes.NewReader(data), FileReaderSize: int64(len(data))}
	}
	d, err := f.pdfium.OpenDocument(r)
	switch {
	case errors.Is(err, pdferrors.ErrPassword):
		return extract.ErrPassword
	case errors.Is(err, pdferrors.ErrSecurity):
		return fmt.Errorf("this kind of encryption cannot be read: %w", extract.ErrUnsupported)
	case err != nil:
		return fmt.Errorf("%w: %w", extract.ErrDamaged, err)
	}
	f.doc = d.Document
	n, err := f.pdfium.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: f.doc})
	if err != nil {
		return fmt.Errorf("count pages: %w", err)
	}
	f.pages = n.PageCount
	if f.pages <= 0 {
		return fmt.Errorf("there is no page: %w", extract.ErrDamaged)
	}
	return nil
}

// Pages is how many pages there are.
func (f *File) Pages() int { return f.pages }

// Close ends the instance, whatever happened in it.
func (f *File) Close() { _ = f.pdfium.Close() }

func (f *File) page(i int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: f.doc, Index: i}}
}
