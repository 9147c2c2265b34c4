package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestComplete(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("world-countries/countries.json", `[{"cca2":"AA","cca3":"AAA","ccn3":"001"},{"cca2":"MM","cca3":"MMM","ccn3":"002"}]`)
	for _, l := range languages {
		write("cldr-localenames-full/main/"+l+"/territories.json",
			`{"main":{"`+l+`":{"localeDisplayNames":{"territories":{"AA":"Aa","MM":"Mm Long `+l+`","MM-alt-short":"Mm `+l+`"}}}}}`)
	}
	const table = "iso2\tiso3\tisonum\tgroup\ten\tfr\tar\tes\tit\tsource\n" +
		"ZZ\tZZZ\t9\tMEDA\tZz\tZz\tZz\tZz\tZz\tx\nAA\tAAA\t1\tother\tAa, as it was\tAa\tAa\tAa\tAa\tx\nYY\tYYY\t8\tother\tYy\tYy\tYy\tYy\tYy\tx\n"
	got, err := complete(table, folder)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(got, "\n")
	if want := "MM\tMMM\t002\tother\tMm en\tMm fr\tMm ar\tMm es\tMm it\t" + source; len(lines) != 6 || lines[3] != want {
		t.Errorf("line 4 of %q, want %q", lines, want)
	}
	if !strings.Contains(got, "Aa, as it was") {
		t.Error("a row that was there is changed")
	}
	if again, err := complete(got, folder); err != nil || again != got {
		t.Errorf("a second time it is another table: %v", err)
	}
}
