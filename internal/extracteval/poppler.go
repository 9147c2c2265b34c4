package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// What pdftotext may use for a file: some of them make it loop.
const (
	popplerTime = 30 * time.Second
	popplerText = 256 << 20 // bytes of text
)

var errNoPoppler = errors.New("pdftotext (poppler) is not installed, and is what texts are compared with.\n" +
	"Install it:  sudo apt-get install poppler-utils   (macOS: brew install poppler)\n" +
	"or compare with known text only:  -known")

// poppler reads files with pdftotext.
type poppler struct {
	path    string
	version string
	timeout time.Duration
}

var versionNumber = regexp.MustCompile(`version (\S+)`)

func findPoppler(ctx context.Context) (*poppler, error) {
	path, err := exec.LookPath("pdftotext")
	if err != nil {
		return nil, errNoPoppler
	}
	p := &poppler{path: path, version: "unknown", timeout: popplerTime}
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	said, err := exec.CommandContext(ctx, path, "-v").CombinedOutput()
	if m := versionNumber.FindSubmatch(said); m != nil {
		p.version = string(m[1])
	} else if err != nil {
		return nil, fmt.Errorf("ask %s for its version: %w", path, err)
	}
	return p, nil
}

// read returns the words of each page.
func (p *poppler) read(ctx context.Context, file string) ([][]string, error) {
	file, err := filepath.Abs(file) // a name may begin with a hyphen
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.path, "-q", "-enc", "UTF-8", file, "-")
	cmd.WaitDelay = time.Second
	out := &bounded{left: popplerText}
	cmd.Stdout = out
	err = cmd.Run()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("pdftotext %s: %w", filepath.Base(file), err)
	}
	return pageWords(runs.Replace(out.String())), nil
}

// runs parts the stretches of text that poppler marks as written from left to
// right among others: it leaves out the space between "page:" and its number
// there, and marks are no letters that join words.
var runs = strings.NewReplacer("\u202a", " ", "\u202b", " ", "\u202c", " ")

// pageWords returns the words of a text whose pages end in form feeds.
func pageWords(text string) [][]string {
	var out [][]string
	for sheet := range strings.SplitSeq(strings.TrimSuffix(text, "\f"), "\f") {
		out = append(out, words(sheet))
	}
	return out
}

// bounded is a buffer that refuses more than it may hold, which ends the program
// that writes to it.
type bounded struct {
	bytes.Buffer
	left int
}

func (b *bounded) Write(data []byte) (int, error) {
	if b.left -= len(data); b.left < 0 {
		return 0, io.ErrShortWrite
	}
	return b.Buffer.Write(data)
}
