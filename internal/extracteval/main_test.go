package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/all"
	"marsa/internal/extract/worker"
)

func TestMain(m *testing.M) {
	worker.Child(all.Table())
	os.Exit(m.Run())
}

var markup = regexp.MustCompile(`(?s)<head>.*</head>|</?[bi]>|<[^>]*>`)

// knownFiles makes a folder of printed pages with the text that was printed, and
// a file that is no PDF. In the English text the border of the pages is marked.
func knownFiles(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"en-chromium", "ar-libreoffice", "he-chromium", "columns-chromium"} {
		source := "../extract/pdf/testdata/"
		printed, err := os.ReadFile(source + name + ".pdf")
		if err != nil {
			t.Fatal(err)
		}
		lang, _, _ := strings.Cut(name, "-")
		html, err := os.ReadFile(source + lang + ".html")
		if err != nil {
			t.Fatal(err)
		}
		known := markup.ReplaceAllStringFunc(string(html), func(tag string) string {
			switch {
			case strings.HasPrefix(tag, `<p style="page-break-before`):
				return "\f"
			case len(tag) <= len("</b>") && strings.Trim(tag, "</>bi") == "":
				return ""
			}
			return " "
		})
		write(name+".pdf", printed)
		write(name+".txt", []byte(known))
	}
	write("page.pdf", []byte("not found"))
	return dir
}

// metrics runs the command and returns its lines by metric.
func metrics(t *testing.T, args ...string) map[string]string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(t.Context(), args, &out, &errs); code != 0 {
		t.Fatalf("exit code %d: %s", code, &errs)
	}
	m := map[string]string{}
	for line := range strings.Lines(out.String()) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 {
			t.Fatalf("line %q has %d fields", line, len(fields))
		}
		m[fields[1]] = fields[2]
	}
	return m
}

func wantAtLeast(t *testing.T, m map[string]string, least float64, names ...string) {
	t.Helper()
	for _, name := range names {
		if got, err := strconv.ParseFloat(m[name], 64); err != nil || got < least {
			t.Errorf("%s is %q; want %v or more", name, m[name], least)
		}
	}
}

func want(t *testing.T, m map[string]string, expected map[string]string) {
	t.Helper()
	for name, value := range expected {
		if m[name] != value {
			t.Errorf("%s is %q; want %q", name, m[name], value)
		}
	}
}

func TestKnownTextNeedsNoPoppler(t *testing.T) {
	dir := knownFiles(t)
	t.Setenv("PATH", t.TempDir())
	m := metrics(t, "-known", dir)
	want(t, m, map[string]string{
		"files": "5", "files-refused": "1", "files-refused-mismatch": "1", "files-partial": "0",
		"pages": "5", "pages-complete": "5",
		"ltr-known-files": "2", "rtl-known-files": "2", "poppler-version": "",
	})
	wantAtLeast(t, m, .99, "ltr-known-recall", "ltr-known-precision", "ltr-known-order",
		"rtl-known-recall", "rtl-known-precision", "rtl-known-order")
	wantAtLeast(t, m, 100, "ltr-known-words", "rtl-known-words")
	wantAtLeast(t, m, .001, "pages-per-second")
}

func TestAgainstPoppler(t *testing.T) {
	m := metrics(t, "-v", knownFiles(t)) // without pdftotext this fails and says what to install
	want(t, m, map[string]string{
		"poppler-files-failed": "1", "poppler-files-with-text": "4", "files-with-other-page-count": "0",
		"ltr-pages": "3", "rtl-pages": "2", "ltr-f1-under-0.5": "0.0000", "refused-poppler-reads": "",
	})
	wantAtLeast(t, m, .98, "ltr-f1", "ltr-recall", "ltr-precision", "ltr-known-poppler-recall")
	wantAtLeast(t, m, .7, "rtl-f1", "rtl-known-poppler-recall")
	for _, name := range sortedKeys(m) { // docs/extraction.md has them: go test -v -run Poppler
		if strings.Contains(name, "known") && !strings.HasSuffix(name, "-file") {
			t.Logf("%s %s", name, m[name])
		}
	}
	if !strings.HasPrefix(m["ltr-worst"], "f1 ") || m["poppler-version"] == "" {
		t.Errorf("worst page %q, version %q", m["ltr-worst"], m["poppler-version"])
	}
}

func TestPopplerIsMissing(t *testing.T) {
	dir := knownFiles(t)
	t.Setenv("PATH", t.TempDir())
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{dir}, &out, &errs); code != 1 || out.Len() > 0 {
		t.Errorf("exit code %d, output %q", code, &out)
	}
	if !strings.Contains(errs.String(), "apt-get install poppler-utils") {
		t.Errorf("message %q does not say what to install", &errs)
	}
}

