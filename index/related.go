package index

import "marsa/corpus"

// MaxProfile is how many values, and how many words, a profile may have.
const MaxProfile = 400

// Profile is what a document is about, to find works that are about the same.
type Profile struct {
	Work   corpus.ID // is not found itself
	Values map[Field][]Weighted
	Words  []Weighted // engines choose those that few documents have
	Prefer []corpus.Lang
	Limit  int
}

// Weighted is a value or word and what it is worth beside the others.
type Weighted struct {
	Value  string
	Weight float64
}

// Relative is a work that is like a profile.
type Relative struct {
	Work     corpus.ID
	Document corpus.ID // the version to show
	Score    float64   // 0 to 1
	Values   []Value   // shared, the weightiest first
	Words    []string  // shared, the same; as the profile has them
}

// Value is a value of a field.
type Value struct {
	Field Field
	ID    string
}
