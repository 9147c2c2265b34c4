package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"marsa/internal/cli"
	"marsa/web"
)

// TestTour follows docs/tour.md over the starter collection: what the tour says
// is found must be found. In the tour a task is
//
//	### 1. What is asked
//
//	```sh
//	marsa search …
//	```
//
//	- Found: 3 works.
//	- Found first: **Title** (`id`, [page 4](/en/doc/id/p/4?q=…)).
//	- Among the first five: **Title** (`id`, [page 4](…)).
//	- In other languages: **Title** (`id`); **Title** (`id`).
//	- Counts by country: Morocco 5, Tunisia 4.
//
//	What to look at.
func TestTour(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "tour.md"))
	if err != nil {
		t.Fatal(err)
	}
	tasks, err := readTour(string(data))
	if err != nil {
		t.Fatal(err)
	}
	if len(tasks) < 12 {
		t.Errorf("the tour has %d tasks, want 12", len(tasks))
	}
	dir := t.TempDir()
	marsa(t, dir, "ingest")
	for _, task := range tasks {
		t.Run(task.title, func(t *testing.T) {
			args := slices.Insert(slices.Clone(task.args), 1, "--json")
			var answer web.SearchAnswer
			if err := json.Unmarshal(marsa(t, dir, args...), &answer); err != nil {
				t.Fatal(err)
			}
			for _, line := range task.found {
				if err := line.check(&answer); err != nil {
					t.Errorf("%q: %v", line.text, err)
				}
			}
		})
	}
	t.Run("in other languages", func(t *testing.T) { crossLanguage(t, dir) })
}

// crossLanguage asks in one language for documents in another.
func crossLanguage(t *testing.T, dir string) {
	for _, c := range []struct{ query, language, want string }{
		{"travailleurs domestiques Liban", "ar", "domestic-work-lebanon-jordan-ar"},
		{"domestic workers Jordan", "ar", "domestic-work-lebanon-jordan-ar"},
		{"عمال المنازل لبنان", "fr", "domestic-work-lebanon-jordan-fr"},
		{"عمال المنازل الأردن", "en", "domestic-work-lebanon-jordan-en"},
		{"transferts de fonds Maroc", "ar", "remittances-morocco-tunisia-ar"},
		{"remittances Morocco Tunisia", "ar", "remittances-morocco-tunisia-ar"},
		{"تحويلات المهاجرين المغرب", "fr", "remittances-morocco-tunisia-fr"},
		{"التحويلات المالية للمهاجرين", "en", "training-remittances-en"},
		{"permis de travail Égypte", "ar", "legislation-egypt-ar"},
		{"work permit Algeria", "ar", "legislation-algeria-ar"},
		{"migration de travail Égypte", "en", "labour-migration-egypt-jordan-en"},
		{"labour migration Egypt", "ar", "labour-migration-egypt-jordan-ar"},
		{"gestion intégrée des frontières", "en", "training-integrated-border-management-en"},
		{"voluntary return reintegration", "fr", "formation-retour-reintegration-fr"},
		{"العودة الطوعية وإعادة الإدماج", "fr", "formation-retour-reintegration-fr"},
		{"تهريب المهاجرين", "fr", "eu-trafficking-smuggling-fr"},
		{"ضحايا الاتجار بالأشخاص", "fr", "formation-identifier-victimes-traite-sheet-fr"},
		{"الجنسية تونس الجزائر", "fr", "nationality-family-tunisia-algeria-fr"},
	} {
		var answer web.SearchAnswer
		out := marsa(t, dir, "search", "--json", "--limit", "3", "--language", c.language, c.query)
		if err := json.Unmarshal(out, &answer); err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, h := range answer.Hits {
			if !h.Partial {
				found = append(found, string(h.ID))
			}
		}
		if !slices.Contains(found, c.want) {
			t.Errorf("%s in documents in %q: with all words %q, want %s among the first three", c.query, c.language, found, c.want)
		}
		for _, e := range answer.Query.Expansions {
			if len(e.Labels) == 0 {
				t.Errorf("%s: nothing was searched besides for %q", c.query, e.Typed)
			}
		}
	}
}

// marsa runs the program on the library in dir and returns what it prints.
func marsa(t *testing.T, dir string, args ...string) []byte {
	t.Helper()
	var out, errOut bytes.Buffer
	args = append([]string{"--data-dir", dir}, args...)
	if code := cli.Run(t.Context(), args, strings.NewReader(""), &out, &errOut); code != 0 {
		t.Fatalf("marsa %q: exit code %d: %s", args, code, errOut.String())
	}
	return out.Bytes()
}

// tourTask is one question of the tour.
type tourTask struct {
	title string
	args  []string // of marsa, "search" first
	found []tourLine
}

// tourLine is a sentence of the tour that an answer makes true or false.
type tourLine struct {
	text  string
	check func(*web.SearchAnswer) error
}

