package pdf

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

// item is a mark in the order of reading; gap says that a space stands before it.
type item struct {
	mark
	gap bool
}

// class is how a mark takes part in the order of a line.
type class byte

const (
	neutral   class = iota
	latin           // any letter written from left to right
	rtl             // a letter written from right to left
	digit           // European
	indic           // Arabic-Indic digit
	separator       // joins digits: . , : /
	sign            // joins European digits: + -
	unit            // goes with European digits: % € °
)

func classOf(m mark) class {
	if m.space {
		return neutral
	}
	for _, r := range m.text {
		switch {
		case rtlRune(r):
			return rtl
		case r >= '0' && r <= '9', r >= 0x2070 && r <= 0x2089, r == '²', r == '³', r == '¹':
			return digit
		case arabicDigit(r):
			return indic
		case unicode.IsLetter(r):
			return latin
		}
	}
	r, _ := utf8.DecodeRuneInString(m.text)
	switch r {
	case '.', ',', ':', '/', 0x060C, 0x066B, 0x066C:
		return separator
	case '+', '-', '−':
		return sign
	case '%', '‰', '$', '€', '£', '¥', '°', '#', 0x066A:
		return unit
	}
	return neutral
}

// directions counts the letters of each direction.
func directions(marks []mark) (ltr, rtlCount int) {
	for _, m := range marks {
		switch classOf(m) {
		case latin:
			ltr++
		case rtl:
			rtlCount++
		}
	}
	return ltr, rtlCount
}

// order puts the marks of a line into the order in which they are read. Where
// they stand decides, not the order in which they were drawn.
func order(marks []mark, pageRTL bool) []item {
	ltr, right := directions(marks)
	if right == 0 && !(pageRTL && ltr == 0) {
		return straight(marks)
	}
	marks = attach(marks)
	slices.SortStableFunc(marks, func(a, b mark) int { return compare(a.centre(), b.centre()) })
	gaps := gapsBetween(marks)
	marks, gaps = dropSpaces(marks, gaps)
	if len(marks) == 0 {
		return nil
	}
	classes := make([]class, len(marks))
	for i, m := range marks {
		classes[i] = classOf(m)
	}
	if right >= ltr || pageRTL {
		return fromRight(marks, gaps, leftToRight(marks, classes), 0, len(marks))
	}
	return fromLeft(marks, gaps, classes)
}

// straight keeps the order of drawing, for lines without letters that run left.
func straight(marks []mark) []item {
	gaps := gapsBetween(marks)
	marks, gaps = dropSpaces(marks, gaps)
	items := make([]item, len(marks))
	for i, m := range marks {
		items[i] = item{m, i > 0 && gaps[i-1]}
	}
	return items
}

// gapsBetween says for each mark whether a space stands after it.
func gapsBetween(marks []mark) []bool {
	gaps := make([]bool, len(marks))
	least := wordGap + spacing(marks)
	if len(marks) > 20 && !slices.ContainsFunc(marks, func(m mark) bool { return m.space }) {
		least -= wordGap - tightWordGap
		if slices.ContainsFunc(marks, func(m mark) bool { return classOf(m) == rtl }) {
			least += kernedGap - tightWordGap
		}
	}
	for i := 0; i+1 < len(marks); i++ {
		a, b := marks[i], marks[i+1]
		em := (a.size + b.size) / 2
		d := b.u0 - a.u1 - a.track
		gaps[i] = a.space || b.space || d > least*em || d < -1.0*em && !onlyMarks(b.text)
	}
	return gaps
}

// spacing returns how far apart, in em, the letters of a spaced-out heading are.
func spacing(marks []mark) float64 {
	var between []float64
	for i := 0; i+1 < len(marks); i++ {
		a, b := marks[i], marks[i+1]
		if a.space || b.space || a.size == 0 {
			continue
		}
		if classOf(a) != latin || classOf(b) != latin {
			return 0
		}
		between = append(between, (b.u0-a.u1-a.track)/a.size)
	}
	if len(between) < 4 {
		return 0
	}
	slices.Sort(between)
	if m := between[len(between)/4]; m > .1 && m < 1 {
		return m
	}
	return 0
}

// dropSpaces takes out the spaces, which the gaps now say.
func dropSpaces(marks []mark, gaps []bool) ([]mark, []bool) {
	out, outGaps := make([]mark, 0, len(marks)), make([]bool, 0, len(marks))
	for i, m := range marks {
		if !m.space {
			out, outGaps = append(out, m), append(outGaps, gaps[i])
		}
	}
	return out, outGaps
}

// attachDrawn puts marks on the letter that was drawn right after them: the
// programs that shape text draw it from left to right, where a mark of a word
// that runs left comes before its letter.
func attachDrawn(marks []mark) []mark {
	for i := len(marks) - 2; i >= 0; i-- {
		m, next := marks[i], marks[i+1]
		if !onlyMarks(m.text) || !hasRTL(next.text) || i > 0 && marks[i-1].u0 > next.u0 {
			continue
		}
		if d := next.u0 - m.centre(); d > -.6*next.size && d < .4*next.size && m.centre() < next.u1 {
			marks[i+1].text += m.text
			marks = slices.Delete(marks, i, i+1)
		}
	}
	return marks
}

