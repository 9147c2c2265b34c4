package tagger

import (
	"cmp"
	"slices"

	"marsa/corpus"
	"marsa/corpus/vocab"
)

// The rules that give a country a part in a movement. Each reads one sentence.
const (
	RuleFrom    = "from"       // "migrants from Morocco", "fled Syria": origin
	RulePeople  = "people-of"  // "Syrian refugees", "Moroccans in Spain", "Tunisians abroad": origin
	RuleTo      = "to"         // "migration to Spain", "settled in Jordan": destination
	RuleIn      = "people-in"  // people of another country in this one: destination
	RuleThrough = "through"    // "through Libya", "transit in Turkey": transit
	RuleHost    = "hosts"      // "Lebanon hosts refugees": destination
	RuleLand    = "country-of" // "Morocco is a country of origin, transit and destination"
)

// How many words a rule looks back over at most.
const (
	backFrom    = 8
	backTo      = 12
	backThrough = 14
	backPeople  = 4
	aheadIn     = 6
	aheadLand   = 8
	mostListed  = 8 // countries joined to one that has a part
)

// saying is a sentence that gives a country a part in a movement, and where.
type saying struct {
	country    *vocab.Concept
	role       corpus.Role
	rule       string
	sentence   int
	page       int
	start, end int
}

// movements finds the parts that countries have in movements.
func (d *document) movements() []saying {
	var all []saying
	known := map[string]class{}
	named := map[string]*vocab.Concept{}
	for i := range d.pages {
		p := &d.pages[i]
		words := wordsOf[p.lang]
		if words == nil {
			continue
		}
		for k := p.from; k < p.to; {
			s := d.mentions[k].sentence
			end := k
			for end < p.to && d.mentions[end].sentence == s {
				end++
			}
			if d.mayMove(d.mentions[k:end]) {
				c := &clause{d: d, p: p, page: i, sentence: s, lang: p.lang}
				c.read(d.mentions[k:end], words, known, named)
				all = append(all, c.sayings()...)
			}
			k = end
		}
		clear(known) // the next page may be in another language
		clear(named)
	}
	return all
}

// mayMove says whether a sentence can give a country a part at all.
func (d *document) mayMove(ms []mention) bool {
	return slices.ContainsFunc(ms, func(m mention) bool {
		if m.worth <= 0 || m.aside {
			return false
		}
		return scheme(m.concept) == vocab.Country || m.concept.Evidence == vocab.Migration
	})
}

// sayings applies the rules to every country of the sentence.
func (c *clause) sayings() []saying {
	for i := range c.units {
		u := &c.units[i]
		if u.country == nil || !u.last {
			c.land(i)
			continue
		}
		if u.adjective {
			c.people(i)
			continue
		}
		first := c.firstOf(i)
		if c.belongs(i) {
			continue
		}
		if at, ok := c.from(first); ok {
			c.say(i, corpus.RoleOrigin, RuleFrom, at)
		}
		if at, ok := c.to(first); ok {
			c.say(i, corpus.RoleDestination, RuleTo, at)
		}
		if at, ok := c.through(first); ok {
			c.say(i, corpus.RoleTransit, RuleThrough, at)
		}
	}
	for i := range c.units {
		if c.units[i].class&host != 0 {
			c.hosts(i)
		}
	}
	return c.out
}

// say notes a part of the country at i and of those joined to it. The evidence
// reaches from the word at head to the country, whichever comes first.
func (c *clause) say(i int, r corpus.Role, rule string, head int) {
	c.add(i, r, rule, head)
	if c.units[i].adjective {
		return
	}
	for n := 0; n < mostListed; n++ {
		j := c.next(i, r)
		if j < 0 || c.belongs(j) {
			return
		}
		c.add(j, r, rule, head)
		i = j
	}
}

// add notes a part of the country at i alone, once in a sentence.
func (c *clause) add(i int, r corpus.Role, rule string, head int) {
	country := c.units[i].country
	for _, s := range c.out {
		if s.country == country && s.role == r {
			return
		}
	}
	from, to := min(head, c.firstOf(i)), max(head, i)
	c.out = append(c.out, saying{
		country: country, role: r, rule: rule, sentence: c.sentence, page: c.page,
		start: c.units[from].start, end: c.units[to].end,
	})
}

// movement gives the tags of movements: for each country and part the sentences
// that say it.
func (d *document) movement() []corpus.Tag {
	type claim struct {
		country *vocab.Concept
		role    corpus.Role
	}
	by := map[claim][]saying{}
	sentences := map[corpus.Role]map[int]bool{}
	for _, s := range d.movements() {
		by[claim{s.country, s.role}] = append(by[claim{s.country, s.role}], s)
		if sentences[s.role] == nil {
			sentences[s.role] = map[int]bool{}
		}
		sentences[s.role][s.sentence] = true
	}
	least := min(1+len(d.pages)/pagesForMore, mostNeeded)
	var tags []corpus.Tag
	for k, list := range by {
		n := float64(len(list))
		if len(list) < least {
			continue
		}
		weight := 0.1 + 0.9*(0.7*grows(n, 3)+0.3*ratio(n, float64(len(sentences[k.role]))))
		tags = append(tags, corpus.Tag{
			Concept: k.country.ID, Role: k.role, Weight: rounded(weight), Rule: commonest(list),
			By: corpus.ByRule, State: corpus.Proposed, Evidence: d.proof(list),
		})
	}
	return tags
}

// A long document says of many countries once that people come from there; more
// sentences must say it there.
const (
	pagesForMore = 60
	mostNeeded   = 3
)

// commonest is the rule of most sentences.
func commonest(list []saying) string {
	n := map[string]int{}
	best := list[0].rule
	for _, s := range list {
		n[s.rule]++
	}
	for _, s := range list {
		if n[s.rule] > n[best] {
			best = s.rule
		}
	}
	return best
}

// proof returns the best places, from different pages as far as there are any.
func (d *document) proof(list []saying) []corpus.Span {
	readable := func(s saying) int {
		p := &d.pages[s.page]
		x := p.sentences[s.sentence-p.first]
		if n := x.end - x.start; n >= 40 && n <= 500 {
			return 0
		}
		return 1
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b saying) int {
		return cmp.Or(readable(a)-readable(b), cmp.Compare(a.page, b.page), cmp.Compare(a.start, b.start))
	})
	var out []corpus.Span
	pages, used := map[int]bool{}, map[int]bool{}
	for _, newPages := range []bool{true, false} {
		for i, s := range list {
			if len(out) == maxEvidence || used[i] || newPages && pages[s.page] {
				continue
			}
			pages[s.page], used[i] = true, true
			out = append(out, corpus.Span{Page: d.pages[s.page].number, Start: s.start, End: s.end})
		}
	}
	return out
}
