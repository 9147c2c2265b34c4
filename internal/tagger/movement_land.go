package tagger

import (
	"slices"
	"strings"

	"marsa/corpus"
)

// land reads a word for a country at i with the parts that stand by it, "country of
// origin, transit and destination", and the countries that it is said of.
func (c *clause) land(i int) {
	if c.units[i].class&land == 0 {
		return
	}
	start, end := i, i
	var found class
	for j := i + 1; j < len(c.units) && j <= i+aheadLand && c.units[j].parted != apart; j++ {
		u := &c.units[j]
		if u.class&anyPart != 0 {
			found |= u.class & anyPart
			end = j
		} else if u.class&(of|article|and|linking) == 0 || u.country != nil {
			break
		}
	}
	for j := i - 1; c.lang == "en" && j >= 0 && j > i-aheadLand && c.units[j+1].parted != apart; j-- {
		u := &c.units[j]
		if u.class&anyPart != 0 {
			found |= u.class & anyPart
			start = j
		} else if u.class&(and|article) == 0 {
			break
		}
	}
	if found == 0 {
		return
	}
	for _, k := range slices.Concat(c.subjects(start), c.examples(end)) {
		for _, r := range parts(found) {
			head := end
			if k > end {
				head = start
			}
			c.add(k, r, RuleLand, head)
		}
	}
}

const anyPart = partOrigin | partTransit | partDestination

// parts are the parts of a country that a word names: origin, transit, destination.
func parts(u class) []corpus.Role {
	var rs []corpus.Role
	for _, p := range []struct {
		class
		role corpus.Role
	}{{partOrigin, corpus.RoleOrigin}, {partTransit, corpus.RoleTransit}, {partDestination, corpus.RoleDestination}} {
		if u&p.class != 0 {
			rs = append(rs, p.role)
		}
	}
	return rs
}

// subjects are the countries of which what begins at i is said: Morocco has become
// a country of …
func (c *clause) subjects(i int) []int {
	said := strings.HasPrefix(c.units[i].term, "ك") && c.lang == "ar" || c.lang == "ar" && !definite(c.units[i].term)
	for n := 0; n < aheadLand && i > 0 && c.units[i].parted != apart; n++ {
		i--
		u := &c.units[i]
		switch {
		case u.class&denial != 0:
			return nil
		case u.country != nil && !u.adjective && u.last:
			if !said || c.after(i) {
				return nil
			}
			return c.listBack(i)
		case u.class&be != 0:
			said = true
		case u.class&(linking|article|and|of|land|anyPart|from|to|in) == 0 && !c.adverb(u.term):
			return nil
		}
	}
	return nil
}

// examples are the countries that are named for what ends at i: transit countries
// such as Libya and Turkey.
func (c *clause) examples(i int) []int {
	such := false
	for j := i + 1; j < len(c.units) && j <= i+5 && c.units[j].parted != apart; j++ {
		u := &c.units[j]
		if u.country != nil {
			for j < len(c.units)-1 && !c.units[j].last {
				j++
			}
			if !such && !(c.lang == "ar" && strings.HasPrefix(u.term, "ك") && c.joinedIn(u)) || u.adjective {
				return nil
			}
			list := []int{j}
			for n := 0; n < mostListed; n++ {
				if j = c.next(j, ""); j < 0 {
					break
				}
				list = append(list, j)
			}
			return list
		}
		if u.class&suchAs != 0 {
			such = true
		} else if u.class&(article|and|linking) == 0 {
			return nil
		}
	}
	return nil
}

// hosts reads a word for having people who came, at i: its country stands before
// it, in Arabic also behind it.
func (c *clause) hosts(i int) {
	if !c.stands(i) {
		return
	}
	subject, object := -1, i
	if c.lang == "ar" && i+1 < len(c.units) && c.units[i+1].country != nil && !c.units[i+1].adjective && c.units[i+1].parted == together {
		for object = i + 1; object < len(c.units)-1 && !c.units[object].last; {
			object++
		}
		subject = object
	}
	for j := i; subject < 0 && j > 0 && j > i-5 && c.units[j].parted != apart; {
		j--
		u := &c.units[j]
		switch {
		case u.country != nil && !u.adjective && u.last && !c.after(j):
			subject = j
		case u.class&(be|linking|and) == 0 && !c.adverb(u.term) || u.class&denial != 0 || u.country != nil:
			return
		}
	}
	if subject < 0 {
		return
	}
	if j, ok := c.ahead(object, migrant|many); ok {
		for _, k := range c.listBack(subject) {
			c.add(k, corpus.RoleDestination, RuleHost, j)
		}
	}
}
