package yamldoc

import (
	"errors"
	"strings"
	"testing"

	"marsa/corpus"
)

func TestDecode(t *testing.T) {
	var v struct {
		Title string   `yaml:"title"`
		Tags  []string `yaml:"tags"`
	}
	if err := Decode([]byte("title: A\ntags: [x, y]\n"), &v); err != nil || v.Title != "A" || len(v.Tags) != 2 {
		t.Errorf("Decode = %v, %+v", err, v)
	}
	if err := Decode(nil, &v); err != nil {
		t.Errorf("empty document: %v", err)
	}
	if err := Decode([]byte("titel: A\n"), &v); !errors.Is(err, corpus.ErrInvalid) || !strings.Contains(err.Error(), "titel") {
		t.Errorf("unknown key: %v", err)
	}
	if err := Decode(make([]byte, MaxSize+1), &v); !errors.Is(err, corpus.ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}

func TestSplitFrontMatter(t *testing.T) {
	for _, c := range []struct{ in, front, body string }{
		{"---\ntitle: A\n---\nText\n", "title: A\n", "Text\n"},
		{"\uFEFF---\r\ntitle: A\r\n---\r\nText", "title: A\r\n", "Text"},
		{"Text\n---\nmore", "", "Text\n---\nmore"},
		{"---\nnever closed", "", "---\nnever closed"},
		{"---\n---\nText", "", "Text"},
		{"", "", ""},
	} {
		front, body := SplitFrontMatter([]byte(c.in))
		if string(front) != c.front || string(body) != c.body {
			t.Errorf("SplitFrontMatter(%q) = %q, %q; want %q, %q", c.in, front, body, c.front, c.body)
		}
	}
}
