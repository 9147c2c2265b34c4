package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/worker"
)

// folder is what was read of the PDF files in one folder.
type folder struct {
	dir     string
	docs    []*document
	seconds float64  // that marsa took for all
	poppler *poppler // nil when only known text is compared with
	grouped bool     // a line for each language and producer is asked for
}

// document is a file as it was read.
type document struct {
	name  string
	pages []page
	state corpus.State
	err   error // why marsa refused it

	poppler    [][]string // words of each page
	popplerErr error
	known      [][]string // words of each page, or of all when there is one; nil when there is no .txt
}

type page struct {
	words   []string
	quality corpus.Quality
}

// measure reads every PDF file of a folder, first with marsa and then with
// poppler, so that neither waits for the other's processor.
func measure(ctx context.Context, dir string, p *poppler) (*folder, error) {
	f := &folder{dir: dir, poppler: p}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("list the folder: %w", err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() && strings.EqualFold(filepath.Ext(e.Name()), ".pdf") {
			f.docs = append(f.docs, &document{name: e.Name()})
		}
	}
	if len(f.docs) == 0 {
		return nil, fmt.Errorf("%s: there are no PDF files", dir)
	}
	pool := worker.New(worker.Config{})
	start := time.Now()
	err = each(f.docs, func(d *document) error { return d.read(ctx, pool, dir) })
	f.seconds = time.Since(start).Seconds()
	if err := errors.Join(err, pool.Close()); err != nil {
		return nil, err
	}
	return f, each(f.docs, func(d *document) error {
		if p != nil {
			d.poppler, d.popplerErr = p.read(ctx, filepath.Join(dir, d.name))
		}
		return errors.Join(ctx.Err(), d.readKnown(dir))
	})
}

// each calls do for every document, as many at a time as there are processors.
func each(docs []*document, do func(*document) error) error {
	var wg sync.WaitGroup
	queue := make(chan int)
	errs := make([]error, len(docs))
	for range runtime.NumCPU() {
		wg.Go(func() {
			for i := range queue {
				errs[i] = do(docs[i])
			}
		})
	}
	for i := range docs {
		queue <- i
	}
	close(queue)
	wg.Wait()
	return errors.Join(errs...)
}

// read reads the file with marsa. What it refuses is noted; an error says that
// nothing can be measured.
func (d *document) read(ctx context.Context, pool *worker.Pool, dir string) error {
	data, err := readFile(filepath.Join(dir, d.name))
	if err != nil {
		return err
	}
	c, err := pool.Extract(ctx, d.name, data)
	if err != nil {
		d.err = err
		return ctx.Err()
	}
	d.state = c.State
	for _, p := range c.Pages {
		d.pages = append(d.pages, page{words(p.Text), p.Quality})
	}
	return nil
}

// readKnown reads the true text beside the file, if there is one.
func (d *document) readKnown(dir string) error {
	name := strings.TrimSuffix(d.name, filepath.Ext(d.name)) + ".txt"
	data, err := readFile(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	d.known = pageWords(string(data))
	return err
}

// words returns the words of each page, as marsa read them.
func (d *document) words() [][]string {
	out := make([][]string, len(d.pages))
	for i, p := range d.pages {
		out[i] = p.words
	}
	return out
}

// readFile reads as much of a file as shows that it is too large to be read.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, extract.MaxFile+1))
	return data, errors.Join(err, f.Close())
}

// against compares the words of pages with known ones, page by page when the
// known text has pages, and says how many of them are read in order.
func against(read, known [][]string) (s score, ordered int) {
	if len(known) == 1 {
		read = [][]string{slices.Concat(read...)}
	}
	for i := range max(len(read), len(known)) {
		r, k := at(read, i), at(known, i)
		s = s.add(compare(r, k))
		ordered += inOrder(r, k)
	}
	return s, ordered
}

// at is the page with index i, which is empty when there is none.
func at(pages [][]string, i int) []string {
	if i >= len(pages) {
		return nil
	}
	return pages[i]
}
