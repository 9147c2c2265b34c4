package tagger

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/corpus/vocab"
	"marsa/internal/fold"
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

// firstOf is the first word of the mention whose last is at i.
func (c *clause) firstOf(i int) int {
	for i > 0 && c.units[i-1].country == c.units[i].country && !c.units[i-1].last && c.units[i].parted != apart {
		i--
	}
	return i
}

// belongs says whether something belongs to the country at i, and is meant
// instead of it: Egypt's ministry.
func (c *clause) belongs(i int) bool {
	if c.lang != "en" || i+1 >= len(c.units) || c.units[i+1].term != "s" || c.units[i+1].parted == apart {
		return false
	}
	return i+2 >= len(c.units) || c.units[i+2].class&ground == 0
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

// unknown says whether the word at i is none that the rules know.
func (c *clause) unknown(i int) bool {
	return c.units[i].class == 0 && c.units[i].country == nil && !c.adverb(c.units[i].term)
}

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

const anyPart = partOrigin | partTransit | partDestination

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
