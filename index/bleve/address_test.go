package bleve

import (
	"slices"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                nil,
		"no address, 3:// not even here?": {"3://"},
		"see https://example.org/domestic-workers for more":  {"https://example.org/domestic-workers"},
		"(http://a.org/x) and ftp://b":                       {"http://a.org/x)", "ftp://b"},
		"http://a.org/very-\nlong-path/of-words\nNext line":  {"http://a.org/very-\nlong-path/of-words"},
		"http://a.org/x\nA well-known text begins here":      {"http://a.org/x"},
		"http://a.org/x\n\ntwo-part/words-here are language": {"http://a.org/x"},
		"مصدر https://example.org/عمال-المنازل نهاية":        {"https://example.org/عمال-المنازل"},
	} {
		var got []string
		for _, a := range addresses(text) {
			got = append(got, text[a.Start:a.End])
		}
		if !slices.Equal(got, want) {
			t.Errorf("addresses(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzAddresses(f *testing.F) {
	f.Add("a http://b-c/\nd-e-f/ ://")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, a := range addresses(text) {
			if a.Start < last || a.End <= a.Start || a.End > len(text) {
				t.Fatalf("address %v after %d in %q", a, last, text)
			}
			last = a.End
		}
	})
}

func TestListsSources(t *testing.T) {
	c := newCutter()
	source := "[1] A body, its report: https://example.org/one/two/three/four.\n"
	for name, text := range map[string]string{"sources": strings.Repeat(source, 6)} {
		if !listsSources(c.words(text)) {
			t.Errorf("%s: not found to be a list of sources", name)
		}
	}
	for name, text := range map[string]string{
		"empty":       "",
		"one address": source,
		"a text that cites": strings.Repeat("The law says so in several articles, and courts have followed it since it was passed. ", 40) +
			strings.Repeat(source, 4),
	} {
		if listsSources(c.words(text)) {
			t.Errorf("%s: found to be a list of sources", name)
		}
	}
}
