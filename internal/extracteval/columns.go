package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// The rule by which pages with columns of running text are picked. It looks at
// the blocks that poppler finds, not at how anybody reads them.
const (
	columnPages    = 40  // that are measured
	columnLines    = 3   // lines that a block of running text has at least
	columnWordsRow = 2.0 // words of three letters and more on a line of it, on average
	columnBeside   = 36  // points for which two blocks stand beside each other
	columnWords    = 40  // words in such blocks that a page has
	columnShare    = .33 // of the words of the page
	columnOrder    = .95 // of the words must stand in the order of the reference
)

// block is a paragraph, or a part of one, where poppler sees it.
type block struct {
	x0, y0, x1, y1 float64
	lines, words   int
}

// columnPage is a page with columns and how it is read.
type columnPage struct {
	dir, file string
	page      int // from 1
	words     int // in blocks that stand beside each other
	poppler   []string
	mupdf     []string
	ours      []string
}

// measureColumns picks pages of the folders by the rule, compares the order of
// their words with that of poppler and MuPDF, and says which are right.
func measureColumns(ctx context.Context, dirs []string, p *poppler, out io.Writer) error {
	mutool, err := exec.LookPath("mutool")
	if err != nil {
		return errors.New("mutool (MuPDF) is not installed:  sudo apt-get install mupdf-tools")
	}
	var perFile [][]columnPage
	for _, dir := range dirs {
		f, err := measure(ctx, dir, p)
		if err != nil {
			return err
		}
		found := make([][]columnPage, len(f.docs))
		index := map[*document]int{}
		for i, d := range f.docs {
			index[d] = i
		}
		err = each(f.docs, func(d *document) error {
			found[index[d]] = d.columnPages(ctx, dir, p)
			return ctx.Err()
		})
		if err != nil {
			return err
		}
		perFile = append(perFile, found...)
	}
	picked := pick(perFile)
	right := 0
	pr := &printer{bufio.NewWriter(out), strings.Join(dirs, "+")}
	for _, c := range picked {
		if c.mupdf, err = mupdfWords(ctx, mutool, filepath.Join(c.dir, c.file), c.page); err != nil {
			c.mupdf = nil
		}
		agree, a, b := ordered(c.poppler, c.mupdf), ordered(c.ours, c.poppler), ordered(c.ours, c.mupdf)
		verdict := "wrong"
		switch {
		case agree >= columnOrder && a >= columnOrder, agree < columnOrder && max(a, b) >= columnOrder:
			verdict = "right"
			right++
		}
		pr.line("columns-page", "%s poppler %.4f mupdf %.4f they agree %.4f words %d page %d of %s",
			verdict, a, b, agree, len(c.poppler), c.page, c.file)
	}
	pr.line("columns-pages", "%d", len(picked))
	pr.line("columns-right", "%d", right)
	return pr.Flush()
}

// pick takes the page with the most words in columns of each file, then the
// second of each, until there are enough.
func pick(perFile [][]columnPage) []columnPage {
	var out []columnPage
	for rank := 0; rank < 40; rank++ {
		for _, pages := range perFile {
			if rank < len(pages) && len(out) < columnPages {
				out = append(out, pages[rank])
			}
		}
	}
	return out
}

// columnPages returns the pages of a document that have columns of running text,
// those with the most words in them first.
func (d *document) columnPages(ctx context.Context, dir string, p *poppler) []columnPage {
	pages, err := p.blocks(ctx, filepath.Join(dir, d.name))
	if err != nil {
		return nil
	}
	var out []columnPage
	for i, blocks := range pages {
		c := columnPage{dir: dir, file: d.name, page: i + 1, words: besides(blocks), poppler: at(d.poppler, i)}
		if i < len(d.pages) {
			c.ours = d.pages[i].words
		}
		if c.words >= columnWords && float64(c.words) >= columnShare*float64(len(c.poppler)) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b columnPage) int { return cmp.Compare(b.words, a.words) })
	return out
}

// besides counts the words in blocks of running text beside which there is
// another one.
func besides(blocks []block) int {
	n := 0
	for i, a := range blocks {
		if slices.ContainsFunc(slices.Delete(slices.Clone(blocks), i, i+1), func(b block) bool {
			return a.running() && b.running() && (a.x1 < b.x0 || b.x1 < a.x0) &&
				min(a.y1, b.y1)-max(a.y0, b.y0) >= columnBeside
		}) {
			n += a.words
		}
	}
	return n
}

func (b block) running() bool {
	return b.lines >= columnLines && float64(b.words) >= columnWordsRow*float64(b.lines)
}

// ordered is the share of the words of a text that are read in its order.
func ordered(read, wanted []string) float64 {
	return share(inOrder(read, wanted), max(len(wanted), 1))
}

// blocks returns the blocks that poppler finds on each page.
func (p *poppler) blocks(ctx context.Context, file string) ([][]block, error) {
	data, err := p.output(ctx, p.path, "-q", "-bbox-layout", file)
	if err != nil {
		return nil, err
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	var out [][]block
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("blocks of %s: %w", filepath.Base(file), err)
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if el.Name.Local == "page" {
			out = append(out, nil)
			continue
		}
		if len(out) == 0 {
			continue
		}
		page := &out[len(out)-1]
		switch n := len(*page); el.Name.Local {
		case "block":
			*page = append(*page, block{x0: attr(el, "xMin"), y0: attr(el, "yMin"), x1: attr(el, "xMax"), y1: attr(el, "yMax")})
		case "line":
			if n > 0 {
				(*page)[n-1].lines++
			}
		case "word":
			word, err := dec.Token()
			if text, ok := word.(xml.CharData); err == nil && ok && n > 0 && letterWord(string(text)) {
				(*page)[n-1].words++
			}
		}
	}
}

// letterWord says whether a word is one of running text and not of a figure or a
// table: it has three letters or more.
func letterWord(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n >= 3
}

func attr(el xml.StartElement, name string) float64 {
	for _, a := range el.Attr {
		if a.Name.Local == name {
			f, _ := strconv.ParseFloat(a.Value, 64)
			return f
		}
	}
	return 0
}

// brokenWord is a word with a hyphen at the end of a line, which MuPDF leaves as
// it is.
var brokenWord = regexp.MustCompile(`(\p{Ll})[-\x{AD}\x{2010}]\n(\p{Ll})`)

// mupdfWords returns the words of one page as MuPDF reads them.
func mupdfWords(ctx context.Context, mutool, file string, page int) ([]string, error) {
	p := &poppler{path: mutool, timeout: popplerTime}
	data, err := p.output(ctx, mutool, "draw", "-q", "-F", "txt", file, strconv.Itoa(page))
	return words(brokenWord.ReplaceAllString(string(data), "$1$2")), err
}

// output runs a program on a file, for a limited time.
func (p *poppler) output(ctx context.Context, program string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	if strings.HasSuffix(program, "pdftotext") {
		args = append(args, "-")
	}
	cmd := exec.CommandContext(ctx, program, args...)
	out := &bounded{left: popplerText}
	cmd.Stdout = out
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(program), err)
	}
	return out.Bytes(), nil
}
