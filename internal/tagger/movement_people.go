package tagger

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/corpus"
)

// people reads what stands about the adjective of a country at i: people of it who
// are abroad, or in another country.
func (c *clause) people(i int) {
	start, end, ok := c.group(i)
	if !ok || c.denied(start) {
		return
	}
	moving := c.units[start].class | c.units[end].class
	for j := start; j < end; j++ {
		moving |= c.units[j].class
	}
	if j, ok := c.ahead(end, abroad); ok {
		c.adjectives(i, start, j)
		return
	}
	if j, ok := c.elsewhere(end, i); ok {
		c.adjectives(i, start, j)
		c.say(j, corpus.RoleDestination, RuleIn, start)
		return
	}
	follows := end+1 < len(c.units) && c.units[end+1].parted == together
	switch {
	case follows && c.units[end+1].class&matter != 0: // Moroccan emigration policy
	case moving&many != 0:
		c.adjectives(i, start, end)
	case moving&leave != 0 && moving&move != 0 && !(c.lang == "en" && follows && c.unknown(end+1)): // Lebanese Emigration Centre
		c.adjectives(i, start, end)
	case moving&(move|weak) != 0 && follows && c.units[end+1].class&to != 0:
		c.adjectives(i, start, end)
	default:
		if j, ok := c.ahead(end, move|weak|leave); ok && c.goes(j) {
			c.adjectives(i, start, j)
		}
	}
}

// goes says whether the movement at i is one to a country: émigrent en Libye.
func (c *clause) goes(i int) bool {
	if c.units[i].class&homeward != 0 || i+1 >= len(c.units) || c.units[i+1].class&to == 0 || c.units[i+1].parted != together {
		return false
	}
	for j := i + 2; j < len(c.units) && j < i+5 && c.units[j].parted == together; j++ {
		if c.units[j].country != nil {
			return !c.units[j].adjective
		}
		if c.units[j].class&(article|ground) == 0 {
			return false
		}
	}
	return false
}

// group is the words that mean people of the country whose adjective stands at i.
func (c *clause) group(i int) (start, end int, ok bool) {
	const group = migrant | many | people | move | leave
	start, end = i, i
	joint := class(0) // what may stand before "origin"
	if c.lang == "en" {
		if c.bare(i) {
			ok = true
		}
		for j := i + 1; j < len(c.units) && j <= i+backPeople && c.units[j].parted == together; j++ {
			u := &c.units[j]
			if u.class&(group|linking) == 0 || u.country != nil || u.class&(in|to|of|from|presence) != 0 {
				break
			}
			if u.class&group != 0 {
				end, ok = j, true
			}
		}
		if ok || i+1 >= len(c.units) || c.units[i+1].class&descent == 0 {
			return start, end, ok
		}
		// people of Moroccan origin
		h, found := c.head(i, 3, migrant|many|people)
		return h, i + 1, found && c.units[i-1].class&of != 0
	}
	for j := i; j > 0 && j > i-backPeople && c.units[j].parted != apart; {
		if c.units[j].parted == comma && c.units[j].country == nil {
			break
		}
		j--
		u := &c.units[j]
		switch {
		case u.class&group != 0 && u.country == nil:
			if c.lang == "ar" && !agree(u.term, c.units[i].term) {
				return i, i, false // the adjective belongs to a word before: the council of refugees
			}
			start, ok = j, true
			continue
		case u.class&descent != 0: // d’origine marocaine
			joint = of | from
			continue
		case u.class&joint != 0, u.country != nil && u.adjective, u.class&(linking|and) != 0 && u.class&(in|to) == 0:
			continue
		}
		break
	}
	if !ok {
		ok = c.bare(i)
	}
	return start, end, ok
}

// bare says whether the adjective at i stands for people by itself: Moroccans,
// les Libanais, المصريون.
func (c *clause) bare(i int) bool {
	u := &c.units[i]
	word := c.p.text[u.start:u.end]
	first, n := utf8.DecodeRuneInString(word)
	var before class
	if i > 0 && u.parted == together {
		before = c.units[i-1].class
	}
	switch c.lang {
	case "en":
		if strings.HasSuffix(word, "s") && unicode.IsUpper(first) {
			return true
		}
		unmarked := strings.HasSuffix(u.term, "ese") || strings.HasSuffix(u.term, "sh") || strings.HasSuffix(u.term, "ch")
		return unmarked && before&(article|count) != 0 && i+1 < len(c.units) && c.units[i+1].class&(in|presence|abroad) != 0
	case "fr":
		second, _ := utf8.DecodeRuneInString(word[n:])
		return unicode.IsUpper(first) && unicode.IsLower(second) && strings.HasSuffix(word, "s") && (before&(article|count|of) != 0 || i == 0 || u.parted == apart)
	case "ar":
		if strings.HasSuffix(u.term, "ي") || strings.HasSuffix(u.term, "يه") || !c.plain(u.term) {
			return false
		}
		return i == 0 || u.parted != together || c.units[i-1].class != 0 || !definite(c.units[i-1].term)
	}
	return false
}

