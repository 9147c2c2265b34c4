package worker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"marsa/corpus"
	"marsa/internal/extract"
)

func TestMain(m *testing.M) {
	Child(extract.Table{extract.Text: hostile{}, extract.PDF: doubled{new(bool)}})
	if len(os.Args) > 1 && os.Args[1] == parentArg {
		beParent()
	}
	os.Exit(m.Run())
}

// hostile does what the file says, a word a line.
type hostile struct{}

func (hostile) Extract(_ context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	n := 0
	for word := range strings.FieldsSeq(string(data)) {
		switch word {
		case "hang":
			//lint:ignore SA5002 a reader that loops for ever is what is tested
			for {
			}
		case "sleep":
			time.Sleep(time.Hour)
		case "panic":
			panic("of the reader")
		case "overflow":
			//lint:ignore SA4017 the stack is what overflows
			overflow(0)
		case "hog":
			hog()
		case "exit":
			os.Exit(0)
		case "garbage":
			f := os.NewFile(1, "stdout")
			for range 1000 {
				fmt.Fprintln(f, "this is no frame, this is no frame, this is no frame")
			}
		case "print":
			fmt.Println("a library that talks")
		case "damaged":
			return nil, fmt.Errorf("header is wrong: %w", extract.ErrDamaged)
		case "write":
			if err := os.WriteFile("x", []byte("text"), 0o600); err != nil {
				word = "cannot write"
			}
			fallthrough
		default:
			n++
			if err := emit(corpus.Page{Number: n, Text: word}); err != nil {
				return nil, err
			}
		case "open":
			exe, err := os.Open("/proc/self/exe")
			if exe != nil || err == nil {
				word = "can open a file"
			}
			if c, err := net.Dial("udp", "127.0.0.1:9"); c != nil || err == nil {
				word += ", can open a connection"
			}
			n++
			if err := emit(corpus.Page{Number: n, Text: word}); err != nil {
				return nil, err
			}
		case "look":
			entries, err := os.ReadDir(".")
			if errors.Is(err, os.ErrNotExist) {
				err = nil // even the directory is gone
			}
			if errors.Is(err, syscall.EMFILE) {
				err = nil // nothing can be opened at all
			}
			seen, _ := json.Marshal([]any{os.Environ(), len(entries), err})
			if err := emit(corpus.Page{Number: n + 1, Text: string(seen)}); err != nil {
				return nil, err
			}
		}
	}
	return &extract.Meta{Title: "Read", Record: map[string]any{"id": "x"}}, nil
}

//lint:ignore SA5007 a reader that recurses for ever is what is tested
func overflow(n int) int { return overflow(n+1) + n }

func hog() {
	var all [][]byte
	for {
		b := make([]byte, 1<<20)
		for i := range b {
			b[i] = 1
		}
		all = append(all, b)
		if len(all) == 1<<30 {
			return
		}
	}
}

// short is a limit that the tests wait for, long one that they never should.
const short, long = 2 * time.Second, 30 * time.Second

func testPool(t *testing.T, pageTime time.Duration) *Pool {
	t.Helper()
	p := New(Config{Workers: 1, PageTime: pageTime, Memory: 128 << 20, FilesPerLife: 3})
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func TestEachFaultCostsOneFile(t *testing.T) {
	for _, c := range []struct {
		do       string
		want     error
		pageTime time.Duration
	}{
		{"hang", extract.ErrTimeout, short},
		{"panic", extract.ErrCrashed, long},
		{"overflow", extract.ErrCrashed, long},
		{"hog", extract.ErrMemory, long},
		{"exit", extract.ErrCrashed, long},
		{"garbage", extract.ErrCrashed, long},
		{"damaged", extract.ErrDamaged, long},
	} {
		t.Run(c.do, func(t *testing.T) {
			p := testPool(t, c.pageTime)
			if _, err := p.Extract(t.Context(), "a.txt", []byte(c.do)); !errors.Is(err, c.want) {
				t.Errorf("before a page: %v; want %v", err, c.want)
			}
			got, err := p.Extract(t.Context(), "a.txt", []byte("one two "+c.do))
			if err != nil {
				t.Fatalf("after two pages: %v", err)
			}
			if len(got.Pages) != 2 || got.State != corpus.Partial || len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], "after page 2") {
				t.Errorf("after two pages: %d pages, %s, %q", len(got.Pages), got.State, got.Warnings)
			}
			got, err = p.Extract(t.Context(), "a.txt", []byte("print fine"))
			if err != nil || len(got.Pages) != 1 || got.Pages[0].Text != "fine" || got.State != corpus.Complete {
				t.Errorf("the next file: %+v, %v", got, err)
			}
		})
	}
}

