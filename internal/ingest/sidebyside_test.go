package ingest_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/internal/extract"
	"marsa/internal/harvest"
	"marsa/internal/ingest"
)

// gated reads as reader does, but not before its gate is opened.
type gated struct {
	reader
	reading chan string // gets the name of each file when its reading begins
	open    chan struct{}
}

func (g gated) Extract(ctx context.Context, name string, data []byte) (*extract.Content, error) {
	if strings.HasPrefix(name, "slow") {
		g.reading <- name
		<-g.open
	}
	return g.reader.Extract(ctx, name, data)
}

func TestSmallRunDoesNotWaitForALargeOne(t *testing.T) {
	l := newLibrary(t)
	g := gated{reading: make(chan string, 9), open: make(chan struct{})}
	l.Extractor = g
	l.write("large/slow.txt", "the large one")
	l.write("small/quick.txt", "the small one")

	var large sync.WaitGroup
	large.Go(func() {
		if _, err := l.Run(t.Context(), harvest.Files(filepath.Join(l.folder, "large")), ingest.Options{}); err != nil {
			t.Error(err)
		}
	})
	<-g.reading
	report, err := l.Run(t.Context(), harvest.Files(filepath.Join(l.folder, "small")), ingest.Options{})
	if err != nil || report.Counts[ingest.Added] != 1 {
		t.Errorf("small run during the large one: %+v, %v", report, err)
	}
	close(g.open)
	large.Wait()
	l.checkIndex()
	if s, err := l.Catalog.Stats(); err != nil || s.Documents != 2 {
		t.Errorf("stats: %+v, %v", s, err)
	}
}

func TestSameBytesInTwoRuns(t *testing.T) {
	l := newLibrary(t)
	g := gated{reading: make(chan string, 9), open: make(chan struct{})}
	l.Extractor = g
	l.write("a/slow.txt", "the same bytes")
	l.write("b/slow.txt", "the same bytes")

	counts := map[ingest.Outcome]int{}
	var mu sync.Mutex
	var runs sync.WaitGroup
	for _, folder := range []string{"a", "b", "a"} { // the last one the same file as the first
		runs.Go(func() {
			report, err := l.Run(t.Context(), harvest.Files(filepath.Join(l.folder, folder)), ingest.Options{})
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			for o, n := range report.Counts {
				counts[o] += n
			}
		})
	}
	for range 3 {
		<-g.reading // all have found the bytes to be new
	}
	close(g.open)
	runs.Wait()
	l.checkIndex()
	if s, err := l.Catalog.Stats(); err != nil || s.Documents != 1 {
		t.Errorf("stats: %+v, %v", s, err)
	}
	both := counts[ingest.Duplicate] + counts[ingest.Unchanged]
	if counts[ingest.Added] != 1 || both != 2 || counts[ingest.Duplicate] < 1 {
		t.Errorf("outcomes: %v", counts)
	}
}

func TestManyRunsAtOnce(t *testing.T) {
	l := newLibrary(t)
	for i := range 30 {
		l.write(fmt.Sprintf("%02d.txt", i), fmt.Sprint("text ", i))
	}
	var runs sync.WaitGroup
	for range 10 {
		runs.Go(func() {
			if _, err := l.Run(t.Context(), harvest.Files(l.folder), ingest.Options{}); err != nil {
				t.Error(err)
			}
		})
	}
	runs.Wait()
	l.checkIndex()
	want := outcomes{}
	for i := range 30 {
		want[fmt.Sprintf("%02d.txt", i)] = ingest.Unchanged
	}
	if diff := cmp.Diff(want, l.outcomes(ingest.Options{})); diff != "" {
		t.Errorf("outcomes afterwards (-want +got):\n%s", diff)
	}
	if s, err := l.Catalog.Stats(); err != nil || s.Documents != 30 {
		t.Errorf("stats: %+v, %v", s, err)
	}
}
