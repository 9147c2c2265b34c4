package tagger

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

// diaspora is the topic of nationals of a country who are abroad.
const diaspora corpus.ConceptID = "topic/diaspora"

// abroadWithin is how many bytes after the name of a people the word abroad may
// stand: "Moroccans who go to work abroad".
const abroadWithin = 60

// thenAbroad matches what stands between a people and the end of the word abroad, in
// one clause.
var thenAbroad = regexp.MustCompile(`^[^.;:!?؟؛\n(\[]*?(?:\babroad\b|\boverseas\b|[àÀ] l[’']étranger|(?:بالخارج|في الخارج|بالمهجر|في المهجر|بلاد المهجر))`)

// nationalsAbroad returns the mention of the diaspora that a people with the word
// abroad is: the vocabulary cannot list what may stand between them.
func (d *document) nationalsAbroad(p *page, people mention) (mention, bool) {
	c, ok := d.t.v.Concept(diaspora)
	if !ok || !people.adjective || scheme(people.concept) != vocab.Country || !isPeople(p.text[people.start:people.end]) {
		return mention{}, false
	}
	rest := p.text[people.end:]
	at := thenAbroad.FindStringIndex(rest[:cutRunes(rest, abroadWithin)])
	if at == nil {
		return mention{}, false
	}
	m := people
	m.concept, m.adjective, m.context, m.worth, m.end = c, false, nil, 1, people.end+at[1]
	return m, true
}

// isPeople says whether an adjective of a country is the name of its people: a
// plural, for "an Egyptian bank abroad" is no emigrant.
func isPeople(word string) bool {
	for _, ending := range []string{"s", "ون", "ين"} {
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// cutRunes returns the most bytes of s, up to n, that end with a whole letter.
func cutRunes(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}
