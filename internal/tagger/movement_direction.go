package tagger

import (
	"strings"
)

// from finds what says that people come from the country that begins at i.
func (c *clause) from(i int) (int, bool) {
	b := c.before(i)
	if b < 0 {
		return 0, false
	}
	if c.units[b].class&flight != 0 && c.stands(b) && c.moves(b) { // fled Syria
		return b, true
	}
	if c.units[b].class&of != 0 && c.lang == "fr" {
		return c.fromOf(b, i)
	}
	if c.units[b].class&from == 0 {
		return 0, false
	}
	h, ok := c.head(b, backFrom, migrant|many|people|move|weak|leave)
	return h, ok && c.moves(h)
}

// fromOf reads the French "de" before a country, which says where people come
// from after "venus", "originaires" or "émigration", and between "migration" and
// "vers".
func (c *clause) fromOf(b, i int) (int, bool) {
	if b == 0 || c.units[b].parted != together {
		return 0, false
	}
	v := &c.units[b-1]
	switch {
	case v.class&from != 0:
		h, ok := c.head(b-1, backFrom, migrant|many|people|move|weak|leave)
		if ok {
			return h, c.moves(h)
		}
		return b - 1, v.class&(migrant|leave) != 0 && c.stands(b-1)
	case v.class&leave != 0 && v.class&homeward == 0:
		return b - 1, c.stands(b-1) && c.moves(b-1)
	case v.class&(move|weak) != 0:
		for i < len(c.units)-1 && !c.units[i].last {
			i++
		}
		toward := i+1 < len(c.units) && c.units[i+1].class&to != 0 && c.units[i+1].parted == together && c.units[i+1].term != "a"
		return b - 1, toward && c.stands(b-1) && c.moves(b-1)
	}
	return 0, false
}

// to finds what says that people go to the country that begins at i.
func (c *clause) to(i int) (int, bool) {
	b := c.before(i)
	if b < 0 {
		return 0, false
	}
	if c.units[b].class&of != 0 && b > 0 && c.units[b-1].class&to != 0 { // à destination de
		b--
	}
	u := &c.units[b]
	switch {
	case u.class&to != 0:
		if b > 0 && c.units[b-1].class&many != 0 && c.units[b].parted == together && u.class&in == 0 { // migrants to Spain
			return b - 1, c.stands(b - 1)
		}
		h, ok := c.head(b, backTo, move|weak|leave|transit)
		// The French "en" and "au" say where something is, too.
		return h, ok && c.moves(h) && (u.class&in == 0 || h == b-1 && c.units[h].class&(weak|leave|arrive|migrant) != 0)
	case u.class&gain != 0: // reached Italy
		return b, c.stands(b) && c.has&(migrant|many|move|leave) != 0
	case u.class&toFor != 0:
		h, ok := c.head(b, backTo, leave|flight)
		return h, ok && c.moves(h)
	case u.class&in != 0 && b > 0 && c.units[b-1].class&arrive != 0 && c.units[b].parted == together:
		return b - 1, c.stands(b-1) && c.has&(migrant|many|people|move|leave) != 0
	}
	return 0, false
}

// through finds what says that people go through the country that begins at i.
func (c *clause) through(i int) (int, bool) {
	b := c.before(i)
	if b < 0 {
		return 0, false
	}
	if c.lang == "ar" && c.units[b].class&through == 0 && c.units[i].country != nil && strings.HasPrefix(c.units[i].term, "ب") && c.units[b].class&transit != 0 {
		return b, c.stands(b) && c.moves(b) // مرورا بليبيا
	}
	u := &c.units[b]
	if u.class&transit != 0 && u.class&through == 0 { // transiting Libya
		return b, c.stands(b) && c.moves(b)
	}
	if u.class&(through|in) != 0 && b > 0 && c.units[b-1].class&transit != 0 && u.parted == together {
		return b - 1, c.stands(b-1) && c.moves(b-1)
	}
	if u.class&through == 0 {
		return 0, false
	}
	h, ok := c.head(b, backThrough, migrant|many|move|weak|leave|transit)
	return h, ok && c.moves(h) && (u.class&by == 0 || h >= b-2)
}
