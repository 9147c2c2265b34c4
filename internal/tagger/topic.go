package tagger

import (
	"marsa/corpus"
	"marsa/corpus/vocab"
)

// leastFrequent is the least weight of a topic that neither the title nor a
// heading names.
const leastFrequent = 0.15

// topic gives the tag of a topic, if a rule holds.
func (d *document) topic(y *tally) (corpus.Tag, bool) {
	rate, n := d.rate(y), float64(y.sentences)
	weight := either(0.7*grows(rate, 2)*grows(n, 4), when(y.title, 0.4), when(y.headings > 0, 0.15))
	for _, r := range []struct {
		name  string
		holds func(*document, *tally) bool
	}{
		{RuleTitle, topicInTitle},
		{RuleHeading, topicInHeading},
		{RuleFrequent, frequent},
	} {
		if r.holds(d, y) && (r.name != RuleFrequent || weight >= leastFrequent) {
			return d.tag(y, corpus.About, r.name, weight), true
		}
	}
	return corpus.Tag{}, false
}

// topicInTitle holds when the title names the topic. A body in the title may be
// who published the document, so it must also be spoken of.
func topicInTitle(_ *document, y *tally) bool {
	return y.title && (y.concept.Evidence != vocab.Institution || y.sentences >= 2)
}

// topicInHeading holds when a heading names the topic and more of the text does.
func topicInHeading(d *document, y *tally) bool {
	least, rate := 3, 0.3
	if y.concept.Evidence == vocab.Institution {
		least, rate = 6, 1
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
