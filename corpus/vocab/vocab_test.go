package vocab

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/fold"
)

func builtIn(t testing.TB) *Vocabulary {
	t.Helper()
	v, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestCountriesInOrder(t *testing.T) {
	var groups []string
	var first []corpus.ConceptID
	for i, c := range builtIn(t).Concepts(Country) {
		if i < 9 {
			first = append(first, c.ID)
		}
		if len(groups) == 0 || groups[len(groups)-1] != c.Group {
			groups = append(groups, c.Group)
		}
	}
	if diff := cmp.Diff([]string{"MEDA", "EU27-2011", "candidate-2011", "other"}, groups); diff != "" {
		t.Error(diff)
	}
	want := []corpus.ConceptID{"country/dz", "country/eg", "country/il", "country/jo", "country/lb", "country/ma", "country/ps", "country/sy", "country/tn"}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Error(diff)
	}
}

func TestLabel(t *testing.T) {
	v := builtIn(t)
	for _, c := range []struct {
		id    corpus.ConceptID
		l     corpus.Lang
		label string
		in    corpus.Lang
	}{
		{"country/ma", "ar", "المغرب", "ar"},
		{"country/ma", "es", "Marruecos", "es"},
		{"topic/domestic-work", "fr", "travail domestique", "fr"},
		{"topic/domestic-work", "de", "domestic work", "en"},
		{"kind/study", "fr", "étude", "fr"},
		{"topic/unheard-of", "en", "unheard-of", ""},
	} {
		if label, in := v.Label(c.id, c.l); label != c.label || in != c.in {
			t.Errorf("Label(%q, %q) = %q, %q, want %q, %q", c.id, c.l, label, in, c.label, c.in)
		}
	}
}

func TestLookup(t *testing.T) {
	v := builtIn(t)
	for label, want := range map[string][]corpus.ConceptID{
		"MOROCCO":     {"country/ma"},
		"l’egypte":    nil,
		"egypte":      {"country/eg"},
		"KAFALA":      {"topic/kafala", "topic/kafala-of-children"},
		"الاردن":      {"country/jo"},
		"Moroccan":    {"country/ma"},
		"étude":       {"kind/study"},
		"no such one": nil,
		"":            nil,
	} {
		var got []corpus.ConceptID
		for _, c := range v.Lookup(label) {
			got = append(got, c.ID)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Lookup(%q): %s", label, diff)
		}
	}
}

func TestTree(t *testing.T) {
	v := builtIn(t)
	if diff := cmp.Diff([]corpus.ConceptID{"topic/migration-policy", "topic/trafficking-and-smuggling"}, []corpus.ConceptID{
		v.Ancestors("topic/migration-statistics")[0], v.Ancestors("topic/smuggling-of-migrants")[0]}); diff != "" {
		t.Error(diff)
	}
	for id, c := range v.byID {
		for _, b := range c.Broader {
			if parent, ok := v.Concept(b); !ok || !slices.Contains(parent.Narrower, id) {
				t.Errorf("%s is not among the narrower concepts of %s", id, b)
			}
		}
	}
}

func TestMarked(t *testing.T) {
	for source, want := range map[string]string{
		"ar: https://x; unverified (general knowledge): ar,es, alternatives without a source above": "ar es",
		"unverified (general knowledge): alternatives without a source above":                       "",
		"unverified (general knowledge): en,fr,ar,es,it, alternatives without a source above":       "ar en es fr it",
		"variants: general knowledge, unverified":                                                   "",
		"unverified: fr": "fr",
	} {
		var got []string
		for _, l := range slices.Sorted(maps.Keys(marked(source))) {
			got = append(got, string(l))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("marked(%q) = %v, want %s", source, got, want)
		}
	}
}

const (
	countryHead   = "iso2\tiso3\tgroup\ten\tfr\tar\tes\tit\tsource\n"
	topicHead     = "id\tbroader\ten\tfr\tar\tes\tit\tsource\n"
	ambiguousHead = "language\tlabel\tconcept ids\tneeds\tuse\tsupport\tscope\n"
)