// TestDeathOnPage90 has the pages that were read before it.
func TestDeathOnPage90(t *testing.T) {
	p := testPool(t, long)
	got, err := p.Extract(t.Context(), "a.txt", []byte(strings.Repeat("page ", 89)+"overflow"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Pages) != 89 || got.State != corpus.Partial || len(got.Warnings) != 1 || !strings.Contains(got.Warnings[0], "after page 89") {
		t.Errorf("%d pages, %s, %q", len(got.Pages), got.State, got.Warnings)
	}
}

func TestContentComesWhole(t *testing.T) {
	p := testPool(t, long)
	got, err := p.Extract(t.Context(), "a.txt", []byte("one two"))
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != "Read" || got.MediaType != extract.Text || got.Record["id"] != "x" || got.Pages[1].Number != 2 {
		t.Errorf("got %+v", got)
	}
}

func TestChildSeesNothing(t *testing.T) {
	t.Setenv("MARSA_SECRET", "x")
	p := testPool(t, long)
	got, err := p.Extract(t.Context(), "a.txt", []byte("look write"))
	if err != nil {
		t.Fatal(err)
	}
	if want := `[[],0,null]`; got.Pages[0].Text != want {
		t.Errorf("environment, files, error: %s; want %s", got.Pages[0].Text, want)
	}
	if runtime.GOOS == "linux" && got.Pages[1].Text != "cannot write" {
		t.Error("child can write a file")
	}
}

func TestChildOpensNothing(t *testing.T) {
	got, err := testPool(t, long).Extract(t.Context(), "a.txt", []byte("open"))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "linux" && got.Pages[0].Text != "open" {
		t.Errorf("child %s", got.Pages[0].Text)
	}
}

func TestCancel(t *testing.T) {
	p := testPool(t, long)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(200*time.Millisecond, cancel)
	if _, err := p.Extract(ctx, "a.txt", []byte("one sleep")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled while reading: %v", err)
	}
	if _, err := p.Extract(t.Context(), "a.txt", []byte("fine")); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	if _, err := p.Extract(ctx, "a.txt", []byte("fine")); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	before := runtime.NumGoroutine()
	p := New(Config{Workers: 2, PageTime: long, FilesPerLife: 4})
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			word := fmt.Sprintf("word%d", i)
			do := word
			if i%5 == 0 {
				do += " exit"
			}
			got, err := p.Extract(t.Context(), "a.txt", []byte(do))
			if err != nil || got.Pages[0].Text != word {
				t.Errorf("%s: %v", word, err)
			}
		})
	}
	wg.Wait()
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Extract(t.Context(), "a.txt", []byte("late")); err == nil {
		t.Error("a closed pool reads")
	}
	for range 100 { // goroutines of closed pipes take a moment to end
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}

func TestNothingIsLeft(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	p := New(Config{Workers: 1, PageTime: short})
	for _, do := range []string{"fine", "hang", "exit", "fine"} {
		_, _ = p.Extract(t.Context(), "a.txt", []byte(do))
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left: %q, %v", left, err)
	}
}

func TestTooLargeIsNotSent(t *testing.T) {
	p := testPool(t, long)
	if _, err := p.Extract(t.Context(), "a.txt", make([]byte, extract.MaxFile+1)); !errors.Is(err, extract.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestFrames(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     error
	}{
		{"longer than allowed", "P\x00\x00\x00\x01\xFF\xFF\xFF\xFFabc", errFrame},
		{"longer than sent", "P\x00\x00\x00\x01\x00\x10\x00\x01abc", nil},
	} {
		_, err := readFrame(strings.NewReader(c.in), 2<<20)
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	for _, f := range []frame{
		{kindPage, 1, []byte(`{"Number":2}`)}, {kindPage, 1, []byte(`{`)}, {kindEnd, 1, []byte(`[]`)}, {kindError, 1, nil}, {'?', 1, nil},
	} {
		if _, err := accept(&answer{}, f); !errors.Is(err, errFrame) {
			t.Errorf("%c %s: %v", f.kind, f.data, err)
		}
	}
}
