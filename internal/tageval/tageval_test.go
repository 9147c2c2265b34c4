package main

import (
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

func setOf(ids ...corpus.ConceptID) set {
	s := set{}
	for _, id := range ids {
		s[id] = true
	}
	return s
}

func TestDisputedConceptsAreNoErrors(t *testing.T) {
	tests := []struct {
		name      string
		got, a, b set
		want      score
	}{
		{"right", setOf("x"), setOf("x"), setOf("x"), score{right: 1}},
		{"missed", setOf(), setOf("x"), setOf("x"), score{missed: 1}},
		{"extra", setOf("y"), setOf("x"), setOf("x"), score{extra: 1, missed: 1}},
		{"one judge says so", setOf("x"), setOf("x"), setOf(), score{disputed: 1}},
		{"one judge says so, the rules do not", setOf(), setOf(), setOf("x"), score{disputed: 1}},
		{"nothing", setOf(), setOf(), setOf(), score{}},
	}
	for _, tt := range tests {
		if got := agreed(tt.got, tt.a, tt.b); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestMeasures(t *testing.T) {
	s := score{right: 6, extra: 2, missed: 4}
	if p, r, f := s.precision(), s.recall(), s.f1(); p != .75 || r != .6 || math.Abs(f-2*.75*.6/1.35) > 1e-9 {
		t.Errorf("precision %v, recall %v, F1 %v", p, r, f)
	}
	low, high := interval([]score{{right: 1}, {right: 1}, {missed: 1}, {right: 3, extra: 1}})
	if low >= high || low < 0 || high != 1 {
		t.Errorf("interval %v to %v", low, high)
	}
	if low, high := interval([]score{{right: 2}, {right: 5}}); low != 1 || high != 1 {
		t.Errorf("interval of what is always right: %v to %v", low, high)
	}
}

func TestGoldSet(t *testing.T) {
	v, err := vocab.Default()
	if err != nil {
		t.Fatal(err)
	}
	gold, err := readGold(os.DirFS("gold"), v)
	if err != nil {
		t.Fatal(err)
	}
	byLang, byHalf := map[corpus.Lang]int{}, map[string]int{}
	for _, d := range gold {
		byLang[d.lang]++
		byHalf[d.half]++
	}
	if len(gold) < 150 || byLang["en"] < 40 || byLang["fr"] < 40 || byLang["ar"] < 40 || byHalf["open"]+byHalf["closed"] != len(gold) {
		t.Errorf("%d documents, by language %v, by half %v", len(gold), byLang, byHalf)
	}
	book := codebook(v)
	for _, d := range gold {
		for _, j := range d.passes {
			for id := range j.topics {
				if !book[id] {
					t.Errorf("%s: %s is not in the list that the judges had", d.file, id)
				}
			}
		}
	}
}

func TestBadGoldSets(t *testing.T) {
	v, err := vocab.Default()
	if err != nil {
		t.Fatal(err)
	}
	const documents, pass = "hash\tcollection\tfile\tlang\thalf\nh\tstarter\tf\ten\topen\n", "hash\tcountries\ttopics\tnote\nh\tma\t-\t\n"
	for name, files := range map[string]map[string]string{
		"columns":               {"documents.tsv": "a\tb\n", "pass-a.tsv": pass, "pass-b.tsv": pass},
		"nothing is said":       {"documents.tsv": documents, "pass-a.tsv": pass, "pass-b.tsv": "hash\tcountries\ttopics\tnote\n"},
		"not in the vocabulary": {"documents.tsv": documents, "pass-a.tsv": pass, "pass-b.tsv": strings.Replace(pass, "ma", "xx", 1)},
		"pass-b.tsv":            {"documents.tsv": documents, "pass-a.tsv": pass},
	} {
		fsys := fstest.MapFS{}
		for f, text := range files {
			fsys[f] = &fstest.MapFile{Data: []byte(text)}
		}
		if _, err := readGold(fsys, v); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
