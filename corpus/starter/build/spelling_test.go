package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"marsa/corpus"
)

// dictionaries are those of hunspell; the first of a language is the one that
// its texts are written by.
var dictionaries = map[corpus.Lang]string{"en": "en_GB", "fr": "fr", "ar": "ar"}

// TestSpelling reads every text word by word. A word must be known to the dictionary of its language or stand in
// text/words-LANG.txt, the list of names. Passages in another language (between
// quotation marks, brackets or cells) may be known to that one's dictionary.
func TestSpelling(t *testing.T) {
	s := newSpeller(t)
	for _, x := range texts(t) {
		name := filepath.Join(root, "text", string(x.ID)+".md")
		s.read(x.Lang(), name, readable(string(load(t, name))))
	}
	for work, all := range abstracts(t) {
		for lang, a := range all {
			s.read(lang, "abstracts/"+string(work), append(strings.Split(a.Text, "\n"), a.Title))
		}
	}
	for _, x := range texts(t) {
		notes, err := readNotes(root, x.ID)
		if err != nil {
			t.Fatal(err)
		}
		for lang, pages := range notes {
			s.read(lang, "notes/"+string(x.ID), slices.Collect(maps.Values(pages)))
		}
	}
	s.report()
}

func TestSpellingOfTheInterface(t *testing.T) {
	s := newSpeller(t)
	for lang := range dictionaries {
		name := filepath.Join(root, "..", "..", "web", "locale", string(lang)+".json")
		s.read(lang, name, interfaceLines(t, load(t, name)))
	}
	s.report()
}

func load(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// speller gathers passages, so that each dictionary is asked once.
type speller struct {
	t        *testing.T
	listed   map[corpus.Lang]map[string]bool // the words of the lists
	names    []*regexp.Regexp                // those of several words, English within French or Arabic
	passages []passage
}

// passage is a stretch of words that is presumably in one language.
type passage struct {
	where string
	lang  corpus.Lang
	words []string
	cell  bool // in a table, where one word may be a term of another language
}

// newSpeller reads the list of names of each language.
func newSpeller(t *testing.T) *speller {
	t.Helper()
	s := &speller{t: t, listed: map[corpus.Lang]map[string]bool{}}
	for lang := range dictionaries {
		s.listed[lang] = map[string]bool{}
		for _, entry := range wordList(t, "words-"+string(lang)+".txt") {
			s.listed[lang][entry] = true
			if strings.Contains(entry, " ") {
				s.names = append(s.names, regexp.MustCompile(`\b`+regexp.QuoteMeta(entry)+`\b`))
			}
		}
	}
	slices.SortFunc(s.names, func(a, b *regexp.Regexp) int { return len(b.String()) - len(a.String()) }) // the longest first
	return s
}

// wordList returns the entries of a list: a word, or a name of several, in each
// line, in order; what follows # is a comment.
func wordList(t *testing.T, name string) []string {
	t.Helper()
	var entries []string
	for line := range strings.Lines(string(load(t, filepath.Join(root, "text", name)))) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			entries = append(entries, line)
		}
	}
	return entries
}

func TestWordListsAreSorted(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(root, "text", "words-*.txt"))
	if err != nil || len(names) != len(dictionaries) {
		t.Fatalf("lists: %v, %v", names, err)
	}
	for _, name := range names {
		entries := wordList(t, filepath.Base(name))
		for i := 1; i < len(entries); i++ {
			if entries[i-1] >= entries[i] {
				t.Errorf("%s: %q stands after %q; sort the list with LC_ALL=C sort -u", filepath.Base(name), entries[i], entries[i-1])
			}
		}
	}
}

var (
	boundary = regexp.MustCompile("[“”«»\"*|()\\[\\];,.…–]|: ")
	joint    = regexp.MustCompile(`(\p{Arabic})(\p{Latin})`) // a conjunction before a foreign name
	arabic   = regexp.MustCompile(`\p{Arabic}`)
)

// read takes in the lines of a file; those that are not to be read are empty.
func (s *speller) read(lang corpus.Lang, name string, lines []string) {
	for i, line := range lines {
		line = joint.ReplaceAllString(strings.ReplaceAll(line, "’", "'"), "$1 $2")
		for _, name := range s.names {
			line = name.ReplaceAllString(line, "|")
		}
		cell := strings.HasPrefix(line, "|")
		where := fmt.Sprintf("%s:%d", filepath.Base(name), i+1)
		for _, part := range boundary.Split(line, -1) {
			own, foreign := passage{where: where, lang: lang, cell: cell}, passage{where: where, lang: "en", cell: cell}
			if lang != "ar" {
				foreign.lang = "ar"
			}
			for _, w := range spelledWords(part) {
				if arabic.MatchString(w) == (lang == "ar") {
					own.words = append(own.words, w)
				} else {
					foreign.words = append(foreign.words, w)
				}
			}
			s.passages = append(s.passages, own, foreign)
		}
	}
}

// spelledWords returns the words of a passage that a dictionary can know:
// letters, with apostrophes and hyphens between them.
func spelledWords(part string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(part, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '\'' && r != '-'
	}) {
		w = strings.Trim(w, "'-")
		if w != "" && strings.IndexFunc(w, unicode.IsDigit) < 0 && !abbreviation.MatchString(w) {
			words = append(words, w)
		}
	}
	return words
}

