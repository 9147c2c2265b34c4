package bleve

import (
	"slices"
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
