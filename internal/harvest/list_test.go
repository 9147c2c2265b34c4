package harvest

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"marsa/corpus"
	"marsa/corpus/sources"
)

// TestShippedLists reads every list that is shipped: each document says who
// published it, and is named once.
func TestShippedLists(t *testing.T) {
	names := ListNames(sources.FS())
	if len(names) < 3 {
		t.Fatalf("only %d lists", len(names))
	}
	seen := map[string]string{}
	for _, name := range names {
		l, err := ReadList(sources.FS(), name)
		if err != nil {
			t.Error(err)
			continue
		}
		if l.About == "" || l.Fetched() == 0 {
			t.Errorf("%s: about %q, %d documents to fetch", name, l.About, l.Fetched())
		}
		for _, d := range l.Documents {
			if d.Meta.Publisher == "" {
				t.Errorf("%s: %q has no publisher", name, d.Title)
			}
			if other := seen[d.URL]; other != "" {
				t.Errorf("%s: %s is in %s too", name, d.URL, other)
			}
			seen[d.URL] = name
		}
	}
}

func TestListsThatCannotBeUsed(t *testing.T) {
	const good = "{title: A, languages: [en], url: 'https://example.org/a', address: publisher}"
	for name, text := range map[string]string{
		"no documents":   "about: x\n",
		"no address":     "documents:\n- {title: A, languages: [en], url: 'https://example.org/a'}",
		"other address":  "documents:\n- {title: A, languages: [en], url: 'https://example.org/a', address: archive}",
		"no title":       "documents:\n- {languages: [en], url: 'https://example.org/a', address: mirror}",
		"no language":    "documents:\n- {title: A, url: 'https://example.org/a', address: mirror}",
		"not on the web": "documents:\n- {title: A, languages: [en], url: 'file:///etc/passwd', address: publisher}",
		"unknown key":    "documents:\n- {title: A, languages: [en], url: 'https://example.org/a', address: mirror, colour: red}",
		"no list":        "- " + good,
	} {
		if _, err := parseList("x", []byte(text)); !errors.Is(err, ErrRecord) {
			t.Errorf("%s: %v", name, err)
		}
	}
	fsys := fstest.MapFS{"a.yaml": {Data: []byte("documents:\n- " + good)}}
	if _, err := ReadList(fsys, "a"); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"b", "../a", "", "x/a"} {
		if _, err := ReadList(fsys, name); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestListSource fetches what is at its publisher's address, with the record of
// the list, and nothing else.
func TestListSource(t *testing.T) {
	asked := map[string]int{}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked[r.URL.Path]++
		if r.URL.Path == "/gone" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, "text of ", r.URL.Path)
	}))
	defer web.Close()
	var b strings.Builder
	b.WriteString("about: A test\ndocuments:\n")
	for path, address := range map[string]string{"/law": "publisher", "/gone": "publisher", "/copy": "mirror"} {
		fmt.Fprintf(&b, "- {title: Title of %s, publisher: P, languages: [fr], url: '%s%s', address: %s}\n", path, web.URL, path, address)
	}
	l, err := parseList("test", []byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]string{}
	for item, err := range l.Source(localFetcher()).Items(t.Context(), time.Time{}) {
		if err != nil {
			t.Fatal(err)
		}
		f, err := item.Fetch(t.Context(), Validators{})
		if err != nil {
			read[item.Meta.Title] = Reason(err)
			continue
		}
		read[item.Meta.Title] = string(f.Data)
	}
	if len(read) != 2 || read["Title of /law"] != "text of /law" || read["Title of /gone"] != "fetch" && read["Title of /gone"] != "missing" {
		t.Errorf("read %q", read)
	}
	if asked["/copy"] > 0 {
		t.Error("a mirror was fetched")
	}
}