// abbreviation is a name of capital letters, which no dictionary lists.
var abbreviation = regexp.MustCompile(`^((?i:l|d|qu)')?\p{Lu}{2,}('?s)?$`)

var (
	elision    = regexp.MustCompile(`^(?i:l|d|qu|s|n|j|c|m|t)'`)
	possessive = regexp.MustCompile(`'s?$`)
	clitic     = regexp.MustCompile(`^[وف]?(?:[بل]|ك)?`)
)

// pieces returns a word and the parts of it that may be known by themselves.
func pieces(w string) (whole string, parts []string) {
	if arabic.MatchString(w) {
		return w, []string{clitic.ReplaceAllString(w, "")}
	}
	whole = possessive.ReplaceAllString(w, "")
	return whole, strings.Split(elision.ReplaceAllString(whole, ""), "-")
}

// report fails for each word that is not known, with what to do about it.
func (s *speller) report() {
	s.t.Helper()
	all := map[string]bool{}
	for _, p := range s.passages {
		for _, w := range p.words {
			whole, parts := pieces(w)
			for _, x := range append(parts, w, whole) {
				all[x] = true
			}
		}
	}
	unknown := map[corpus.Lang]map[string]bool{}
	for lang := range dictionaries {
		unknown[lang] = s.unknown(lang, slices.Sorted(maps.Keys(all)))
	}
	knows := func(lang corpus.Lang, w string) bool {
		bad := func(x string) bool {
			return unknown[lang][x] && !s.listed[lang][x] && !s.listed[lang][strings.ToLower(x)]
		}
		whole, parts := pieces(w)
		return !bad(w) || !bad(whole) || !slices.ContainsFunc(parts, bad)
	}
	found := 0
	for _, p := range s.passages {
		if (len(p.words) > 1 || p.cell) && (inOne(p, "en", knows) || inOne(p, "fr", knows)) {
			continue
		}
		for _, w := range p.words {
			if !knows(p.lang, w) {
				found++
				s.t.Errorf("%s: %s: %s", p.where, p.lang, w)
			}
		}
	}
	if found > 0 {
		s.t.Errorf("%d words are unknown: mend what is misspelled; put names, and nothing else, into corpus/starter/text/words-LANG.txt, "+
			"in order (LC_ALL=C sort -u); then run go run ./corpus/starter/build for the texts you mended", found)
	}
}

// inOne says whether a language knows every word of a passage.
func inOne(p passage, lang corpus.Lang, knows func(corpus.Lang, string) bool) bool {
	return !slices.ContainsFunc(p.words, func(w string) bool { return !knows(lang, w) })
}

// unknown returns the words that the dictionary of a language does not know.
func (s *speller) unknown(lang corpus.Lang, words []string) map[string]bool {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), "hunspell", "-i", "utf-8", "-d", dictionaries[lang], "-l")
	cmd.Stdin = strings.NewReader(strings.Join(words, "\n") + "\n")
	out, err := cmd.Output()
	if err != nil {
		s.t.Fatalf("hunspell -d %s: %v; check.sh installs it with its dictionaries", dictionaries[lang], err)
	}
	bad := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		bad[strings.TrimSpace(line)] = true
	}
	return bad
}

var (
	fenced = regexp.MustCompile("^(```|~~~)")
	unread = regexp.MustCompile("`[^`]*`|https?://[^\\s)>\\]|]+|\\]\\([^)]*\\)|\\[@[^\\]]*\\]|\\{[^}]*\\}|<[^>]*>|[\\w.-]*[/_.][\\w./-]+\\w")
	front  = regexp.MustCompile(`^\s*(-\s+)?(title|name|supports):`)
)

// readable returns the lines of a Markdown text with what is not prose blanked
// out: code, addresses, citations, and front matter except titles and names.
func readable(text string) []string {
	lines := strings.Split(text, "\n")
	inFront := lines[0] == "---"
	inCode := false
	for i, line := range lines {
		switch {
		case inFront && i > 0 && line == "---":
			inFront = false
			lines[i] = ""
		case inFront:
			if m := front.FindString(line); m != "" {
				lines[i] = unread.ReplaceAllString(line[len(m):], " ")
			} else {
				lines[i] = ""
			}
		case fenced.MatchString(line):
			inCode = !inCode
			lines[i] = ""
		case inCode, strings.HasPrefix(line, ":::"):
			lines[i] = ""
		default:
			lines[i] = unread.ReplaceAllString(line, " ")
		}
	}
	return lines
}

// interfaceLines returns the texts of a file of interface texts, each on its line;
// examples of queries may be misspelled with intent.
func interfaceLines(t *testing.T, data []byte) []string {
	t.Helper()
	lines := strings.Split(string(data), "\n")
	for i, line := range lines {
		key, value, ok := strings.Cut(line, `": `)
		var text string
		if !ok || strings.HasSuffix(key, "_example") || json.Unmarshal([]byte(strings.TrimSuffix(value, ",")), &text) != nil {
			lines[i] = ""
			continue
		}
		lines[i] = unread.ReplaceAllString(text, " ")
	}
	return lines
}
