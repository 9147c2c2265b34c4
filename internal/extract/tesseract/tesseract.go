// Package tesseract reads pictures of text with the program tesseract, where it
// is installed. It knows how the program is called and what it answers; it knows
// nothing of files, of pages that need it, nor where their pictures come from.
package tesseract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"marsa/corpus"
	"marsa/internal/extract"
)

// Engine is the name under which pages say who read them.
const Engine = "tesseract"

// ErrMissing says that the program, or the data of the language, is not
// installed.
var ErrMissing = errors.New("tesseract is not installed")

const (
	// pageTime is how long the program may take for one picture. A page of dense
	// print takes 1 to 3 s.
	pageTime = 60 * time.Second
	// maxAnswer bounds what is taken of its output, in bytes: 20 times what a page
	// of the longest text needs.
	maxAnswer = 32 << 20
)

// codes are the names that tesseract's data has for languages: ISO 639-2/T.
var codes = map[corpus.Lang]string{
	"ar": "ara", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng",
	"es": "spa", "et": "est", "eu": "eus", "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle", "gl": "glg",
	"he": "heb", "hr": "hrv", "hu": "hun", "hy": "hye", "id": "ind", "it": "ita", "lt": "lit", "lv": "lav",
	"mt": "mlt", "nl": "nld", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk",
	"sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr", "ur": "urd",
}

// Program is an installed tesseract. It is safe for concurrent use.
type Program struct {
	path      string
	languages []corpus.Lang // whose data is installed
}

// Find looks for the program on PATH and asks which languages it reads. It
// returns ErrMissing where there is none, or none with a language that is known.
func Find(ctx context.Context) (*Program, error) {
	path, err := exec.LookPath("tesseract")
	if err != nil {
		return nil, ErrMissing
	}
	p := &Program{path: path}
	out, err := p.run(ctx, nil, "--list-langs")
	if err != nil {
		return nil, fmt.Errorf("ask tesseract for its languages: %w", err)
	}
	installed := strings.Fields(string(out))
	for lang, code := range codes {
		if slices.Contains(installed, code) {
			p.languages = append(p.languages, lang)
		}
	}
	if len(p.languages) == 0 {
		return nil, ErrMissing
	}
	slices.Sort(p.languages)
	return p, nil
}

// Languages returns the languages that can be read, sorted.
func (p *Program) Languages() []corpus.Lang { return slices.Clone(p.languages) }

// Reads says whether a language can be read.
func (p *Program) Reads(l corpus.Lang) bool { return slices.Contains(p.languages, l) }

// Read reads a picture (JPEG or PNG) of text in the given languages, of which
// the first is the likeliest. Boxes are in shares of the picture.
func (p *Program) Read(ctx context.Context, picture []byte, langs ...corpus.Lang) (*Reading, error) {
	var data []string
	for _, l := range langs {
		if !p.Reads(l) {
			return nil, fmt.Errorf("read a picture: there is no data for %q: %w", l, ErrMissing)
		}
		data = append(data, codes[l])
	}
	if len(data) == 0 {
		return nil, fmt.Errorf("read a picture: no language is given: %w", corpus.ErrInvalid)
	}
	ctx, cancel := context.WithTimeout(ctx, pageTime)
	defer cancel()
	out, err := p.run(ctx, picture, "stdin", "stdout", "-l", strings.Join(data, "+"), "tsv")
	if err != nil {
		return nil, fmt.Errorf("read a picture: %w", err)
	}
	return parse(out)
}

// run runs the program in an empty directory. It gets nothing of the environment
// but the place of its data, and one thread: pages are read side by side.
func (p *Program) run(ctx context.Context, in []byte, args ...string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "marsa-ocr-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	out, said := &limited{max: maxAnswer}, &limited{max: 1 << 20}
	c := exec.CommandContext(ctx, p.path, args...)
	c.Dir = dir
	c.Env = []string{"OMP_THREAD_LIMIT=1", "TMPDIR=" + dir, "TESSDATA_PREFIX=" + os.Getenv("TESSDATA_PREFIX"), "PATH=" + os.Getenv("PATH")}
	if os.Getenv("TESSDATA_PREFIX") == "" {
		c.Env = slices.DeleteFunc(c.Env, func(v string) bool { return strings.HasPrefix(v, "TESSDATA_PREFIX") })
	}
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(in), out, said
	c.WaitDelay = time.Second
	err = c.Run()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, fmt.Errorf("not read within %v: %w", pageTime, extract.ErrTimeout)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.over:
		return nil, fmt.Errorf("more than %d bytes were read from it: %w", maxAnswer, extract.ErrTooLarge)
	case err != nil:
		return nil, fmt.Errorf("tesseract: %w: %s", err, extract.CleanLine(string(said.kept), 300))
	}
	return out.kept, nil
}

// limited keeps at most max bytes of what is written to it; more is an error,
// which ends the program. It has no other method of bytes.Buffer: io.Copy would
// read into it without end.
type limited struct {
	kept []byte
	max  int
	over bool
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.max-len(l.kept))
	l.kept = append(l.kept, p[:n]...)
	if n < len(p) {
		l.over = true
		return n, io.ErrShortBuffer
	}
	return n, nil
}
