package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/corpus/starter"
)

// root is the collection, seen from the folder of this package.
const root = ".."

func texts(t *testing.T) []*Text {
	t.Helper()
	ts, err := readTexts(filepath.Join(root, "text"))
	if err != nil {
		t.Fatal(err)
	}
	return ts
}

func TestFilesAreThoseOfTheTexts(t *testing.T) {
	want := []string{manifestName}
	for _, x := range texts(t) {
		want = append(want, x.File(), sidecarName(x))
	}
	slices.Sort(want)
	var got []string
	entries, err := fs.ReadDir(starter.FS(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("files (-of the texts +embedded):\n%s", d)
	}
}

// A text, a phrase or a style that was changed after the file was made, and a
// file changed by hand, are found here.
func TestFilesAreUpToDate(t *testing.T) {
	built, err := readBuilt(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range texts(t) {
		from, err := sourceHash(root, x)
		if err != nil {
			t.Fatal(err)
		}
		data, err := fs.ReadFile(starter.FS(), x.File())
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(made{From: from, File: corpus.HashOf(data)}, built[x.File()]); d != "" {
			t.Errorf("%s: run go run ./corpus/starter/build (-now +when made)\n%s", x.File(), d)
		}
	}
}

func TestManifestIsUpToDate(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "files"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := writeManifest(dir, texts(t)); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join(dir, "files", manifestName))
	if err != nil {
		t.Fatal(err)
	}
	got, err := fs.ReadFile(starter.FS(), manifestName)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("manifest (-of the texts +embedded):\n%s", d)
	}
}

// fact is a line of facts.tsv: what a public page says, as it was noted when the
// page was read.
type fact struct{ url, file, text string }

func facts(t *testing.T) []fact {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "text", "facts.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var fs []fact
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			t.Fatalf("facts.tsv:%d has %d columns", i+1, len(f))
		}
		if i > 0 {
			fs = append(fs, fact{f[0], f[1], f[2]})
		}
	}
	return fs
}

func TestFactsAreSourcedAndVerified(t *testing.T) {
	for _, f := range facts(t) {
		if !strings.HasPrefix(f.url, "http") || f.text == "" || f.file == "" {
			t.Errorf("incomplete: %+v", f)
		}
		if strings.Contains(f.text, "unverified") {
			t.Errorf("unverified: %+v", f)
		}
	}
}

func TestSourcesAreKnown(t *testing.T) {
	known := map[string]bool{}
	for _, f := range facts(t) {
		known[f.url] = true
	}
	for _, x := range texts(t) {
		seen := map[string]bool{}
		for _, s := range x.Sources {
			if seen[s.URL] {
				t.Errorf("%s lists %s twice", x.ID, s.URL)
			}
			seen[s.URL] = true
			if !known[s.URL] && (s.Read == "" || s.Supports == "") {
				t.Errorf("%s: %s is not in facts.tsv and does not say when it was read and what it supports", x.ID, s.URL)
			}
		}
	}
}

// A vocabulary label that is unverified may be printed only with its mark; a
// text says in plain words what is not known.
func TestTextsSayWhatIsNotKnown(t *testing.T) {
	says := map[corpus.Lang]*regexp.Regexp{
		"en": regexp.MustCompile(`not known|leaves out|does not contain`),
		"fr": regexp.MustCompile(`ne sait pas|ne contient (?:pas|ni)`),
		"ar": regexp.MustCompile(`لا نعرفه`),
	}
	for _, x := range texts(t) {
		if !says[x.Lang()].MatchString(x.Body) {
			t.Errorf("%s does not say what is not known", x.ID)
		}
		if strings.Contains(x.Body, "unverified") {
			t.Errorf("%s prints something unverified", x.ID)
		}
	}
}

var (
	straight = regexp.MustCompile(`\pL'\pL`)
	unspaced = regexp.MustCompile("[^\u00A0\u202F:/][;!?»]|«[^\u00A0\u202F]|[^\u00A0:]:(\\s|$)")
	mention  = regexp.MustCompile("«[^»]*»")
)

func TestFrenchTypography(t *testing.T) {
	for _, x := range texts(t) {
		if x.Lang() != "fr" {
			continue
		}
		body := fence.ReplaceAllString(x.Body, "")
		body = regexp.MustCompile(`(?m)^\|:?-.*$`).ReplaceAllString(body, "")
		prose := mention.ReplaceAllStringFunc(body, func(q string) string {
			return strings.NewReplacer("?", "", "!", "").Replace(q) // a quotation in another language keeps its own
		})
		for _, s := range append(straight.FindAllString(body, -1), unspaced.FindAllString(prose, -1)...) {
			t.Errorf("%s: %q needs a curly apostrophe or a no-break space", x.ID, s)
		}
	}
}

var invented = regexp.MustCompile(`(?i)invent`)

