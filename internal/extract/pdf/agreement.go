package pdf

import "marsa/internal/fold"

// agreement is the F1 of the words of two texts, each counted as often as it
// occurs, folded as the index folds them: 1 when they have the same words in
// whatever order, 0 when none. Two texts without words agree.
func agreement(a, b string) float64 {
	left := map[string]int{}
	wordsA, wordsB, common := 0, 0, 0
	for t := range fold.Words(a) {
		left[a[t.Start:t.End]]++
		wordsA++
	}
	var rest []string // words of b that a does not have in this spelling
	for t := range fold.Words(b) {
		w := b[t.Start:t.End]
		wordsB++
		if left[w] > 0 {
			left[w]--
			common++
		} else {
			rest = append(rest, w)
		}
	}
	if wordsA+wordsB == 0 {
		return 1
	}
	if len(rest) > 0 && common < wordsA { // folding is slow and seldom needed
		common += commonTerms(left, rest)
	}
	return float64(2*common) / float64(wordsA+wordsB)
}

// commonTerms counts the words that are equal when they are folded.
func commonTerms(a map[string]int, b []string) int {
	terms := map[string]int{}
	for w, n := range a {
		if n > 0 {
			terms[fold.Term(w)] += n
		}
	}
	common := 0
	for _, w := range b {
		if w = fold.Term(w); terms[w] > 0 {
			terms[w]--
			common++
		}
	}
	return common
}
