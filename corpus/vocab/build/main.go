// Command build adds to countries.tsv the countries and territories of ISO 3166
// that it does not have yet, by their names in CLDR. It reads two packages of npm,
// unpacked side by side, and writes the table to standard output:
//
//	npm pack cldr-localenames-full@48.2.0 world-countries@5.1.0
//	go run ./corpus/vocab/build FOLDER < corpus/vocab/data/countries.tsv > new.tsv
//
// Rows that are there stay as they are: their labels have been looked at.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"marsa/internal/fold"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: build FOLDER < countries.tsv > new.tsv")
	}
	table, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	out, err := complete(string(table), os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(out)
}

// languages of the columns that have names.
var languages = []string{"en", "fr", "ar", "es", "it"}

const source = "names: https://github.com/unicode-org/cldr-json (cldr-localenames-full 48.2.0, territories.json, Unicode-3.0); codes: https://github.com/mledoze/countries (world-countries 5.1.0)"

// code is a country in the list of codes.
type code struct {
	ISO2   string `json:"cca2"`
	ISO3   string `json:"cca3"`
	Number string `json:"ccn3"`
}

func complete(table, folder string) (string, error) {
	var codes []code
	if err := read(filepath.Join(folder, "world-countries", "countries.json"), &codes); err != nil {
		return "", err
	}
	names := map[string]map[string]string{}
	for _, l := range languages {
		var err error
		if names[l], err = territories(folder, l); err != nil {
			return "", err
		}
	}
	lines := strings.Split(strings.TrimRight(table, "\n"), "\n")
	columns := strings.Split(lines[0], "\t")
	for _, c := range codes {
		if slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, c.ISO2+"\t") }) {
			continue
		}
		row, err := newRow(columns, c, names)
		if err != nil {
			return "", err
		}
		lines = slices.Insert(lines, place(lines, columns, row), strings.Join(row, "\t"))
	}
	return strings.Join(lines, "\n") + "\n", nil
}

// territories are the names of a language by code; where there is a short one
// beside the usual one it is taken.
func territories(folder, l string) (map[string]string, error) {
	var doc struct {
		Main map[string]struct {
			Names struct{ Territories map[string]string } `json:"localeDisplayNames"`
		}
	}
	if err := read(filepath.Join(folder, "cldr-localenames-full", "main", l, "territories.json"), &doc); err != nil {
		return nil, err
	}
	all := doc.Main[l].Names.Territories
	for key, name := range all {
		if short, ok := strings.CutSuffix(key, "-alt-short"); ok {
			all[short] = name
		}
	}
	return all, nil
}

func newRow(columns []string, c code, names map[string]map[string]string) ([]string, error) {
	row := make([]string, len(columns))
	values := map[string]string{"iso2": c.ISO2, "iso3": c.ISO3, "isonum": c.Number, "group": "other", "source": source}
	for _, l := range languages {
		if values[l] = names[l][c.ISO2]; values[l] == "" {
			return nil, fmt.Errorf("no name of %s in %s", c.ISO2, l)
		}
	}
	for i, name := range columns {
		row[i] = values[name]
	}
	return row, nil
}

// place is where a row stands among the other countries, by its English name.
func place(lines, columns, row []string) int {
	group, en := slices.Index(columns, "group"), slices.Index(columns, "en")
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		if cells[group] == "other" && fold.Text(cells[en]) > fold.Text(row[en]) {
			return i
		}
	}
	return len(lines)
}

func read(path string, v any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