// files is a small vocabulary in which the files given replace its own.
func files(change map[string]string) fs.FS {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"countries.tsv": countryHead + "MA\tMAR\tMEDA\tMorocco\tMaroc\tالمغرب\t\t\tx\n",
		"topics.tsv":    topicHead + "migration\t\tmigration\tmigration\tالهجرة\t\t\tx\nasylum\tmigration\tasylum\tasile\tاللجوء\t\t\tx\n",
		"kinds.tsv":     topicHead + "study\t\tstudy\tétude\tدراسة\t\t\tx\n",
		"ambiguous.tsv": ambiguousHead,
		"notes.tsv":     "",
		"links.tsv":     "",
	} {
		if c, ok := change[name]; ok {
			text = c
		}
		if text != "" { // a file that need not be there
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return fsys
}

func TestLoadRefuses(t *testing.T) {
	if _, err := Load(files(nil)); err != nil {
		t.Fatalf("the small vocabulary itself: %v", err)
	}
	for name, c := range map[string]struct{ file, text, says string }{
		"no label in Arabic":      {"topics.tsv", topicHead + "a\t\ta\ta\ta\t\t\tx\nb\t\tb\tb\t\t\t\tx\n", "topics.tsv:3: topic/b has no label in \"ar\""},
		"twice":                   {"kinds.tsv", topicHead + "a\t\ta\ta\ta\t\t\tx\na\t\tb\tb\tb\t\t\tx\n", "kinds.tsv:3: kind/a is there twice"},
		"unknown broader":         {"topics.tsv", topicHead + "a\tzz\ta\ta\ta\t\t\tx\n", "topics.tsv:2: topic/a has the unknown broader concept \"topic/zz\""},
		"cycle":                   {"topics.tsv", topicHead + "a\tb\ta\ta\ta\t\t\tx\nb\ta\tb\tb\tb\t\t\tx\n", "topics.tsv:2: topic/a is broader than itself"},
		"cells":                   {"countries.tsv", countryHead + "MA\tMAR\n", "countries.tsv:2: has 2 cells"},
		"column":                  {"countries.tsv", "iso2\n", "countries.tsv has no column"},
		"unknown use":             {"ambiguous.tsv", ambiguousHead + "en\tasylum\ttopic/asylum\tx\tsometimes\t\t\n", "ambiguous.tsv:2: use \"sometimes\" is unknown"},
		"near nothing":            {"ambiguous.tsv", ambiguousHead + "en\tasylum\ttopic/asylum\tx\tnear\t\t\n", "ambiguous.tsv:2: use \"near\" without support"},
		"ambiguous concept":       {"ambiguous.tsv", ambiguousHead + "en\tasylum\ttopic/zz\tx\tweak\t\t\n", "ambiguous.tsv:2: concept \"topic/zz\" is unknown"},
		"ambiguous label unknown": {"ambiguous.tsv", ambiguousHead + "en\trefuge\ttopic/asylum\tx\tweak\t\t\n", "ambiguous.tsv:2: no concept of the row has the label \"refuge\""},
		"not UTF-8":               {"topics.tsv", topicHead + "a\xff", "topics.tsv is not UTF-8"},
	} {
		_, err := Load(files(map[string]string{c.file: c.text}))
		if !errors.Is(err, corpus.ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %q", name, err, c.says)
		}
	}
	if _, err := Load(fstest.MapFS{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without files: error %v", err)
	}
}

// Every label of the bank must be found in itself, or the bank is wrong: two
// labels shadow one another, or one folds to nothing.
func TestEveryLabelIsFound(t *testing.T) {
	v := builtIn(t)
	for _, scheme := range []string{Country, Topic, Kind} {
		for _, c := range v.Concepts(scheme) {
			for _, l := range languages {
				for _, text := range append([]string{c.Pref[l]}, c.Alt[l]...) {
					if text != "" && !finds(v, text, l, c.ID) {
						t.Errorf("%s: label %q (%s) is not found in itself", c.ID, text, l)
					}
				}
			}
		}
	}
}

func finds(v *Vocabulary, text string, l corpus.Lang, id corpus.ConceptID) bool {
	for m := range v.Mentions(text, l) {
		if m.Concept == id && m.Start == 0 && fold.Text(text) == fold.Text(text[m.Start:m.End]) {
			return true
		}
	}
	return false
}
