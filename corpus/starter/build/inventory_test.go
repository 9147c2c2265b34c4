package main

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marsa/corpus"
)

var update = flag.Bool("update", false, "write the tables of docs/starter.md anew")

const (
	inventoryBegin = "<!-- tables: go test ./corpus/starter/build -run Inventory -update -->\n"
	inventoryEnd   = "<!-- end of tables -->\n"
)

// docs/starter.md says what the collection holds, in tables that are counted and
// not written by hand.
func TestInventory(t *testing.T) {
	name := filepath.Join(root, "..", "..", "docs", "starter.md")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), inventoryBegin)
	_, after, ok2 := strings.Cut(rest, inventoryEnd)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the tables", name)
	}
	want := before + inventoryBegin + inventory(t) + inventoryEnd + after
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(data) != want {
		t.Errorf("the tables of %s are old; run go test ./corpus/starter/build -run Inventory -update", name)
	}
}

func inventory(t *testing.T) string {
	all := texts(t)
	var b strings.Builder
	langs := []string{"en", "fr", "ar"}
	table(&b, "kind", langs, count(all, func(x *Text) (string, string) { return string(x.Kind), string(x.Lang()) }))
	table(&b, "format", langs, count(all, func(x *Text) (string, string) { return x.Format, string(x.Lang()) }))
	works := map[corpus.ID]int{}
	words, bytes := 0, int64(0)
	for _, x := range all {
		works[x.Work]++
		words += total(words0(x))
		if info, err := os.Stat(filepath.Join(root, "files", x.File())); err == nil {
			bytes += info.Size()
		}
	}
	three := 0
	for _, n := range works {
		if n == 3 {
			three++
		}
	}
	fmt.Fprintf(&b, "%d documents, %d works, %d of them in three languages; %d words without notices and lists of sources; %.1f MB.\n\n",
		len(all), len(works), three, words, float64(bytes)/1e6)
	b.WriteString(factsUsed(t, all))
	return b.String()
}

func words0(x *Text) map[string]int { return words(citation.ReplaceAllString(x.Body, "")) }

// count counts texts by row and column.
func count(all []*Text, place func(*Text) (row, column string)) map[string]map[string]int {
	n := map[string]map[string]int{}
	for _, x := range all {
		row, column := place(x)
		if n[row] == nil {
			n[row] = map[string]int{}
		}
		n[row][column]++
	}
	return n
}

func table(b *strings.Builder, what string, columns []string, n map[string]map[string]int) {
	fmt.Fprintf(b, "| %s | %s | all |\n|---|%s---|\n", what, strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	for _, row := range slices.Sorted(maps.Keys(n)) {
		fmt.Fprintf(b, "| %s |", row)
		all := 0
		for _, c := range columns {
			fmt.Fprintf(b, " %d |", n[row][c])
			all += n[row][c]
		}
		fmt.Fprintf(b, " %d |\n", all)
	}
	b.WriteString("\n")
}

// factsUsed counts, for each list of facts, the pages whose facts are cited.
func factsUsed(t *testing.T, all []*Text) string {
	cited := map[string]bool{}
	for _, x := range all {
		for _, s := range x.Sources {
			cited[s.URL] = true
		}
	}
	type tally struct{ facts, used int }
	lists := map[string]*tally{}
	sum := tally{}
	for _, f := range facts(t) {
		n := lists[f.file]
		if n == nil {
			n = &tally{}
			lists[f.file] = n
		}
		n.facts++
		sum.facts++
		if cited[f.url] {
			n.used++
			sum.used++
		}
	}
	var b strings.Builder
	b.WriteString("| list of facts | facts noted | facts of pages that a document cites |\n|---|---|---|\n")
	for _, name := range slices.SortedFunc(maps.Keys(lists), cmp.Compare[string]) {
		fmt.Fprintf(&b, "| %s | %d | %d |\n", name, lists[name].facts, lists[name].used)
	}
	fmt.Fprintf(&b, "| all | %d | %d |\n", sum.facts, sum.used)
	return b.String()
}
