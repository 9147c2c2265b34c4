package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"marsa/corpus"
)

// kind is what is measured: countries or topics.
type kind struct {
	name string
	got  func(answered) set
	said func(judgement) set
}

var kinds = []kind{
	{"country", func(a answered) set { return a.countries }, func(j judgement) set { return j.countries }},
	{"topic", func(a answered) set { return a.topics }, func(j judgement) set { return j.topics }},
}

// report prints for each language and kind how many documents there are, and
// precision, recall and F1 with its interval where the judges agree; F1 against
// each judge; and F1 of one judge against the other.
func report(out io.Writer, judged []answered, verbose bool) {
	for _, lang := range append([]corpus.Lang{"all"}, languages(judged)...) {
		part := of(judged, lang)
		fmt.Fprintf(out, "%s\tdocuments\t%d\n", lang, len(part))
		for _, k := range kinds {
			k.report(out, lang, part)
		}
	}
	if verbose {
		list(out, judged)
	}
}

func (k kind) report(out io.Writer, lang corpus.Lang, part []answered) {
	var scores []score
	var sum, first, second, judges score
	for _, d := range part {
		got, a, b := k.got(d), k.said(d.passes[0]), k.said(d.passes[1])
		s := agreed(got, a, b)
		scores = append(scores, s)
		sum = sum.add(s)
		first, second, judges = first.add(against(got, a)), second.add(against(got, b)), judges.add(against(a, b))
	}
	low, high := interval(scores)
	name := fmt.Sprintf("%s\t%s", lang, k.name)
	fmt.Fprintf(out, "%s-precision\t%.3f\n%s-recall\t%.3f\n", name, sum.precision(), name, sum.recall())
	fmt.Fprintf(out, "%s-F1\t%.3f\t%.3f-%.3f\n", name, sum.f1(), low, high)
	fmt.Fprintf(out, "%s-F1-judge-a\t%.3f\n%s-F1-judge-b\t%.3f\n", name, first.f1(), name, second.f1())
	fmt.Fprintf(out, "%s-F1-between-judges\t%.3f\n%s-agreed\t%d\n%s-disputed\t%d\n",
		name, judges.f1(), name, sum.right+sum.missed, name, sum.disputed)
}

func languages(judged []answered) []corpus.Lang {
	seen := map[corpus.Lang]bool{}
	for _, d := range judged {
		seen[d.lang] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

func of(judged []answered, lang corpus.Lang) []answered {
	if lang == "all" {
		return judged
	}
	return slices.DeleteFunc(slices.Clone(judged), func(d answered) bool { return d.lang != lang })
}

// list prints what the rules miss and what they say too much, where the judges
// agree.
func list(out io.Writer, judged []answered) {
	for _, d := range judged {
		for _, k := range kinds {
			got, a, b := k.got(d), k.said(d.passes[0]), k.said(d.passes[1])
			var missed, extra []string
			for id := range a {
				if b[id] && !got[id] {
					missed = append(missed, string(id))
				}
			}
			for id := range got {
				if !a[id] && !b[id] {
					extra = append(extra, string(id))
				}
			}
			for name, ids := range map[string][]string{"missed": missed, "extra": extra} {
				if slices.Sort(ids); len(ids) > 0 {
					fmt.Fprintf(out, "%s-%s\t%s\t%s\n", k.name, name, d.file, strings.Join(ids, " "))
				}
			}
		}
	}
}
