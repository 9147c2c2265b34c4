package main

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Expected values are worked out by hand; log2(3) is 1.584963.
func TestMeasures(t *testing.T) {
	graded := map[string]int{"a": 3, "b": 1, "c": 1, "no": 0, "never": -1}
	for name, c := range map[string]struct {
		found                      []string
		ndcg10, ap, recall2, first float64
	}{
		// ideal: 3 + 1/1.584963 + 1/2 = 4.130930
		"best order": {[]string{"a", "b", "c"}, 1, 1, 2.0 / 3, 1},
		// 1 + 3/1.584963 = 2.892789
		"one missing": {[]string{"b", "a"}, 2.892789 / 4.130930, 2.0 / 3, 2.0 / 3, 1},
		// 3/1.584963 + 1/2 + 1/log2(6) = 2.779642; (1/2 + 2/3 + 3/5) / 3
		"wrong between": {[]string{"x", "a", "b", "no", "c"}, 2.779642 / 4.130930, 1.766667 / 3, 1.0 / 3, 0.5},
		"not right":     {[]string{"never", "no", "x"}, 0, 0, 0, 0},
		"nothing":       {nil, 0, 0, 0, 0},
		// rank 11 counts for AP only
		"too late": {[]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "a"}, 0, 1.0 / 33, 0, 0},
	} {
		g, r := gains(c.found, graded), right(graded)
		for _, m := range []struct {
			name      string
			got, want float64
		}{
			{"nDCG@10", ndcg(g, r, 10), c.ndcg10},
			{"AP", averagePrecision(g, r), c.ap},
			{"R@2", recall(g, r, 2), c.recall2},
			{"RR@10", reciprocalRank(g, 10), c.first},
		} {
			if math.Abs(m.got-m.want) > 1e-5 {
				t.Errorf("%s: %s is %.6f, want %.6f", name, m.name, m.got, m.want)
			}
		}
	}
}

// With more right documents than ranks, the best order is cut too.
func TestIdealIsCut(t *testing.T) {
	if got := ndcg([]int{1, 1}, []int{1, 1, 1, 1}, 2); got != 1 {
		t.Errorf("nDCG@2 of two right ones of four is %f, want 1", got)
	}
}

func TestPercentile(t *testing.T) {
	var times []time.Duration
	for i := range 20 {
		times = append(times, time.Duration(i+1))
	}
	got := []time.Duration{percentile(times, 50), percentile(times, 95), percentile(times, 100), percentile(times[:1], 50)}
	if diff := cmp.Diff([]time.Duration{10, 19, 20, 1}, got); diff != "" {
		t.Errorf("percentiles (-want +got):\n%s", diff)
	}
}
