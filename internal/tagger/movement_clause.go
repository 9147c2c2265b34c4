package tagger

import (
	"strings"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/fold"
)

// clause is a sentence as the rules of movements read it.
type clause struct {
	d        *document
	p        *page
	page     int
	sentence int
	units    []unit
	has      class // of all its words
	lang     corpus.Lang
	out      []saying
}

// unit is a word of a sentence: what kind of word it is, and the country that it
// names. Parted says how far it stands from the word before.
type unit struct {
	start, end int
	term       string
	class      class
	country    *vocab.Concept
	adjective  bool
	last       bool // the last word of its mention
	parted     parting
}

// parting is what stands before a word.
type parting uint8

const (
	together parting = iota
	comma
	apart // nothing reaches over it
)

// read makes units of the words of the sentence.
func (c *clause) read(ms []mention, words *movingWords, known map[string]class, named map[string]*vocab.Concept) {
	s := c.p.sentences[c.sentence-c.p.first]
	text := c.p.text
	end := s.start
	for w := range fold.Words(s.of(text)) {
		u := unit{start: s.start + w.Start, end: s.start + w.End}
		u.term = fold.Term(text[u.start:u.end])
		class, ok := known[u.term]
		if !ok {
			class = words.classOf(u.term)
			known[strings.Clone(u.term)] = class
		}
		u.class = class
		c.has |= class
		u.parted = partingOf(text[end:u.start])
		end = u.end
		c.units = append(c.units, u)
	}
	if len(c.units) > 0 {
		c.units[0].parted = apart
	}
	c.notOnly()
	i := 0
	for k := range ms {
		m := &ms[k]
		for i < len(c.units) && c.units[i].end <= m.start {
			i++
		}
		for j := i; j < len(c.units) && c.units[j].start < m.end; j++ {
			c.name(&c.units[j], m, named)
			c.units[j].last = c.units[j].last || j+1 == len(c.units) || c.units[j+1].start >= m.end
		}
	}
	for i := range c.units {
		if c.units[i].adjective && c.bare(i) {
			c.has |= people
		}
	}
}

// notOnly makes words of a denial that denies nothing: not only a country of
// transit.
func (c *clause) notOnly() {
	for i := range c.units {
		if c.units[i].class&only == 0 {
			continue
		}
		for j := i; j >= 0 && j > i-4; j-- {
			if u := &c.units[j]; u.class&(denial|only) != 0 {
				u.class = u.class&^denial | linking
			}
		}
	}
}

// name notes the country that a word of a mention names. The names of some topics
// have a country in them: Syrian refugees, Moroccans abroad.
func (c *clause) name(u *unit, m *mention, named map[string]*vocab.Concept) {
	if m.worth <= 0 || m.aside {
		return
	}
	if scheme(m.concept) == vocab.Country {
		u.country, u.adjective = m.concept, m.adjective
		u.class = 0
		return
	}
	if m.start == u.start && m.end == u.end || m.concept.Evidence != vocab.Migration || u.class != 0 {
		return // one word, or one that is known
	}
	word := c.p.text[u.start:u.end]
	country, ok := named[word]
	if !ok {
		for x := range c.d.t.v.Mentions(word, c.lang) {
			if n, ok := c.d.t.v.Concept(x.Concept); ok && scheme(n) == vocab.Country && x.Adjective {
				country = n
			}
		}
		named[strings.Clone(word)] = country
	}
	if country != nil {
		u.country, u.adjective, u.last = country, true, true
	}
}

func partingOf(between string) parting {
	switch {
	case between == ".": // 3.7
		return together
	case len(between) > 40 || strings.Contains(between, "\n\n") || strings.ContainsAny(between, ".;:!?؟؛()[]•|…\t"):
		return apart
	case strings.ContainsAny(between, ",،–—/"):
		return comma
	}
	return together
}

// firstOf is the first word of the mention whose last is at i.
func (c *clause) firstOf(i int) int {
	for i > 0 && c.units[i-1].country == c.units[i].country && !c.units[i-1].last && c.units[i].parted != apart {
		i--
	}
	return i
}

// next is the last word of a country that is joined to the one at i by a comma or
// an "and" and has part r too: from Egypt, Syria and Sudan. It is -1 when there is
// none.
func (c *clause) next(i int, r corpus.Role) int {
	joined := false
	for j := i + 1; j < len(c.units) && j <= i+4; j++ {
		u := &c.units[j]
		if u.parted == apart {
			return -1
		}
		joined = joined || u.parted == comma || u.class&and != 0 || c.joinedByLetter(u)
		switch {
		case u.country != nil:
			for !c.units[j].last {
				j++
			}
			goes := c.lang == "en" && j+1 < len(c.units) && c.units[j+1].parted == together && c.units[j+1].class&to != 0
			if !joined || u.adjective || r == corpus.RoleDestination && goes {
				return -1 // "Algeria to France, Egypt to Kuwait" is no list
			}
			return j
		case r == corpus.RoleDestination && joined && u.class&in != 0:
		case u.class&(and|article|of) == 0:
			return -1
		}
	}
	return -1
}

