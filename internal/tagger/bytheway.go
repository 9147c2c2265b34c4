package tagger

import "marsa/corpus"

// byTheWay are topics whose names stand in texts on every subject of migration:
// the persons, where they come from and go, and the paper they carry. A text on
// the asylum of migrants with passports is not about migration in general and
// not about borders.
var byTheWay = map[corpus.ConceptID]bool{
	"topic/migrant":                true,
	"topic/country-of-origin":      true,
	"topic/country-of-destination": true,
	"topic/travel-document":        true,
	"topic/identity-document":      true,
}

// What a topic that is named by the way needs to be one of the document's.
const (
	byTheWaySentences = 6
	byTheWayRate      = 4
)

// insists says whether a document speaks so much of a topic that it does not do so
// by the way.
func (d *document) insists(y *tally) bool {
	return !byTheWay[y.concept.ID] || y.sentences >= byTheWaySentences && d.rate(y) >= byTheWayRate
}
