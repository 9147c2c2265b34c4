package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"strings"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

// document is a document of the gold set.
type document struct {
	hash       corpus.Hash
	collection string // where it is from: starter or documents
	file       string
	lang       corpus.Lang
	half       string // open or closed
	passes     [2]judgement
}

// judgement is what one person said a document is about.
type judgement struct{ countries, topics set }

type set map[corpus.ConceptID]bool

type goldSet []document

// readGold reads documents.tsv and the two passes. A document that is not in
// both is an error, and so is a concept that the vocabulary has not.
func readGold(dir fs.FS, v *vocab.Vocabulary) (goldSet, error) {
	rows, err := readRows(dir, "documents.tsv", 5)
	if err != nil {
		return nil, err
	}
	var gold goldSet
	for _, r := range rows {
		gold = append(gold, document{hash: corpus.Hash(r[0]), collection: r[1], file: r[2], lang: corpus.Lang(r[3]), half: r[4]})
	}
	for i, name := range []string{"pass-a.tsv", "pass-b.tsv"} {
		said, err := readPass(dir, name, v)
		if err != nil {
			return nil, err
		}
		for k := range gold {
			j, ok := said[gold[k].hash]
			if !ok {
				return nil, fmt.Errorf("%s: nothing is said of %s", name, gold[k].file)
			}
			gold[k].passes[i] = j
		}
	}
	return gold, nil
}

func readPass(dir fs.FS, name string, v *vocab.Vocabulary) (map[corpus.Hash]judgement, error) {
	rows, err := readRows(dir, name, 4)
	if err != nil {
		return nil, err
	}
	said := map[corpus.Hash]judgement{}
	for _, r := range rows {
		countries, err := concepts(r[1], vocab.Country, v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		topics, err := concepts(r[2], vocab.Topic, v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		said[corpus.Hash(r[0])] = judgement{countries, closed(topics, v)}
	}
	return said, nil
}

// notACountry is what judges could say beside countries: the European Union, which
// is a body in the vocabulary.
const notACountry = "eu"

// concepts reads names parted by commas, or "-" for none.
func concepts(cell, scheme string, v *vocab.Vocabulary) (set, error) {
	s := set{}
	if cell == "-" {
		return s, nil
	}
	for name := range strings.SplitSeq(cell, ",") {
		if scheme == vocab.Country && name == notACountry {
			continue
		}
		id := corpus.ConceptID(scheme + "/" + name)
		if _, ok := v.Concept(id); !ok {
			return nil, fmt.Errorf("%s is not in the vocabulary", id)
		}
		s[id] = true
	}
	return s, nil
}

// closed adds what is broader: who is about a topic is about the broader one.
func closed(s set, v *vocab.Vocabulary) set {
	out := set{}
	for id := range s {
		out[id] = true
		for _, a := range v.Ancestors(id) {
			out[a] = true
		}
	}
	return out
}

// readRows reads a table with a line of headings.
func readRows(dir fs.FS, name string, columns int) ([][]string, error) {
	f, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var rows [][]string
	s := bufio.NewScanner(f)
	for n := 0; s.Scan(); n++ {
		cells := strings.Split(s.Text(), "\t")
		if len(cells) != columns {
			return nil, fmt.Errorf("%s, line %d: %d columns, not %d", name, n+1, len(cells), columns)
		}
		if n > 0 {
			rows = append(rows, cells)
		}
	}
	return rows, s.Err()
}

func (g goldSet) half(name string) goldSet {
	var out goldSet
	for _, d := range g {
		if name == "all" || d.half == name {
			out = append(out, d)
		}
	}
	return out
}

// codebook is the list of topics that the judges had: those with narrower ones.
// Narrower tags count for them.
func codebook(v *vocab.Vocabulary) set {
	s := set{}
	for _, c := range v.Concepts(vocab.Topic) {
		if len(c.Narrower) > 0 {
			s[c.ID] = true
		}
	}
	return s
}
