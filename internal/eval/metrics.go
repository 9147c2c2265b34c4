package main

import (
	"cmp"
	"math"
	"slices"
)

// The measures are those of trec_eval, which ir_measures calls by the names used
// here, averaged over all judged questions, those that found nothing too
// (trec_eval -c). A score above 0 is right. Scores are whole numbers, by default
// 1.
//
// A search gives at most 100 documents: MAP is ir_measures' AP@100 (trec_eval
// map_cut.100), which is a little less than over 1,000.

// right returns the scores above 0, the best first.
func right(scores map[string]int) []int {
	var out []int
	for _, s := range scores {
		if s > 0 {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Compare(b, a) })
	return out
}

// gains returns the scores of found documents, 0 for those that are not right.
func gains(found []string, scores map[string]int) []int {
	out := make([]int, len(found))
	for i, id := range found {
		out[i] = max(0, scores[id])
	}
	return out
}

// dcg is the sum of gain / log2(rank + 1) over the first k ranks, as trec_eval's
// ndcg_cut has it: the gain is the score itself, not 2^score - 1.
func dcg(gains []int, k int) float64 {
	sum := 0.0
	for i, g := range gains[:min(k, len(gains))] {
		sum += float64(g) / math.Log2(float64(i)+2)
	}
	return sum
}

// ndcg is dcg as a share of what the right documents in the best order have.
func ndcg(gains, right []int, k int) float64 { return dcg(gains, k) / dcg(right, k) }

// averagePrecision is the mean, over the right documents, of the share of right
// ones down to each; 0 for those not found.
func averagePrecision(gains, right []int) float64 {
	hits, sum := 0, 0.0
	for i, g := range gains {
		if g > 0 {
			hits++
			sum += float64(hits) / float64(i+1)
		}
	}
	return sum / float64(len(right))
}

// recall is the share of the right documents that are in the first k.
func recall(gains, right []int, k int) float64 {
	hits := 0
	for _, g := range gains[:min(k, len(gains))] {
		if g > 0 {
			hits++
		}
	}
	return float64(hits) / float64(len(right))
}

// reciprocalRank is 1 / rank of the first right document in the first k, or 0.
func reciprocalRank(gains []int, k int) float64 {
	for i, g := range gains[:min(k, len(gains))] {
		if g > 0 {
			return 1 / float64(i+1)
		}
	}
	return 0
}
