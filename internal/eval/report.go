package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"marsa/corpus"
)

// measures are what is printed of documents, and pageMeasures of publications.
var (
	measures = []named{
		{"nDCG@10", func(gains, right []int) float64 { return ndcg(gains, right, 10) }},
		{"MAP", averagePrecision},
		{"R@100", func(gains, right []int) float64 { return recall(gains, right, 100) }},
		{"MRR@10", func(gains, _ []int) float64 { return reciprocalRank(gains, 10) }},
	}
	pageMeasures = []named{{"page@1", func(gains, _ []int) float64 { return reciprocalRank(gains, 1) }}}
)

// named is a measure of one question, from the scores of what was found and of
// what is right.
type named struct {
	name string
	of   func(gains, right []int) float64
}

// report prints the measures of a collection: of all questions, and of each
// language if there are several.
func report(out io.Writer, c *collection, answers []answer, grouped bool) error {
	ms := measures
	if grouped {
		ms = pageMeasures
	}
	for _, j := range c.judgements {
		name := c.name
		if j.name != "" {
			name += ":" + j.name
		}
		for _, part := range byLanguage(answers) {
			for _, m := range ms {
				if v, ok := mean(part.answers, j, m); ok {
					if _, err := fmt.Fprintf(out, "%s%s\t%s\t%.4f\n", name, part.suffix, m.name, v); err != nil {
						return err
					}
				}
			}
		}
	}
	return reportTimes(out, c.name, answers)
}

// reportTimes prints the times of the questions that search took.
func reportTimes(out io.Writer, name string, answers []answer) error {
	var times []time.Duration
	for _, a := range answers {
		if !a.refused {
			times = append(times, a.took)
		}
	}
	if len(times) == 0 {
		return nil
	}
	slices.Sort(times)
	for _, p := range []int{50, 95} {
		ms := float64(percentile(times, p).Microseconds()) / 1000
		if _, err := fmt.Fprintf(out, "%s\tp%d ms\t%.1f\n", name, p, ms); err != nil {
			return err
		}
	}
	return nil
}

// mean averages a measure over the questions that a judgement has right
// documents for; false if there is none.
func mean(answers []answer, j judgement, m named) (float64, bool) {
	sum, n := 0.0, 0
	for _, a := range answers {
		if r := right(j.scores[a.question]); len(r) > 0 {
			sum += m.of(gains(a.found, j.scores[a.question]), r)
			n++
		}
	}
	return sum / float64(max(n, 1)), n > 0
}

// percentile returns the time that p in a hundred of the sorted times, which
// are at least one, do not exceed.
func percentile(sorted []time.Duration, p int) time.Duration {
	return sorted[(len(sorted)*p+99)/100-1]
}

type part struct {
	suffix  string // after the collection's name
	answers []answer
}

// byLanguage returns all answers and, if they are in several languages, those of
// each.
func byLanguage(answers []answer) []part {
	by := map[corpus.Lang][]answer{}
	var langs []corpus.Lang
	for _, a := range answers {
		if by[a.lang] == nil {
			langs = append(langs, a.lang)
		}
		by[a.lang] = append(by[a.lang], a)
	}
	out := []part{{"", answers}}
	if len(langs) < 2 {
		return out
	}
	slices.Sort(langs)
	for _, l := range langs {
		out = append(out, part{"/" + string(l), by[l]})
	}
	return out
}
