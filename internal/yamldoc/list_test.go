package yamldoc

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
)

func TestDecodeList(t *testing.T) {
	var got []string
	err := DecodeList([]byte("# mine\nthings:\n  - name: a\n\n  - {name: b}\n"), "things", func(line int, decode func(any) error) error {
		var v struct{ Name string }
		err := decode(&v)
		got = append(got, fmt.Sprint(line, v.Name))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"3a", "5b"}, got); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct{ text, says string }{
		"other key":   {"thing: []\n", `line 1: "thing" is unknown`},
		"no list":     {"things: {a: 1}\n", "is no list"},
		"unknown key": {"things:\n  - nam: a\n", "field nam not found"},
		"alias":       {"things:\n  - &x {name: a}\n  - {name: *x}\n", "aliases are not read"},
		"broken":      {"things: [", "did not find"},
	} {
		err := DecodeList([]byte(c.text), "things", func(_ int, decode func(any) error) error { return decode(&struct{ Name string }{}) })
		if !errors.Is(err, corpus.ErrInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := DecodeList(make([]byte, MaxList+1), "things", nil); !errors.Is(err, corpus.ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}
