package main

import (
	"math/rand/v2"
	"slices"
)

// score counts decisions over documents and concepts.
type score struct {
	right, extra, missed int
	disputed             int // on which the judges differ; they count for nothing
}

func (s score) add(t score) score {
	return score{s.right + t.right, s.extra + t.extra, s.missed + t.missed, s.disputed + t.disputed}
}

func (s score) precision() float64 { return share(s.right, s.right+s.extra) }
func (s score) recall() float64    { return share(s.right, s.right+s.missed) }
func (s score) f1() float64        { return share(2*s.right, 2*s.right+s.extra+s.missed) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// agreed compares a set with what both judges said. What only one of them said
// is no error either way.
func agreed(got, a, b set) score {
	var s score
	for id := range got {
		switch {
		case a[id] && b[id]:
			s.right++
		case !a[id] && !b[id]:
			s.extra++
		}
	}
	for id := range a {
		switch {
		case b[id] && !got[id]:
			s.missed++
		case !b[id]:
			s.disputed++
		}
	}
	for id := range b {
		if !a[id] {
			s.disputed++
		}
	}
	return s
}

// against compares a set with one judge, or the judges with each other.
func against(got, want set) score { return agreed(got, want, want) }

// resamples is how often documents are drawn anew for an interval.
const resamples = 2000

// interval returns the bounds between which f1 lies in 95 of 100 draws of as
// many documents with repetition (Efron's percentile bootstrap). The draws are
// the same in every run.
func interval(scores []score) (low, high float64) {
	if len(scores) == 0 {
		return 0, 0
	}
	r := rand.New(rand.NewPCG(1, 2))
	values := make([]float64, resamples)
	for i := range values {
		var sum score
		for range scores {
			sum = sum.add(scores[r.IntN(len(scores))])
		}
		values[i] = sum.f1()
	}
	slices.Sort(values)
	return values[resamples*25/1000], values[resamples*975/1000-1]
}
