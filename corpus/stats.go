package corpus

// Stats counts what a library holds.
type Stats struct {
	Documents int
	Works     int
	Pages     int
	Failures  map[string]int // files that could not be read, by reason
	Removed   int            // documents taken out for good
}

// PageSummary is a page without its text, for lists.
type PageSummary struct {
	Number  int
	Label   string
	Lang    Lang
	Quality Quality
	Opening string // the first words of the text, at most 120 bytes, not cut inside a word
}