// joinedByLetter says whether the Arabic "and" is the first letter of a country.
func (c *clause) joinedByLetter(u *unit) bool {
	return c.lang == "ar" && u.country != nil && strings.HasPrefix(u.term, "و")
}

// listBack is the country at i with those joined to it before.
func (c *clause) listBack(i int) []int {
	list := []int{i}
	for n := 0; n < mostListed; n++ {
		j := c.firstOf(i) - 1
		joined := c.units[j+1].parted == comma || c.joinedByLetter(&c.units[j+1])
		for j >= 0 && c.units[j+1].parted != apart && c.units[j].class&(and|article) != 0 {
			joined = joined || c.units[j].class&and != 0
			j--
		}
		if j < 0 || !joined || c.units[j+1].parted == apart || c.units[j].country == nil || c.units[j].adjective {
			return list
		}
		list = append(list, j)
		i = j
	}
	return list
}

// before is the word before i with the articles and the likes of "southern"
// between them passed over; -1 when something parts them.
func (c *clause) before(i int) int {
	for n := 0; n < 4; n++ {
		if i == 0 || c.units[i].parted != together {
			return -1
		}
		i--
		if c.units[i].class&of != 0 && i > 0 && c.units[i-1].class&ground != 0 && c.units[i].parted == together {
			i-- // the coast of
		}
		if c.units[i].class&(article|ground) == 0 {
			return i
		}
	}
	return -1
}

// head looks back from before i over words that may stand between for one of the
// classes. It fails at any other word, at a denial, and where the movement is one
// back home or of money.
func (c *clause) head(i, most int, wanted class) (int, bool) {
	for n := 0; n < most && i > 0; n++ {
		if c.units[i].parted == apart {
			return 0, false
		}
		i--
		u := &c.units[i]
		switch {
		case u.class&(homeward|denial|goods) != 0:
			return 0, false
		case u.class&wanted != 0:
			return i, c.stands(i)
		case u.country == nil && u.class&passable == 0 && !c.adverb(u.term):
			return 0, false
		}
	}
	return 0, false
}

// passable are the words that may stand between a movement and a country.
const passable = flight | land | descent | partOrigin | migrant | many | people | move | weak | leave | arrive | linking | article | and | of | from | to | in | through | transit | ground

// adverb says whether a word only says how.
func (c *clause) adverb(term string) bool {
	return c.lang == "en" && len(term) > 4 && strings.HasSuffix(term, "ly") || c.lang == "fr" && len(term) > 6 && strings.HasSuffix(term, "ment")
}

// unknown says whether the word at i is none that the rules know.
func (c *clause) unknown(i int) bool {
	return c.units[i].class == 0 && c.units[i].country == nil && !c.adverb(c.units[i].term)
}

// stands says whether the head at i is neither denied nor a way back, nor one of
// money.
func (c *clause) stands(i int) bool {
	head := c.units[i].class
	for n := 0; n < 4 && i > 0; n++ {
		if c.units[i].parted != together {
			return true
		}
		i--
		switch u := &c.units[i]; {
		case u.class&denial != 0, n < 3 && u.class&homeward != 0:
			return false
		case n < 3 && u.class&goods != 0 && head&(people|migrant|many) == 0: // "remittances of migrants from Egypt" do come from there
			return false
		}
	}
	return true
}

// denied says whether a denial stands before i.
func (c *clause) denied(i int) bool {
	for n := 0; n < 4 && i > 0 && c.units[i].parted == together; n++ {
		if i--; c.units[i].class&denial != 0 {
			return true
		}
	}
	return false
}

// moves says whether the sentence speaks of people who move, where the head at i
// alone does not.
func (c *clause) moves(i int) bool {
	u := c.units[i].class
	switch {
	case u&(migrant|many|move|leave) != 0:
		return true
	case u&people != 0:
		return c.has&(migrant|many|move|weak|leave|arrive) != 0 || c.d.speaking[c.sentence].first != nil
	}
	return c.has&(migrant|many|people|move|leave) != 0
}

// belongs says whether something belongs to the country at i, and is meant
// instead of it: Egypt's ministry.
func (c *clause) belongs(i int) bool {
	if c.lang != "en" || i+1 >= len(c.units) || c.units[i+1].term != "s" || c.units[i+1].parted == apart {
		return false
	}
	return i+2 >= len(c.units) || c.units[i+2].class&ground == 0
}

// after says whether the country at i hangs on another word, which is what
// something is said of: the government of Morocco.
func (c *clause) after(i int) bool {
	first := c.firstOf(i)
	if first == 0 || c.units[first].parted != together {
		return false
	}
	b := c.before(first)
	if b < 0 {
		return false
	}
	return c.units[b].class&(of|in|to|from|by) != 0 && c.units[b].class&be == 0
}