// plain says whether an Arabic word has no preposition joined to it that would
// make it something else than the people.
func (c *clause) plain(term string) bool { return !strings.HasPrefix(term, "ك") }

// agree says whether an Arabic adjective may belong to a noun: one of many people
// is no singular, and a feminine one has a feminine noun.
func agree(noun, adjective string) bool {
	ends := func(s string, with ...string) bool {
		return slices.ContainsFunc(with, func(w string) bool { return strings.HasSuffix(s, w) })
	}
	switch {
	case ends(adjective, "يه"):
		return ends(noun, "ه", "ات")
	case ends(adjective, "ي"):
		return !ends(noun, "ون", "ين", "ات", "ه", "ا")
	}
	return true
}

// definite says whether an Arabic word has the article.
func definite(term string) bool {
	for _, p := range []string{"", "و", "ف", "ب", "ل", "وب"} {
		if strings.HasPrefix(term, p+"ال") || p == "ل" && strings.HasPrefix(term, "لل") {
			return true
		}
	}
	return false
}

// ahead looks from the group that ends at i for one of the classes, over words that
// say that they are somewhere.
func (c *clause) ahead(i int, wanted class) (int, bool) {
	for j := i + 1; j < len(c.units) && j <= i+aheadIn; j++ {
		u := &c.units[j]
		switch {
		case u.parted != together || u.class&(denial|homeward) != 0:
			return 0, false
		case u.class&wanted != 0:
			return j, true
		case u.country != nil && u.adjective: // Egyptian and Syrian workers
		case u.class&(presence|linking|count|article|of|and|in|to|people|migrant|many) == 0 && !c.adverb(u.term):
			return 0, false
		}
	}
	return 0, false
}

// elsewhere finds the country in which a group is that ends at i and is of the
// country at a. It returns the last word of the country.
func (c *clause) elsewhere(i, a int) (int, bool) {
	for j := i + 1; j < len(c.units) && j <= i+aheadIn; j++ {
		u := &c.units[j]
		if u.parted != together || u.class&(denial|homeward) != 0 {
			return 0, false
		}
		if u.country != nil && !u.adjective {
			b := c.before(j)
			inside := b > i && c.units[b].class&in != 0 || c.lang == "ar" && strings.HasPrefix(u.term, "ب") && c.joinedIn(u)
			for j < len(c.units)-1 && !c.units[j].last {
				j++
			}
			return j, inside && u.country != c.units[a].country && !c.belongs(j)
		}
		if u.class&(presence|linking|article|and|in|ground|migrant|people|many) == 0 && !(u.country != nil && u.adjective) && !c.adverb(u.term) {
			return 0, false
		}
	}
	return 0, false
}

// joinedIn says whether the first letter of an Arabic name is the "in" before it:
// what follows it is a name too.
func (c *clause) joinedIn(u *unit) bool {
	_, n := utf8.DecodeRuneInString(c.p.text[u.start:])
	for m := range c.d.t.v.Mentions(c.p.text[u.start+n:u.end], c.lang) {
		if m.Concept == u.country.ID {
			return true
		}
	}
	return false
}

// adjectives notes the origin of a group, also of the adjectives joined to the one
// at i: Egyptian and Syrian workers.
func (c *clause) adjectives(i, start, end int) {
	c.origin(i, start, end)
	for j, n := i-1, 0; j >= 0 && n < mostListed && c.units[j+1].parted != apart; j, n = j-1, n+1 {
		u := &c.units[j]
		if u.country != nil && u.adjective {
			c.origin(j, min(j, start), end)
		} else if u.class&and == 0 {
			return
		}
	}
}

// origin notes that the country at i is where a group is from; the evidence reaches
// from the word at start to the one at end.
func (c *clause) origin(i, start, end int) {
	n := len(c.out)
	c.add(i, corpus.RoleOrigin, RulePeople, start)
	if len(c.out) > n {
		c.out[n].end = max(c.out[n].end, c.units[end].end)
	}
}