// attach puts combining marks that are glyphs of their own on the letter they
// stand over.
func attach(marks []mark) []mark {
	marks = attachDrawn(marks)
	var bases []mark
	var loose []mark
	for _, m := range marks {
		if onlyMarks(m.text) {
			loose = append(loose, m)
		} else {
			bases = append(bases, m)
		}
	}
	if len(bases) == 0 {
		return marks
	}
	slices.SortStableFunc(bases, func(a, b mark) int { return compare(a.centre(), b.centre()) })
	for _, m := range loose {
		at := -1
		nearest := math.Inf(1)
		i, _ := slices.BinarySearchFunc(bases, m.centre(), func(b mark, c float64) int { return compare(b.centre(), c) })
		for j := max(0, i-3); j < min(len(bases), i+3); j++ {
			b := bases[j]
			if b.space {
				continue
			}
			c := m.centre()
			d := max(b.u0-c, c-b.u1, 0)*4 + math.Abs(b.centre()-c)
			if d < nearest {
				at, nearest = j, d
			}
		}
		if at >= 0 {
			bases[at].text += m.text
		}
	}
	return bases
}

// leftToRight says which marks of a line that runs left stand in runs that run
// right: Latin words with what is between them, and numbers.
func leftToRight(marks []mark, classes []class) []bool {
	ltr := make([]bool, len(classes))
	for i, c := range classes {
		ltr[i] = c == latin || c == digit || c == indic
	}
	for i := 1; i+1 < len(classes); i++ {
		c, l, r := classes[i], classes[i-1], classes[i+1]
		switch {
		case c == separator && l == r && (l == digit || l == indic):
			ltr[i] = true
		case c == sign && l == digit && r == digit && !arabicBefore(marks, classes, i):
			ltr[i] = true
		}
	}
	for i, c := range classes {
		if c == unit && (i > 0 && classes[i-1] == digit || i+1 < len(classes) && classes[i+1] == digit) &&
			!arabicBefore(marks, classes, i) {
			ltr[i] = true
		}
	}
	lead := leadingNumber(marks, classes)
	// Neutrals between a Latin letter and a Latin letter or European digit.
	for i := 0; i < len(classes); i++ {
		if classes[i] != latin && classes[i] != digit {
			continue
		}
		j := i + 1
		for j < len(classes) && !ltr[j] && classes[j] != rtl {
			j++
		}
		if j < lead && (classes[j] == latin || classes[j] == digit && classes[i] == latin ||
			classes[i] == digit && classes[j] == latin) {
			for k := i + 1; k < j; k++ {
				ltr[k] = true
			}
		}
	}
	closeBrackets(marks, classes, ltr)
	return ltr
}

// leadingNumber returns where the number in brackets stands with which a line
// that runs left begins, "[7] Name in Latin letters", or the length of the line.
// It looks as if it belonged to the Latin words beside it, which it numbers.
func leadingNumber(marks []mark, classes []class) int {
	n := len(marks)
	i := n - 1
	if i < 2 || !isBracket(marks[i].text) {
		return n
	}
	for i--; i > 0 && classes[i] == digit; i-- {
	}
	if i == n-2 || !isBracket(marks[i].text) {
		return n
	}
	return i
}

func isBracket(s string) bool { return s == "[" || s == "]" || s == "(" || s == ")" }

// arabicBefore says whether the nearest letter before a place, in reading order,
// is Arabic: signs do not join digits there.
func arabicBefore(marks []mark, classes []class, i int) bool {
	for j := i + 1; j < len(classes); j++ {
		switch classes[j] {
		case latin:
			return false
		case rtl:
			r, _ := utf8.DecodeRuneInString(marks[j].text)
			return r >= 0x0600 && r < 0x0900 || r >= 0xFB50
		}
	}
	return false
}

// closeBrackets takes a closing bracket into the Latin run that opened it.
func closeBrackets(marks []mark, classes []class, ltr []bool) {
	open := 0
	for i := range marks {
		if !ltr[i] {
			if open > 0 && (marks[i].text == ")" || marks[i].text == "]") && classes[i] == neutral {
				ltr[i] = true
			}
			open = 0
			continue
		}
		switch marks[i].text {
		case "(", "[":
			open++
		case ")", "]":
			open--
		}
	}
}

// fromRight reads marks from right to left, the runs that run right the other
// way. Brackets are left as they are and marked; mirror turns them.
func fromRight(marks []mark, gaps, ltr []bool, from, to int) []item {
	var out []item
	gap := false
	for i := to - 1; i >= from; {
		j := i
		if ltr[i] {
			for j > from && ltr[j-1] {
				j--
			}
		}
		for k := j; k <= i; k++ {
			m := marks[k]
			if !ltr[k] {
				m.text = turnMark + m.text
			}
			out = append(out, item{m, gap})
			gap = gaps[k]
		}
		if j > from {
			gap = gaps[j-1]
		}
		i = j - 1
	}
	return out
}

// fromLeft reads marks from left to right, words that run left the other way.
func fromLeft(marks []mark, gaps []bool, classes []class) []item {
	var out []item
	for i := 0; i < len(marks); {
		gap := i > 0 && gaps[i-1]
		if classes[i] != rtl {
			out = append(out, item{marks[i], gap})
			i++
			continue
		}
		end := i + 1
		for j := i + 1; j < len(marks) && classes[j] != latin; j++ {
			if classes[j] == rtl {
				end = j + 1
			}
		}
		run := fromRight(marks, gaps, leftToRight(marks[:end], classes[:end]), i, end)
		run[0].gap = gap
		out = append(out, run...)
		i = end
	}
	return out
}