// readTour reads the tasks. A task without command, without lines to check or
// with a line in no known form is an error: it would be true of any answer.
func readTour(text string) ([]tourTask, error) {
	parts := strings.Split("\n"+text, "\n### ")
	var tasks []tourTask
	for _, part := range parts[1:] {
		title, body, _ := strings.Cut(part, "\n")
		task, err := readTask(body)
		if err != nil {
			return nil, fmt.Errorf("read the task %q: %w", title, err)
		}
		task.title = title
		tasks = append(tasks, task)
	}
	return tasks, nil
}

func readTask(body string) (task tourTask, err error) {
	_, rest, ok := strings.Cut(body, "```sh\n")
	command, rest, closed := strings.Cut(rest, "\n```\n")
	if !ok || !closed {
		return task, fmt.Errorf("there is no command")
	}
	words := shellWords(command)
	if len(words) < 3 || words[0] != "marsa" || words[1] != "search" {
		return task, fmt.Errorf("%q is not marsa search and something to find", command)
	}
	task.args = words[1:]
	for line := range strings.Lines(rest) {
		text, listed := strings.CutPrefix(strings.TrimSpace(line), "- ")
		if !listed {
			continue
		}
		check, err := readLine(text)
		if err != nil {
			return task, err
		}
		task.found = append(task.found, tourLine{text, check})
	}
	if len(task.found) == 0 {
		return task, fmt.Errorf("it does not say what is found")
	}
	return task, nil
}

// shellWords splits a command at spaces; single quotes hold words together.
func shellWords(command string) []string {
	var words []string
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}

var (
	totalLine = regexp.MustCompile(`^Found: (\d+) works?\.$`)
	pageLine  = regexp.MustCompile("^(Found first|Among the first five): \\*\\*(.+)\\*\\* \\(`([^`]+)`, \\[page (\\d+)\\]\\(([^ ]+)\\)\\)\\.$")
	langLine  = regexp.MustCompile(`^In other languages: (.+)\.$`)
	countLine = regexp.MustCompile(`^Counts by country: (.+)\.$`)
)

func readLine(text string) (func(*web.SearchAnswer) error, error) {
	if m := totalLine.FindStringSubmatch(text); m != nil {
		return func(a *web.SearchAnswer) error { return same("works", fmt.Sprint(a.Total), m[1]) }, nil
	}
	if m := pageLine.FindStringSubmatch(text); m != nil {
		first := 1
		if m[1] != "Found first" {
			first = 5
		}
		return func(a *web.SearchAnswer) error { return hasPage(a, first, m[2], m[3], m[4], m[5]) }, nil
	}
	if m := langLine.FindStringSubmatch(text); m != nil {
		return func(a *web.SearchAnswer) error { return hasVersions(a, strings.Split(m[1], "; ")) }, nil
	}
	if m := countLine.FindStringSubmatch(text); m != nil {
		return func(a *web.SearchAnswer) error {
			var counts []string
			for _, v := range a.Facets["country"] {
				counts = append(counts, fmt.Sprintf("%s %d", v.Label, v.Count))
			}
			return same("counts", strings.Join(counts, ", "), m[1])
		}, nil
	}
	return nil, fmt.Errorf("the line %q has no known form", text)
}

// hasPage says whether one of the first works is the document, with all words,
// and shows the page under that address.
func hasPage(a *web.SearchAnswer, first int, title, id, page, url string) error {
	var seen []string
	for _, h := range a.Hits[:min(first, len(a.Hits))] {
		seen = append(seen, string(h.ID))
		if string(h.ID) != id {
			continue
		}
		if h.Partial {
			return fmt.Errorf("%s lacks some of the words", id)
		}
		if err := same("title", h.Title, title); err != nil {
			return err
		}
		var pages []string
		for _, p := range h.Pages {
			if fmt.Sprint(p.Number) == page {
				return same("address", p.URL, url)
			}
			pages = append(pages, fmt.Sprint(p.Number))
		}
		return fmt.Errorf("the pages shown are %s", strings.Join(pages, ", "))
	}
	return fmt.Errorf("found are %s", strings.Join(seen, ", "))
}

// hasVersions says whether the first work has exactly these other versions.
func hasVersions(a *web.SearchAnswer, want []string) error {
	if len(a.Hits) == 0 {
		return fmt.Errorf("nothing is found")
	}
	var have []string
	for _, v := range a.Hits[0].Versions {
		if v.ID != a.Hits[0].ID {
			have = append(have, fmt.Sprintf("**%s** (`%s`)", v.Title, v.ID))
		}
	}
	return same("versions", strings.Join(have, "; "), strings.Join(want, "; "))
}

func same(what, have, want string) error {
	if have != want {
		return fmt.Errorf("%s: %s, the tour says %s", what, have, want)
	}
	return nil
}
