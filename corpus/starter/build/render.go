package main

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// render makes the file of a text and returns it.
func render(ctx context.Context, root string, t *Text) ([]byte, error) {
	if t.Format == "md" {
		s, err := composePlain(t)
		return []byte(s), err
	}
	if t.Format == "xlsx" {
		return workbook(t)
	}
	dir, err := os.MkdirTemp("", "starter-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	style, err := filepath.Abs(styleDir(root))
	if err != nil {
		return nil, err
	}
	r := renderer{t: t, dir: dir, style: style}
	switch t.Format {
	case "pdf":
		return r.pdf(ctx)
	case "html":
		return r.html(ctx, nil)
	case "docx":
		data, err := r.pandoc(ctx, compose(t), "docx", "--shift-heading-level-by=-1",
			"--reference-doc="+filepath.Join(style, "reference.docx"),
			"-M", "subtitle="+t.kindLabel())
		if err != nil || !t.Lang().RTL() {
			return data, err
		}
		return mirrorTables(data)
	default:
		notice, about := t.about()
		return r.pandoc(ctx, compose(t), "pptx", "--slide-level=2",
			"--reference-doc="+filepath.Join(style, "reference.pptx"),
			"-M", "subtitle="+t.kindLabel(), "-M", "author="+notice, "-M", "author="+about)
	}
}

// renderer makes one file in a folder of its own.
type renderer struct {
	t          *Text
	dir, style string
}

// pandoc turns Markdown into a format.
func (r *renderer) pandoc(ctx context.Context, markdown, format string, args ...string) ([]byte, error) {
	in := filepath.Join(r.dir, "in.md")
	out := filepath.Join(r.dir, "out."+format)
	if err := os.WriteFile(in, []byte(markdown), 0o644); err != nil {
		return nil, err
	}
	args = append([]string{in, "-o", out, "-f", "markdown-auto_identifiers-citations-smart", "-t", format, "--standalone",
		"--lua-filter=" + filepath.Join(r.style, "urls.lua"), "--lua-filter=" + filepath.Join(r.style, chartStyle),
		"-M", "title=" + r.t.Title, "-M", "lang=" + string(r.t.Lang())}, args...)
	if r.t.Lang().RTL() {
		args = append(args, "-M", "dir=rtl")
	}
	if err := runProgram(ctx, "pandoc", args...); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// html makes a page that needs no other file. pages gives the page number of
// each section for the table of contents of a printed document.
func (r *renderer) html(ctx context.Context, pages map[string]int) ([]byte, error) {
	body, sections := withAnchors(composeBody(r.t))
	css, err := os.ReadFile(filepath.Join(r.style, "page.css"))
	if err != nil {
		return nil, err
	}
	args := []string{"--template=" + filepath.Join(r.style, "page.html"),
		"-V", "css=" + string(css), "-V", "kindlabel=" + r.t.kindLabel(), "-V", "format=" + r.t.Format}
	if r.t.Contents {
		args = append(args, "-V", "long=yes")
		body = "```{=html}\n" + contents(r.t, sections, pages) + "```\n\n" + body
	}
	return r.pandoc(ctx, composeAbout(r.t)+body, "html", args...)
}

// contents is the table of contents as HTML.
func contents(t *Text, sections []heading, pages map[string]int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<div class=\"contents\">\n<p class=\"contents-title\">%s</p>\n", phrases[t.Lang()].Contents)
	for _, h := range sections {
		page := ""
		if n := pages[h.Anchor]; n > 0 {
			page = strconv.Itoa(n)
		}
		fmt.Fprintf(&b, "<p><a href=\"#%s\">%s</a> <span>%s</span></p>\n", h.Anchor, html.EscapeString(h.Title), page)
	}
	b.WriteString("</div>\n")
	return b.String()
}

// pdf prints the page. A document with a table of contents is printed twice,
// because only the first print tells on which page a section begins.
func (r *renderer) pdf(ctx context.Context) ([]byte, error) {
	var pages map[string]int
	if r.t.Contents {
		var err error
		if _, err = r.print(ctx, nil); err != nil {
			return nil, err
		}
		if pages, err = r.destinations(ctx); err != nil {
			return nil, err
		}
	}
	data, err := r.print(ctx, pages)
	if err != nil {
		return nil, err
	}
	if data, err = fixDates(data); err != nil {
		return nil, err
	}
	return r.pack(ctx, data)
}

// packing is how qpdf writes a PDF again: Chromium leaves the tags of a page, which
// are most of a file, unpacked. The ID of the file comes from what is in it.
var packing = []string{"--object-streams=generate", "--recompress-flate", "--compression-level=9", "--deterministic-id"}

func (r *renderer) pack(ctx context.Context, data []byte) ([]byte, error) {
	in, out := filepath.Join(r.dir, "large.pdf"), filepath.Join(r.dir, "packed.pdf")
	if err := os.WriteFile(in, data, 0o644); err != nil {
		return nil, err
	}
	if err := runProgram(ctx, "qpdf", append(packing, in, out)...); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

func (r *renderer) print(ctx context.Context, pages map[string]int) ([]byte, error) {
	page, err := r.html(ctx, pages)
	if err != nil {
		return nil, err
	}
	in, out := filepath.Join(r.dir, "in.html"), filepath.Join(r.dir, "out.pdf")
	if err := os.WriteFile(in, page, 0o644); err != nil {
		return nil, err
	}
	err = runProgram(ctx, "chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
		"--user-data-dir="+filepath.Join(r.dir, "profile"), "--no-pdf-header-footer",
		"--generate-pdf-document-outline", "--print-to-pdf="+out, "file://"+in)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

var destination = regexp.MustCompile(`(?m)^\s*(\d+) \[.*\] "(s\d+)"`)

// destinations asks poppler on which page of the print each section begins.
func (r *renderer) destinations(ctx context.Context) (map[string]int, error) {
	out, err := exec.CommandContext(ctx, "pdfinfo", "-dests", filepath.Join(r.dir, "out.pdf")).Output()
	if err != nil {
		return nil, fmt.Errorf("pdfinfo -dests: %w", err)
	}
	pages := map[string]int{}
	for _, m := range destination.FindAllStringSubmatch(string(out), -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return nil, err
		}
		pages[m[2]] = n
	}
	return pages, nil
}

var pdfDate = regexp.MustCompile(`/(CreationDate|ModDate) \(D:\d{14}`)

// fixDates writes the time of SOURCE_DATE_EPOCH over the times in a PDF, which
// Chromium takes from the clock. Every date has the same length, so that offsets
// in the file stay true.
func fixDates(pdf []byte) ([]byte, error) {
	seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
	}
	stamp := time.Unix(seconds, 0).UTC().Format("20060102150405")
	return pdfDate.ReplaceAll(pdf, []byte("/$1 (D:"+stamp)), nil
}

// runProgram runs a program and puts what it complained of into the error.
func runProgram(ctx context.Context, name string, args ...string) error {
	var said bytes.Buffer
	c := exec.CommandContext(ctx, name, args...)
	c.Stdout, c.Stderr = &said, &said
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(said.String()))
	}
	return nil
}
