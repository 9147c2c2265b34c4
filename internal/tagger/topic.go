package tagger

import (
	"marsa/corpus"
	"marsa/corpus/vocab"
)

// leastFrequent is the least weight of a topic that neither the title nor a
// heading names.
const leastFrequent = 0.12

// topic gives the tag of a topic, if a rule holds.
func (d *document) topic(y *tally) (corpus.Tag, bool) {
	if !d.insists(y) {
		return corpus.Tag{}, false
	}
	for _, r := range []struct {
		name  string
		holds func(*document, *tally) bool
	}{
		{RuleTitle, topicInTitle},
		{RuleHeading, topicInHeading},
		{RuleFrequent, frequent},
		{RuleSection, inSection},
	} {
		if weight := d.topicWeight(y); r.holds(d, y) && (r.name != RuleFrequent || weight >= leastFrequent) {
			return d.tag(d.shown(y), corpus.About, r.name, max(weight, d.topicWeight(d.shown(y)))), true
		}
	}
	if sum := d.together[y.concept]; sum != nil && narrower(d, sum) {
		return d.tag(sum, corpus.About, RuleNarrower, d.topicWeight(sum)), true
	}
	return corpus.Tag{}, false
}

// shown is the tally of a topic or, where only its narrower topics are spoken of
// below a heading that names it, the one of all together.
func (d *document) shown(y *tally) *tally {
	if sum := d.together[y.concept]; sum != nil && y.sentences == 0 {
		return sum
	}
	return y
}

func (d *document) topicWeight(y *tally) float64 {
	return either(0.7*grows(d.rate(y), 2)*grows(float64(y.sentences), 4), when(y.title, 0.4), when(y.headings > 0, 0.15))
}

// narrower holds when the topic and those that are narrower together are named
// often enough: a document with a chapter on residence permits and one on visas
// is about entry and stay.
func narrower(d *document, sum *tally) bool {
	return topicInHeading(d, sum) || inSection(d, sum) || frequent(d, sum) && d.rate(sum) >= togetherRate
}

// togetherRate is how often in a thousand words topics must be named together
// that no heading names.
const togetherRate = 2

// topicInTitle holds when the title names the topic. A body in the title may be
// who published the document, so it must also be spoken of.
func topicInTitle(_ *document, y *tally) bool {
	return y.title && (y.concept.Evidence != vocab.Institution || y.sentences >= 2)
}

// topicInHeading holds when a heading names the topic and more of the text does. In
// a document on something else, such as a constitution with its articles on asylum
// and nationality, the rest must speak of it more.
func topicInHeading(d *document, y *tally) bool {
	least, rate := 2, 0.2
	switch {
	case y.concept.Evidence == vocab.Institution:
		least, rate = 6, 1
	case !d.onMigration():
		rate = 1
	}
	return y.headings > 0 && y.sentences >= least && d.rate(y) >= rate
}

// frequent holds when enough sentences name the topic for the number of pages
// and of words.
func frequent(d *document, y *tally) bool {
	least, rate := max(3, (len(d.pages)+5)/6), 0.8
	if y.concept.Evidence == vocab.Institution {
		least, rate = max(5, (len(d.pages)+2)/3), 2
	}
	return y.sentences >= min(least, 30) && d.rate(y) >= rate
}
