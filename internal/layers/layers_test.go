package layers

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "marsa"

// everything marks packages that join the others.
var everything = []string{"*"}

// allowed lists, for each package, the packages of this module that it may
// import, without those of its tests.
var allowed = map[string][]string{
	"corpus":         nil,
	"corpus/starter": nil,
	"corpus/sources": nil,
	// the builder of the shipped documents is a program of its own
	"corpus/starter/build": {"corpus", "corpus/starter", "internal/fold", "internal/yamldoc"},

	"internal/fold":    nil,
	"internal/yamldoc": {"corpus"},
	"internal/config":  {"corpus", "internal/yamldoc"},
	"web/ui":           nil,
	"web/locale":       {"corpus"},

	"corpus/vocab":       {"corpus", "internal/fold", "internal/yamldoc"},
	"corpus/vocab/build": {"internal/fold"}, // completes the table of countries, a program of its own
	"index":              {"corpus"},
	"internal/harvest":   {"corpus", "internal/yamldoc"},
	"internal/extract":   {"corpus", "internal/fold"},
	"internal/catalog":   {"corpus", "internal/fold"},
	"internal/lang":      {"corpus"},
	"internal/control":   {"corpus"},

	"internal/extract/ooxml":    {"corpus", "internal/extract"},
	"internal/extract/docx":     {"corpus", "internal/extract", "internal/extract/ooxml"},
	"internal/extract/pptx":     {"corpus", "internal/extract", "internal/extract/ooxml"},
	"internal/extract/xlsx":     {"corpus", "internal/extract", "internal/extract/ooxml", "internal/extract/sheet"},
	"internal/extract/sheet":    {"corpus", "internal/extract"},
	"internal/extract/odf":      {"corpus", "internal/extract", "internal/extract/ooxml", "internal/extract/sheet"},
	"internal/extract/epub":     {"corpus", "internal/extract", "internal/extract/html", "internal/extract/ooxml"},
	"internal/extract/rtf":      {"corpus", "internal/extract"},
	"internal/extract/html":     {"corpus", "internal/extract"},
	"internal/extract/markdown": {"corpus", "internal/extract", "internal/yamldoc"},
	"internal/extract/text":     {"corpus", "internal/extract"},
	"internal/extract/pdf":      {"corpus", "internal/extract", "internal/fold"},
	// code of others, in a memory of its own
	"internal/extract/pdfium":      {"corpus", "internal/extract"},
	"internal/extract/worker":      {"corpus", "internal/extract"},
	"internal/extract/libreoffice": {"internal/extract"},
	"internal/extract/tesseract":   {"corpus", "internal/extract"},
	"internal/extract/all": {"internal/extract", "internal/extract/docx", "internal/extract/epub", "internal/extract/html",
		"internal/extract/markdown", "internal/extract/odf", "internal/extract/pdf", "internal/extract/pdfium", "internal/extract/pptx", "internal/extract/rtf", "internal/extract/text",
		"internal/extract/xlsx"},

	"corpus/words": {"corpus", "internal/fold"},

	"index/bleve":     {"corpus", "index", "internal/fold"},
	"index/indextest": {"corpus", "index", "internal/fold"},
	"internal/tagger": {"corpus", "corpus/vocab", "internal/fold", "internal/lang"},
	"internal/search": {"corpus", "corpus/vocab", "corpus/words", "index", "internal/fold", "internal/lang"},

	"internal/skos": {"corpus", "corpus/vocab", "internal/fold"},

	"internal/pictures":    {"corpus", "internal/extract"},
	"internal/recognition": {"corpus", "internal/extract", "internal/extract/tesseract", "internal/lang"},

	"internal/ingest": {"corpus", "corpus/vocab", "index", "internal/catalog", "internal/extract",
		"internal/fold", "internal/harvest", "internal/lang", "internal/tagger"},
	"web": {"corpus", "corpus/vocab", "index", "internal/fold", "internal/search", "internal/skos", "web/locale", "web/ui"},

	"internal/cli":         everything,
	"internal/eval":        everything,
	"internal/extracteval": everything,
	"internal/tageval":     everything,
	// the builder of the set of known texts is a program of its own
	"internal/extracteval/udhr": nil,
	"internal/layers":           nil,
	"cmd/marsa":                 {"internal/cli"},
}

