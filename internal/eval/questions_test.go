package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/cli"
	"marsa/internal/extract/all"
	"marsa/internal/extract/worker"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// TestMain makes the test binary the child process that reads files.
func TestMain(m *testing.M) {
	worker.Child(all.Table())
	flag.Parse()
	os.Exit(m.Run())
}

// TestQuestions asks each set of questions in testdata of the starter collection. Its
// golden file holds what came of them, so that a change of the search shows in it.
func TestQuestions(t *testing.T) {
	if os.Getenv("MARSA_CACHE_DIR") == "" { // compiled code outlives the test
		if dir, err := os.UserCacheDir(); err == nil {
			t.Setenv("MARSA_CACHE_DIR", filepath.Join(dir, "marsa"))
		}
	}
	data := t.TempDir()
	var said bytes.Buffer
	if code := cli.Run(t.Context(), []string{"ingest", "--data-dir", data}, strings.NewReader(""), &said, &said); code != 0 {
		t.Fatalf("ingest ends with %d: %s", code, said.String())
	}
	sets, err := filepath.Glob(filepath.Join("testdata", "questions*.tsv"))
	if err != nil || len(sets) == 0 {
		t.Fatalf("no questions: %v", err)
	}
	for _, set := range sets {
		t.Run(filepath.Base(set), func(t *testing.T) {
			var out bytes.Buffer
			if err := runQuestions(t.Context(), set, data, true, &out); err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(set, ".tsv") + ".golden"
			if *update {
				if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), out.String()); diff != "" {
				t.Errorf("answers (-golden +now), write them anew with -update if that is better:\n%s", diff)
			}
		})
	}
}

func TestReadQuestions(t *testing.T) {
	const head = "id\tlang\tcross\tquestion\tanswers\tneed\n"
	got, err := readQuestions(strings.NewReader(head + "q1\tfr\tyes\tpermis de travail\tlaw-en:3,4;law-ar:2\tA need.\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []question{{id: "q1", lang: "fr", cross: true, text: "permis de travail", answers: map[corpus.ID][]int{"law-en": {3, 4}, "law-ar": {2}}}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(question{})); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"q1\tfr\n", "q1\tfr\tyes\tx\tlaw-en\tneed\n", "q1\tfr\tyes\tx\tlaw-en:0\tneed\n", "q1\tfr\tyes\tx\tlaw-en:a\tneed\n"} {
		if _, err := readQuestions(strings.NewReader(head + bad)); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}

func TestReportOfQuestions(t *testing.T) {
	found := []outcome{
		{question: question{id: "a", lang: "en"}, rank: 1, page: 1, first: true},
		{question: question{id: "b", lang: "en", cross: true}, rank: 4, page: 7},
		{question: question{id: "c", lang: "ar"}},
	}
	var out bytes.Buffer
	reportQuestions(&out, found, true)
	for _, line := range []string{
		"questions/all\tsuccess@1\t0.333", "questions/all\tsuccess@5\t0.667", "questions/all\tpage@5\t0.333", "questions/all\tpage@1\t0.333",
		"questions/en\tsuccess@5\t1.000", "questions/cross-language\tsuccess@1\t0.000", "b\ten\twork 4\tpage 7", "c\tar\twork -\tpage -",
	} {
		if !strings.Contains(out.String(), line+"\n") {
			t.Errorf("no line %q in\n%s", line, out.String())
		}
	}
}
