package bleve

import "math"

// The weights that were measured best; docs/search-engine.md has the figures.
const (
	k1             = 0.9
	b              = 0.5
	commonWeight   = 0.3 // of the common field beside the language's own
	titleWeight    = 2.0
	abstractWeight = 1.3
	stopWeight     = 0.2 // of a word that is a stop word in the query's language
	labelWeight    = 0.7 // of a label of a concept beside the words that were typed
	aboutWeight    = 2.0 // of a concept that a document is about, beside its words
)

// idf is the weight of a term that df of n documents have.
func idf(df, n int) float64 {
	return math.Log(1 + (float64(n)-float64(df)+0.5)/(float64(df)+0.5))
}

// saturation is the share, 0 to 1, of its idf that a term earns by occurring tf
// times among length terms, where the average of the field is average.
func saturation(tf, length, average float64) float64 {
	if average == 0 {
		return 0
	}
	return tf / (tf + k1*(1-b+b*length/average))
}
