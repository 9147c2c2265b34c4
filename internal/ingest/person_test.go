package ingest_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/ingest"
)

// judged is a tag without its evidence.
type judged struct {
	Concept corpus.ConceptID
	By      string
	State   corpus.TagState
}

func (l *library) judged(id corpus.ID) map[corpus.ConceptID]judged {
	l.t.Helper()
	d, err := l.Catalog.Document(id)
	if err != nil {
		l.t.Fatal(err)
	}
	all := map[corpus.ConceptID]judged{}
	for _, t := range d.Tags {
		all[t.Concept] = judged{t.Concept, t.By, t.State}
	}
	return all
}

// What a person says of a tag stands through every re-run.
func TestJudge(t *testing.T) {
	l := newLibrary(t)
	l.Tagger = words{"olive": "topic/olives", "visa": "topic/visa"}
	l.write("a.txt", "an olive and a visa")
	a := l.run(ingest.Options{})["a.txt"].ID
	say := func(words ...ingest.Word) {
		t.Helper()
		if err := l.Judge(t.Context(), a, words); err != nil {
			t.Fatal(err)
		}
		l.checkIndex()
	}
	say(ingest.Word{Concept: "topic/olives", State: corpus.Rejected, By: "Samira"},
		ingest.Word{Concept: "topic/visa", State: corpus.Confirmed, By: "Samira"},
		ingest.Word{Concept: "country/ma", State: corpus.Confirmed, By: "Samira"})
	want := map[corpus.ConceptID]judged{
		"topic/olives": {"topic/olives", "Samira", corpus.Rejected},
		"topic/visa":   {"topic/visa", "Samira", corpus.Confirmed},
		"country/ma":   {"country/ma", "Samira", corpus.Confirmed},
	}
	if diff := cmp.Diff(want, l.judged(a)); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	if _, err := l.Retag(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.write("a.txt", "an olive and a visa, written anew")
	l.run(ingest.Options{})
	if diff := cmp.Diff(want, l.judged(a)); diff != "" {
		t.Errorf("tags after the document changed (-want +got):\n%s", diff)
	}

	say(ingest.Word{Concept: "topic/olives", State: corpus.Proposed, By: "Samira"},
		ingest.Word{Concept: "country/ma", State: corpus.Proposed, By: "Samira"})
	delete(want, "country/ma")
	want["topic/olives"] = judged{"topic/olives", corpus.ByRule, ""} // as the rules of this test find it
	if diff := cmp.Diff(want, l.judged(a)); diff != "" {
		t.Errorf("tags after words were taken back (-want +got):\n%s", diff)
	}
}

// A country has tags in several roles, and people say something of each.
func TestJudgeRoles(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "an olive and a visa")
	a := l.run(ingest.Options{})["a.txt"].ID
	say := func(r corpus.Role, s corpus.TagState) {
		t.Helper()
		if err := l.Judge(t.Context(), a, []ingest.Word{{Concept: "country/ma", Role: r, State: s, By: "Samira"}}); err != nil {
			t.Fatal(err)
		}
		l.checkIndex()
	}
	check := func(want map[corpus.Role]corpus.TagState) {
		t.Helper()
		if _, err := l.Retag(t.Context()); err != nil {
			t.Fatal(err)
		}
		d, err := l.Catalog.Document(a)
		if err != nil {
			t.Fatal(err)
		}
		got := map[corpus.Role]corpus.TagState{}
		for _, g := range d.Tags {
			got[g.Role] = g.State
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("states by role (-want +got):\n%s", diff)
		}
	}
	say(corpus.RoleOrigin, corpus.Confirmed)
	say("", corpus.Confirmed)
	say(corpus.RoleTransit, corpus.Rejected)
	check(map[corpus.Role]corpus.TagState{corpus.RoleOrigin: corpus.Confirmed, corpus.About: corpus.Confirmed, corpus.RoleTransit: corpus.Rejected})
	say(corpus.Mentions, corpus.Confirmed) // it is not about it: the same question
	say(corpus.RoleOrigin, corpus.Rejected)
	say(corpus.RoleTransit, corpus.Proposed)
	check(map[corpus.Role]corpus.TagState{corpus.RoleOrigin: corpus.Rejected, corpus.Mentions: corpus.Confirmed})
	for c, r := range map[corpus.ConceptID]corpus.Role{"country/ma": "author", "topic/visa": corpus.RoleOrigin} {
		if err := l.Judge(t.Context(), a, []ingest.Word{{Concept: c, Role: r, State: corpus.Confirmed, By: "Samira"}}); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s as %s: %v", c, r, err)
		}
	}
}

func TestJudgeRefuses(t *testing.T) {
	l := newLibrary(t)
	l.write("a.txt", "an olive")
	a := l.run(ingest.Options{})["a.txt"].ID
	for name, by := range map[string]string{"nobody": "", "a rule": corpus.ByRule, "space": " x"} {
		if err := l.Judge(t.Context(), a, []ingest.Word{{Concept: "topic/x", State: corpus.Confirmed, By: by}}); !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := l.Judge(t.Context(), "nothing", []ingest.Word{{Concept: "topic/x", State: corpus.Confirmed, By: "Samira"}}); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("no document: %v", err)
	}
}