// owned lists third-party libraries and the packages that may import them. A
// library that is not in this table may be imported nowhere.
var owned = map[string][]string{
	"github.com/blevesearch/bleve/v2":        {"index/bleve"},
	"github.com/blevesearch/bleve_index_api": {"index/bleve"},
	// stems Arabic where Bleve has no filter of it, and the words of the list
	"github.com/blevesearch/snowballstem": {"index/bleve", "corpus/words"},
	"github.com/gin-gonic/gin":            {"web"},
	"github.com/ledongthuc/pdf":           {"internal/extract/pdf"},
	// the builder of the shipped documents writes with it; it is no part of marsa
	"github.com/xuri/excelize/v2":            {"internal/extract/xlsx", "corpus/starter/build"},
	"github.com/klippa-app/go-pdfium":        {"internal/extract/pdfium"},
	"github.com/tetratelabs/wazero":          {"internal/extract/pdfium"}, // runs what go-pdfium brings
	"modernc.org/sqlite":                     {"internal/catalog"},
	"github.com/abadojack/whatlanggo":        {"internal/lang"},
	"github.com/yuin/goldmark":               {"internal/extract/markdown"},
	"codeberg.org/readeck/go-readability/v2": {"internal/extract/html"},
	"go.yaml.in/yaml/v3":                     {"internal/yamldoc"},
	"github.com/spf13/cobra":                 {"internal/cli"},
	"github.com/klauspost/compress":          {"web"},
	"code.dny.dev/ssrf":                      {"internal/harvest"},
	"github.com/piprate/json-gold":           {"internal/skos"},
	// parts of the extended standard library are words of the language, not
	// libraries to be kept behind one door; each is still listed with its users
	"golang.org/x/net/html":          {"internal/extract/html", "internal/extract/text", "internal/extract"},
	"golang.org/x/sys":               {"internal/extract/worker", "internal/control", "internal/cli"},
	"golang.org/x/term":              {"internal/cli"},
	"golang.org/x/sync":              {"internal/ingest", "internal/pictures"},
	"golang.org/x/text/unicode/norm": {"internal/fold", "internal/extract", "internal/extract/pdf"},
	"golang.org/x/text/encoding":     {"internal/extract", "internal/extract/ooxml", "internal/extract/pdf"},
	// the suite of engines is a test, though the compiler does not know it
	"github.com/google/go-cmp":   {"index/indextest"},
	"golang.org/x/text/language": {"web/locale", "web"},
}

// programs are the packages under internal/extract that start others: the child
// process, and what is installed beside marsa.
var programs = []string{"internal/extract/worker", "internal/extract/tesseract", "internal/extract/libreoffice"}

// sealed packages may not reach the system: what they read is hostile.
func sealed(pkg string) bool {
	return strings.HasPrefix(pkg, "internal/extract/") && !slices.Contains(programs, pkg)
}

// reaches says whether a package of the standard library is a way to files, the
// network or the system.
func reaches(imp string) bool {
	switch imp {
	case "os", "net", "syscall", "plugin", "unsafe", "runtime/cgo", "golang.org/x/sys/unix":
		return true
	case "net/url", "net/textproto": // parsers
		return false
	}
	return strings.HasPrefix(imp, "os/") || strings.HasPrefix(imp, "net/")
}

type pkg struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	used := map[string]bool{}
	for _, p := range list(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		may, known := allowed[name]
		if !known {
			t.Errorf("package %s is not in the table: say what it may import", name)
			continue
		}
		seen[name] = true
		for _, imp := range p.Imports {
			switch inner, ours := strings.CutPrefix(imp, module+"/"); {
			case ours && !slices.Contains(may, inner) && !slices.Equal(may, everything):
				t.Errorf("%s imports %s, which the table does not allow", name, inner)
			case !ours && strings.Contains(strings.Split(imp, "/")[0], "."):
				lib := library(imp)
				used[lib] = true
				if !slices.Contains(owned[lib], name) {
					t.Errorf("%s imports %s, which belongs to %q", name, imp, owned[lib])
				}
			case sealed(name) && reaches(imp):
				t.Errorf("%s imports %s: an extractor has no files and no network", name, imp)
			}
		}
	}
	for name := range allowed {
		if !seen[name] {
			t.Errorf("package %s is in the table and not in the tree", name)
		}
	}
	for lib := range owned {
		if !used[lib] {
			t.Errorf("library %s is in the table and imported nowhere", lib)
		}
	}
}

// library returns the longest entry of owned that imp belongs to, or imp.
func library(imp string) string {
	best := ""
	for lib := range owned {
		if (imp == lib || strings.HasPrefix(imp, lib+"/")) && len(lib) > len(best) {
			best = lib
		}
	}
	if best == "" {
		return imp
	}
	return best
}

func list(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,Standard", module+"/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var ps []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return ps
		} else if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, p)
	}
}