func TestExercisesAreMarkedAsInvented(t *testing.T) {
	for _, x := range texts(t) {
		if x.Kind != "training-material" {
			continue
		}
		for _, part := range strings.Split(x.Body, "\n## ")[1:] {
			title, text, _ := strings.Cut(part, "\n")
			if regexp.MustCompile(`(?i)^(exerci[cs]e|case|cas)\b`).MatchString(title) && !invented.MatchString(text) {
				t.Errorf("%s: %q is not marked as invented", x.ID, title)
			}
		}
	}
}

// What the collection is meant to hold, so that every path of the program meets
// a real document.
func TestCollectionIsMixed(t *testing.T) {
	lang, format, kind := map[corpus.Lang]int{}, map[string]int{}, map[corpus.Kind]int{}
	works := map[corpus.ID]map[corpus.Lang]bool{}
	arabicPDF, allWords := 0, 0
	for _, x := range texts(t) {
		n := len(strings.Fields(x.Body))
		allWords += n
		if n < 500 && !strings.Contains(string(x.ID), "-sheet-") {
			t.Errorf("%s has %d words, want 500", x.ID, n)
		}
		lang[x.Lang()]++
		format[x.Format]++
		kind[x.Kind]++
		if works[x.Work] == nil {
			works[x.Work] = map[corpus.Lang]bool{}
		}
		works[x.Work][x.Lang()] = true
		if x.Lang() == "ar" && x.Format == "pdf" {
			arabicPDF++
		}
	}
	inAll := 0
	for _, langs := range works {
		if len(langs) == 3 {
			inAll++
		}
	}
	for name, ok := range map[string]bool{
		"60 documents":                      len(texts(t)) >= 60,
		"25 in French":                      lang["fr"] >= 25,
		"15 in Arabic":                      lang["ar"] >= 15,
		"12 works in three languages":       inAll >= 12,
		"60,000 words":                      allWords >= 60_000,
		"12 modules of training":            format["pptx"] >= 12,
		"PDF, some of them in Arabic":       format["pdf"] >= 20 && arabicPDF >= 5,
		"DOCX, PPTX, HTML and Markdown":     format["docx"] > 0 && format["pptx"] > 0 && format["html"] > 0 && format["md"] > 0,
		"the four kinds":                    kind["legislation-summary"] > 0 && kind["study"] > 0 && kind["training-material"] > 0 && kind["working-group-paper"] > 0,
		"not more than the binary can bear": size(t) <= 12_000_000,
	} {
		if !ok {
			t.Errorf("the collection no longer has: %s", name)
		}
	}
}

func size(t *testing.T) int64 {
	t.Helper()
	var n int64
	err := fs.WalkDir(starter.FS(), ".", func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		i, err := e.Info()
		if err != nil {
			return err
		}
		n += i.Size()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A chart is a table whose second column is a number, with the source of its
// figures below.
func TestChartsHaveFiguresAndSources(t *testing.T) {
	row := regexp.MustCompile(`^\| [^|]+ \| \d[\d,.\x{A0}]* \|$`)
	n := map[corpus.ID]int{}
	for _, x := range texts(t) {
		for _, chart := range strings.Split(x.Body, chartBegin)[1:] {
			n[x.ID]++
			chart, _, _ = strings.Cut(chart, ":::\n")
			lines := strings.Split(strings.TrimSpace(chart), "\n")
			for _, line := range lines[2:] {
				switch {
				case line == "" || row.MatchString(line):
				case strings.HasPrefix(line, ":"):
					if !citation.MatchString(line) {
						t.Errorf("%s: a chart without a source: %s", x.ID, line)
					}
				default:
					t.Errorf("%s: not a row of a chart: %s", x.ID, line)
				}
			}
			if !strings.HasPrefix(lines[len(lines)-1], ":") {
				t.Errorf("%s: a chart without a title: %s", x.ID, lines[0])
			}
		}
	}
	for _, id := range []corpus.ID{"women-and-migration-study-en", "women-and-migration-study-fr"} {
		if n[id] < 4 {
			t.Errorf("%s has %d charts, want 4 or more", id, n[id])
		}
	}
}

// The versions of a work are in languages of their own.
func TestVersionsDifferInLanguage(t *testing.T) {
	seen := map[string]corpus.ID{}
	for _, x := range texts(t) {
		key := string(x.Work) + " " + string(x.Lang())
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s are versions of one work in one language", x.ID, other)
		}
		seen[key] = x.ID
	}
}

// A trainer finds the same parts on every sheet.
func TestSheetsHaveTheirParts(t *testing.T) {
	parts := map[corpus.Lang][]string{
		"en": {"objective", "timing|minutes", "exercise", `\bcase`, "question", "hand ?out|handed out|to give out"},
		"fr": {"objectif", "minut|emploi du temps", "exercice", `\bcas\b`, "question", "remettre|distribuer|circuler"},
	}
	n := 0
	for _, x := range texts(t) {
		if !strings.Contains(string(x.ID), "-sheet-") {
			continue
		}
		n++
		for _, part := range parts[x.Lang()] {
			if !regexp.MustCompile("(?i)" + part).MatchString(x.Body) {
				t.Errorf("%s has nothing of %q", x.ID, part)
			}
		}
	}
	if n < 12 {
		t.Errorf("%d sheets, want 12 or more", n)
	}
}
