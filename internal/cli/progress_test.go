package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"marsa/internal/ingest"
)

func TestBarLine(t *testing.T) {
	for _, c := range []struct {
		p       ingest.Progress
		elapsed time.Duration
		want    string
	}{
		{ingest.Progress{}, 0, "[                        ] 0/0 files, 0 pages"},
		{ingest.Progress{Files: 4, FilesDone: 1, Pages: 30, Failed: 1}, 3 * time.Second,
			"[======                  ] 1/4 files, 30 pages, 10 pages/s, 9s left, 1 failed"},
		{ingest.Progress{Files: 2, FilesDone: 2, Pages: 3}, 100 * time.Millisecond, "[========================] 2/2 files, 3 pages"},
		{ingest.Progress{Files: 1, FilesDone: 3}, 0, "[========================] 3/1 files, 0 pages"},
	} {
		if got := barLine(c.p, c.elapsed); got != c.want {
			t.Errorf("barLine(%+v) = %q, want %q", c.p, got, c.want)
		}
	}
}

func TestScreenWritesAboveItsLine(t *testing.T) {
	var b bytes.Buffer
	s := &screen{w: &b}
	for _, text := range []string{"before\n"} {
		if n, err := s.Write([]byte(text)); n != len(text) || err != nil {
			t.Fatal(n, err)
		}
	}
	s.show("bar 1")
	if n, err := s.Write([]byte("above\n")); n != len("above\n") || err != nil {
		t.Fatal(n, err)
	}
	s.show("")
	want := "before\n" + clearLine + "bar 1" + clearLine + "above\nbar 1" + clearLine
	if b.String() != want {
		t.Errorf("screen = %q, want %q", b.String(), want)
	}
}

func TestOutboxKeepsItemsAndTheLatestProgress(t *testing.T) {
	w := httptest.NewRecorder()
	box := newOutbox(deadlines{w}, func() { t.Error("the other end takes everything") })
	queue := []event{{Progress: &ingest.Progress{FilesDone: 1}}, {Progress: &ingest.Progress{FilesDone: 2}}, {Item: &ingest.Item{Origin: "a"}}}
	for _, e := range queue {
		box.send(e)
	}
	box.send(event{Done: true})
	box.close()
	var items, done int
	for d := json.NewDecoder(strings.NewReader(w.Body.String())); d.More(); {
		var e event
		if err := d.Decode(&e); err != nil {
			t.Fatal(err)
		}
		if e.Item != nil {
			items++
		}
		if e.Done {
			done++
		}
	}
	if items != 1 || done != 1 {
		t.Errorf("%d items, %d ends in %q", items, done, w.Body)
	}
}

// deadlines is a recorder that takes deadlines, as a connection does.
type deadlines struct{ *httptest.ResponseRecorder }

func (deadlines) SetWriteDeadline(time.Time) error { return nil }

func TestOutboxGivesUp(t *testing.T) {
	failed := make(chan struct{})
	box := newOutbox(broken{httptest.NewRecorder()}, func() { close(failed) })
	box.send(event{Done: true})
	<-failed
	box.send(event{Done: true})
	box.close()
}

type broken struct{ *httptest.ResponseRecorder }

func (broken) SetWriteDeadline(time.Time) error { return errors.New("gone") }
