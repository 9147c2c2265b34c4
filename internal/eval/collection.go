package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"marsa/corpus"
)

// collection is documents, questions, and what people judged right.
type collection struct {
	name       string
	documents  []item
	questions  []item
	judgements []judgement
	notes      []string
}

// item is a document or a question.
type item struct {
	ID       string `json:"_id"`
	Title    string
	Text     string
	Metadata struct{ Lang corpus.Lang }
}

// judgement holds how right documents are: by question, then document. What is
// not in it, or not above 0, is wrong.
type judgement struct {
	name   string
	scores map[string]map[string]int
}

// maxLine is the longest line that is read, in bytes.
const maxLine = 64 << 20

func read(dir string) (*collection, error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	c := &collection{name: filepath.Base(full)}
	if c.documents, err = items(dir, "corpus.jsonl"); err != nil {
		return nil, err
	}
	if c.questions, err = items(dir, "queries.jsonl"); err != nil {
		return nil, err
	}
	if err := c.readJudgements(dir); err != nil {
		return nil, err
	}
	c.checkNames()
	return c, nil
}

// readJudgements reads qrels.tsv, which comes first, and its variants.
func (c *collection) readJudgements(dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		name, tsv := strings.CutSuffix(strings.TrimSuffix(f.Name(), ".gz"), ".tsv")
		variant, judged := strings.CutPrefix(name, "qrels")
		if !tsv || !judged || variant != "" && variant[0] != '-' {
			continue
		}
		j, err := scores(filepath.Join(dir, f.Name()))
		if errors.Is(err, errNoScores) && variant != "" {
			c.notes = append(c.notes, f.Name()+" left out: "+errNoScores.Error())
			continue
		}
		if err != nil {
			return err
		}
		c.judgements = append(c.judgements, judgement{strings.TrimPrefix(variant, "-"), j})
	}
	if len(c.judgements) == 0 {
		return fmt.Errorf("no qrels.tsv: %w", corpus.ErrNotFound)
	}
	slices.SortFunc(c.judgements, func(a, b judgement) int { return strings.Compare(a.name, b.name) })
	return nil
}

// checkNames notes what is judged and not there: such a question is not asked,
// and such a document counts as not found.
func (c *collection) checkNames() {
	known := map[string]bool{}
	for _, it := range c.questions {
		known["question "+it.ID] = true
	}
	for _, it := range c.documents {
		known["document "+it.ID] = true
	}
	missing := map[string]bool{}
	for _, j := range c.judgements {
		for q, docs := range j.scores {
			missing["question "+q] = true
			for d := range docs {
				missing["document "+d] = true
			}
		}
	}
	maps.DeleteFunc(missing, func(name string, _ bool) bool { return known[name] })
	for _, name := range slices.Sorted(maps.Keys(missing)) {
		c.notes = append(c.notes, name+" is judged and not in the collection")
	}
}

// items reads a file of JSON objects, one a line.
func items(dir, base string) ([]item, error) {
	name := filepath.Join(dir, base+".gz")
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		name = filepath.Join(dir, base)
	}
	var out []item
	seen := map[string]bool{}
	err := lines(name, func(_ int, line []byte) error {
		var it item
		if err := json.Unmarshal(line, &it); err != nil {
			return err
		}
		if it.ID == "" || seen[it.ID] {
			return fmt.Errorf("_id %q is empty or used twice: %w", it.ID, corpus.ErrInvalid)
		}
		seen[it.ID] = true
		out = append(out, it)
		return nil
	})
	return out, err
}

// errNoScores says that a file holds something else about the pairs, such as
// cranfield's codes, of which the lowest is the best.
var errNoScores = errors.New(`its columns are not "query-id", "corpus-id", "score"`)

// scores reads a file of judgements.
func scores(name string) (map[string]map[string]int, error) {
	out := map[string]map[string]int{}
	err := lines(name, func(n int, line []byte) error {
		if n == 1 {
			if string(line) != "query-id\tcorpus-id\tscore" {
				return errNoScores
			}
			return nil
		}
		f := strings.Split(string(line), "\t")
		if len(f) != 3 {
			return fmt.Errorf("%d columns, not 3: %w", len(f), corpus.ErrInvalid)
		}
		score, err := strconv.Atoi(f[2])
		if err != nil {
			return fmt.Errorf("score %q is not a whole number: %w", f[2], corpus.ErrInvalid)
		}
		docs := out[f[0]]
		if docs == nil {
			docs = map[string]int{}
			out[f[0]] = docs
		}
		if _, twice := docs[f[1]]; twice {
			return fmt.Errorf("question %q and document %q are judged twice: %w", f[0], f[1], corpus.ErrInvalid)
		}
		docs[f[1]] = score
		return nil
	})
	return out, err
}

// lines calls each for the lines of a file, counted from 1, compressed or not.
// Errors name the file and the line.
func lines(name string, each func(n int, line []byte) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	n := 0
	for s.Scan() {
		n++
		if err := each(n, s.Bytes()); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, n+1, err)
	}
	return nil
}
