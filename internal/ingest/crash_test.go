package ingest_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/index/bleve"
	"marsa/internal/catalog"
	"marsa/internal/harvest"
	"marsa/internal/ingest"
)

// TestMain lets the test binary be a marsa that takes a folder in and is killed
// while it does.
func TestMain(m *testing.M) {
	if data := os.Getenv("MARSA_TEST_DATA"); data != "" {
		if err := takeIn(data, os.Getenv("MARSA_TEST_FOLDER"), os.Stdout); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// opened is a pipeline over the files of a data directory.
func opened(data string) (p *ingest.Pipeline, closeAll func(), err error) {
	c, err := catalog.Open(data)
	if err != nil {
		return nil, nil, err
	}
	e, err := bleve.Open(filepath.Join(data, "index"), bleve.Config{})
	if err != nil {
		c.Close()
		return nil, nil, err
	}
	return &ingest.Pipeline{Catalog: c, Engine: e, Extractor: reader{}, Workers: 2}, func() { e.Close(); c.Close() }, nil
}

// takeIn repairs the index, takes the folder in and says what is done.
func takeIn(data, folder string, out io.Writer) error {
	p, closeAll, err := opened(data)
	if err != nil {
		return err
	}
	defer closeAll()
	if _, err := p.Repair(context.Background()); err != nil {
		return err
	}
	done := func(it ingest.Item) { fmt.Fprintln(out, "done", it.ID, it.Outcome, it.Origin) }
	_, err = p.Run(context.Background(), harvest.Files(folder), ingest.Options{Done: done})
	return err
}

const (
	crashes    = 50
	crashFiles = 60
)

// writeEdition writes a folder of small files, of which every other one differs
// between editions.
func writeEdition(t *testing.T, folder string, edition int) {
	t.Helper()
	for i := range crashFiles {
		n := edition
		if i%2 == 0 {
			n = 0
		}
		text := strings.Repeat(fmt.Sprintf("Text %d of edition %d about workers and their rights. ", i, n), 20)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02d.txt", i)), []byte(text+"\f"+text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKill kills an ingest at 50 moments. Whatever it had reported done must be
// there, and the next start must make the index hold what the catalog holds.
func TestKill(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 50))
	root := fastFolder(t)
	folder := filepath.Join(root, "files")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	killed := 0
	defer func() { t.Logf("%d of %d runs were killed before their end", killed, crashes) }()
	for i := range crashes {
		data := filepath.Join(root, fmt.Sprint("data-", i/5)) // five crashes to a library: new ones, and ones with former editions
		writeEdition(t, folder, i)
		cmd := exec.Command(exe)
		cmd.Env = append(os.Environ(), "MARSA_TEST_DATA="+data, "MARSA_TEST_FOLDER="+folder)
		moment, later := random.IntN(crashFiles), time.Duration(random.IntN(3000))*time.Microsecond
		if i%4 == 3 { // while the index is written, which so small a folder has at its end
			moment, later = crashFiles-1, time.Duration(random.IntN(60))*time.Millisecond
		}
		reported, ended := killAfter(t, cmd, moment, later)
		if !ended {
			killed++
		}
		checkAfterCrash(t, data, reported)
		if i%10 == 9 {
			checkWhole(t, data, folder)
		}
		if t.Failed() {
			t.Fatalf("crash %d, after %d items", i, moment)
		}
	}
	if killed < crashes/2 {
		t.Errorf("only %d of %d runs were killed before their end", killed, crashes)
	}
}

// fastFolder returns a temporary folder, in memory where there is one: what a
// killed process gave to the kernel is kept whatever it is written to, and 50
// ingests sync often.
func fastFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "marsa-test-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// killAfter runs cmd, kills it some time after it reported n items, and returns
// all that it reported, and whether it had come to its end before.
func killAfter(t *testing.T, cmd *exec.Cmd, n int, later time.Duration) (reported []string, ended bool) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) != 4 || f[0] != "done" {
			t.Errorf("the child says %q", lines.Text())
			break
		}
		if reported = append(reported, lines.Text()); len(reported) == n+1 {
			time.AfterFunc(later, func() { cmd.Process.Kill() }) // SIGKILL; after the end it does nothing
		}
	}
	return reported, cmd.Wait() == nil
}

// checkAfterCrash checks what a killed process left.
func checkAfterCrash(t *testing.T, data string, reported []string) {
	t.Helper()
	p, closeAll, err := opened(data)
	if err != nil {
		t.Fatalf("open after the crash: %v", err)
	}
	defer closeAll()
	for _, line := range reported {
		checkDone(t, p.Catalog, strings.Fields(line))
	}
	ids, err := p.Catalog.IDs()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		e, err := p.Catalog.Entry(id)
		if err != nil {
			t.Fatal(err)
		}
		if e.Rev != e.Revision() || len(e.Pages) != 2 || e.NumPages != 2 {
			t.Errorf("%s is not whole", e.ID)
		}
	}
	if _, err := p.Repair(t.Context()); err != nil {
		t.Fatalf("Repair = %v", err)
	}
	checkSame(t, p)
	if n, err := p.Catalog.Sweep(); err != nil || n != 0 {
		t.Errorf("files left after Repair: %d, %v", n, err)
	}
}

func checkSame(t *testing.T, p *ingest.Pipeline) {
	t.Helper()
	want, err := p.Catalog.Revs()
	if err != nil {
		t.Fatal(err)
	}
	have, err := p.Engine.Revs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("catalog and index after Repair (-catalog +index):\n%s", diff)
	}
}

// checkDone checks that a document reported done has the text and the original
// of the file as it was when it was reported.
func checkDone(t *testing.T, c *catalog.Catalog, f []string) {
	t.Helper()
	id, origin := corpus.ID(f[1]), f[3]
	want, err := os.ReadFile(strings.TrimPrefix(origin, "file://"))
	if err != nil {
		t.Fatal(err)
	}
	original, err := c.Original(id)
	if err != nil {
		t.Errorf("reported done: %v", err)
		return
	}
	defer original.Close()
	got, err := io.ReadAll(original)
	if err != nil || string(got) != string(want) {
		t.Errorf("original of %s, reported done: %d bytes of %d, %v", id, len(got), len(want), err)
	}
	page, err := c.Page(id, 1)
	if text, _, _ := strings.Cut(string(want), "\f"); err != nil || page.Text != text {
		t.Errorf("page of %s, reported done: %v, %v", id, page, err)
	}
}

// checkWhole lets the ingest come to its end.
func checkWhole(t *testing.T, data, folder string) {
	t.Helper()
	if err := takeIn(data, folder, io.Discard); err != nil {
		t.Fatal(err)
	}
	p, closeAll, err := opened(data)
	if err != nil {
		t.Fatal(err)
	}
	defer closeAll()
	checkSame(t, p)
	if s, err := p.Catalog.Stats(); err != nil || s.Documents != crashFiles || len(s.Failures) != 0 {
		t.Errorf("stats: %+v, %v", s, err)
	}
}