func TestWrongUse(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
	}{
		{nil, 2}, {[]string{"-x"}, 2}, {[]string{"-h"}, 0},
		{[]string{"-known", "testdata/none"}, 1}, {[]string{"-known", t.TempDir()}, 1},
	} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), c.args, &out, &errs); code != c.code || errs.Len() == 0 {
			t.Errorf("%q: exit code %d, message %q; want %d", c.args, code, &errs, c.code)
		}
	}
}

func TestPopplerIsStopped(t *testing.T) {
	script := filepath.Join(t.TempDir(), "pdftotext")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nexec sleep 600\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	p := &poppler{path: script, timeout: 50 * time.Millisecond}
	if _, err := p.read(t.Context(), "a.pdf"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

// TestReport has values that were worked out by hand.
func TestReport(t *testing.T) {
	read := func(state corpus.State, text string) page {
		return page{words(text), corpus.Quality{State: state, Engine: "marsa", Agreement: min(float64(len(text)), 1) * .9}}
	}
	f := &folder{dir: "a\tb", seconds: 2, grouped: true, poppler: &poppler{version: "1"}, docs: []*document{
		{name: "one.pdf", state: corpus.Partial, pages: []page{
			read(corpus.Complete, "a b c d"), read(corpus.Suspicious, "x y z"), read(corpus.Complete, "only here"), read(corpus.Scan, ""),
		}, poppler: pageWords("a b c d\fx a b c d\f\f"), known: pageWords("d c b a\fx y z\f\f")},
		{name: "locked\n.pdf", err: fmt.Errorf("open: %w", extract.ErrPassword), poppler: pageWords("secret words")},
		{name: "ar.pdf", pages: []page{read(corpus.Complete, "قانون العمل")}, poppler: pageWords("قانون لمعلا")},
		{name: "odd.pdf", err: errors.New("gone"), popplerErr: errors.New("exit status 1")},
	}}
	var out bytes.Buffer
	if err := f.report(&out, true); err != nil {
		t.Fatal(err)
	}
	want := `
files 4
files-partial 1
files-refused 2
files-refused-password 1
files-refused-unknown 1
pages 5
pages-complete 3
pages-scan 1
pages-suspicious 1
engine-marsa 5
agreement-pages 4
agreement 0.9000
agreement-under-0.5 0.0000
agreement-under-0.8 0.0000
agreement-under-0.95 1.0000
seconds 2.0
pages-per-second 2.5
poppler-version 1
recall-under-0.9 0.5556 of 9 words in one.pdf
refused-poppler-reads locked .pdf: password, 2 words: open: file needs a password
recall-under-0.9 0.5000 of 2 words in ar.pdf
poppler-files-failed 1
poppler-files-with-text 3
of-them-recall-0.9 0
of-them-recall-0.9-share 0.0000
files-with-other-page-count 1
pages-with-text-by-marsa-only 1
ltr-pages 3
ltr-recall 0.4000
ltr-precision 0.4444
ltr-f1 0.4167
ltr-f1-under-0.5 0.6667
ltr-f1-under-0.95 0.6667
ltr-worst f1 0.0000 recall 0.0000 precision 0.0000 words 2 missing page 1 of locked .pdf
ltr-worst f1 0.2500 recall 0.2000 precision 0.3333 words 5 suspicious page 2 of one.pdf
ltr-worst f1 1.0000 recall 1.0000 precision 1.0000 words 4 complete page 1 of one.pdf
rtl-pages 1
rtl-recall 0.5000
rtl-precision 0.5000
rtl-f1 0.5000
rtl-f1-under-0.5 0.0000
rtl-f1-under-0.95 1.0000
rtl-worst f1 0.5000 recall 0.5000 precision 0.5000 words 2 complete page 1 of ar.pdf
ltr-known-file recall 1.0000 precision 0.7778 order 0.5714 words 7 one.pdf
ltr-known-poppler-file recall 0.7143 precision 0.5556 order 0.2857 words 7 one.pdf
ltr-known-files 1
ltr-known-words 7
ltr-known-recall 1.0000
ltr-known-precision 0.7778
ltr-known-order 0.5714
ltr-known-poppler-recall 0.7143
ltr-known-poppler-precision 0.5556
ltr-known-poppler-order 0.2857
known-one recall 1.0000 precision 0.7778 order 0.5714 words 7 files 1
`
	var got strings.Builder
	got.WriteByte('\n')
	for line := range strings.Lines(out.String()) {
		rest, ours := strings.CutPrefix(line, "a b\t")
		if !ours {
			t.Errorf("line %q does not begin with the folder", line)
		}
		got.WriteString(strings.Replace(rest, "\t", " ", 1))
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("report differs (-want +got):\n%s", diff)
	}
}
