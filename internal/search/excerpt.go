package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"marsa/corpus"
	"marsa/index"
)

// Lengths of what is cut from a page, in characters.
const (
	excerptLength  = 240
	excerptBefore  = 80  // at most this much of it stands before the first mark
	sentenceLength = 320 // evidence longer than this is cut around its marks
)

// excerpt cuts the passage of text with the most different words of the query,
// at the borders of sentences where they are near and of words elsewhere, on one
// line. Spans are sorted by Start.
func excerpt(text string, spans []index.Match) []Part {
	from, to := passage(text, spans)
	return window(text, from, to, spans)
}

// passage chooses the stretch of at most excerptLength characters that holds the
// most different words, the earliest of several; without spans, the beginning.
func passage(text string, spans []index.Match) (from, to int) {
	best, end := -1, 0
	for i, s := range spans {
		limit := forward(text, s.Start, excerptLength-excerptBefore)
		seen, last := map[string]bool{}, s.Start
		for _, m := range spans[i:] {
			if m.End > limit {
				break
			}
			seen[m.Word] = true
			last = max(last, m.End)
		}
		if len(seen) > best {
			best, from, end = len(seen), s.Start, last
		}
	}
	from = opening(text, from, end)
	to = closing(text, from, end, forward(text, from, excerptLength))
	return earlier(text, from, to), to
}

// opening is where an excerpt begins whose marks reach from first to end: with the
// sentence, if that leaves room for the marks, or in its midst.
func opening(text string, first, end int) int {
	room := excerptLength - utf8.RuneCountInString(text[first:end])
	far := back(text, first, min(room, 2*excerptBefore))
	if i := lastSentenceEnd(text[far:first]); i >= 0 {
		return far + i
	}
	if far == 0 {
		return 0
	}
	return back(text, first, min(room, excerptBefore))
}

// earlier takes the sentences before an excerpt in where the text ends so soon that
// there is room for them.
func earlier(text string, from, to int) int {
	if 2*utf8.RuneCountInString(text[from:to]) >= excerptLength {
		return from
	}
	far := back(text, to, excerptLength)
	if far == 0 {
		return 0
	}
	i := firstSentenceEnd(text[far:from])
	if i < 0 {
		return from
	}
	rest := text[far+i : from]
	return from - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
}

// closing is where an excerpt ends that has marks up to end and room up to to: with
// the last whole sentence, unless much less than there is room for would be left.
func closing(text string, from, end, to int) int {
	if to == len(text) {
		return to
	}
	last := end
	for {
		i := firstSentenceEnd(text[last:to])
		if i < 0 {
			break
		}
		last += i
		if i == 0 { // a line that ends here
			last += len("\n")
		}
	}
	if last > end && 2*utf8.RuneCountInString(text[from:last]) >= excerptLength {
		return last
	}
	return to
}

// sentence returns the stretch around a span that ends at sentence borders, or
// at most sentenceLength characters of it.
func sentence(text string, start, end int) (from, to int) {
	from = back(text, start, sentenceLength/2)
	if i := lastSentenceEnd(text[from:start]); i >= 0 {
		from += i
	}
	to = forward(text, end, sentenceLength/2)
	if i := firstSentenceEnd(text[end:to]); i >= 0 {
		to = end + i
	}
	return from, to
}

// window returns text[from:to], shortened to word borders, as parts on one
// line, with an ellipsis where the text goes on.
func window(text string, from, to int, spans []index.Match) []Part {
	from, to = wordBorders(text, from, to, inside(spans, from, to))
	var parts []Part
	add := func(s string, hit bool) {
		s = oneLine(s)
		if len(parts) > 0 && strings.HasSuffix(parts[len(parts)-1].Text, " ") {
			s = strings.TrimPrefix(s, " ")
		}
		if s != "" {
			parts = append(parts, Part{Text: s, Hit: hit})
		}
	}
	if !beginsSentence(text, from) {
		add("… ", false)
	}
	each(text, from, to, spans, add)
	if to < len(text) && !endsSentence(text[from:to]) && !strings.HasPrefix(text[to:], "\n\n") {
		add(" …", false)
	}
	return trim(parts)
}

// each calls add for every stretch of text[from:to], marked and unmarked in
// turn. Spans that overlap are one mark.
func each(text string, from, to int, spans []index.Match, add func(s string, hit bool)) {
	at := from
	for _, s := range spans {
		start, end := max(s.Start, at), min(s.End, to)
		if start >= end {
			continue
		}
		if start > at {
			add(text[at:start], false)
		}
		add(text[start:end], true)
		at = end
	}
	if at < to {
		add(text[at:to], false)
	}
}

// inside returns the first stretch from text[from:to] that is marked; where none
// is, it is empty at from.
func inside(spans []index.Match, from, to int) corpus.Span {
	for _, s := range spans {
		if s.Start >= from && s.End <= to {
			return s.Span
		}
	}
	return corpus.Span{Start: to, End: from}
}

// wordBorders moves from forward and to back so that no word is cut, but never
// over what is to be kept: in a long address there may be no border before it.
func wordBorders(text string, from, to int, keep corpus.Span) (int, int) {
	if from > 0 && !spaceBefore(text, from) {
		if i := strings.IndexFunc(text[from:to], unicode.IsSpace); i >= 0 && from+i <= keep.Start {
			from += i
		}
	}
	if to < len(text) && !spaceAt(text, to) {
		if i := strings.LastIndexFunc(text[from:to], unicode.IsSpace); i > 0 && from+i >= keep.End {
			to = from + i
		}
	}
	return from, to
}

func spaceBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return unicode.IsSpace(r)
}

func spaceAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsSpace(r)
}

// forward returns the offset n characters after i, or the end.
func forward(text string, i, n int) int {
	for ; n > 0 && i < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return i
}

// back returns the offset n characters before i, or the beginning.
func back(text string, i, n int) int {
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:i])
		i -= size
	}
	return i
}

// firstSentenceEnd returns the offset after the first end of a sentence in s,
// or -1: a full stop, question or exclamation mark before a space, a blank line,
// or the end of a heading.
func firstSentenceEnd(s string) int {
	line := 0 // where the line began
	for i, r := range s {
		after := i + utf8.RuneLen(r)
		if r == '\n' {
			if strings.HasPrefix(s[after:], "\n") || heading(s[line:i], s[after:]) {
				return i
			}
			line = after
		}
		if isStop(r) && after < len(s) && spaceAt(s, after) && !abbreviates(r, s[:i], s[after:]) {
			return after
		}
	}
	return -1
}

// abbreviates says whether a stop between two texts ends no sentence: after an
// initial, before a small letter, and between a short word and a number, as in
// "Law No. 205".
func abbreviates(stop rune, before, after string) bool {
	if stop != '.' {
		return false
	}
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	letter, _ := utf8.DecodeRuneInString(word)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(after, unicode.IsSpace))
	n := utf8.RuneCountInString(word)
	return unicode.IsLower(next) || n == 1 && unicode.IsUpper(letter) || n > 0 && n <= 4 && unicode.IsDigit(next)
}

// lastSentenceEnd returns the offset at which the last sentence of s begins, or
// -1 when no sentence ends in s.
func lastSentenceEnd(s string) int {
	last := -1
	for at := 0; ; {
		i := firstSentenceEnd(s[at:])
		if i < 0 {
			return last
		}
		at += i
		for at < len(s) && spaceAt(s, at) {
			_, n := utf8.DecodeRuneInString(s[at:])
			at += n
		}
		last = at
	}
}

// heading says whether a line is one: short, beside a longer line that begins as
// a sentence does.
func heading(line, rest string) bool {
	const short = 60 // characters
	next, _, _ := strings.Cut(rest, "\n")
	n := utf8.RuneCountInString(line)
	first, _ := utf8.DecodeRuneInString(next)
	return n > 0 && n <= short && 3*n < 2*utf8.RuneCountInString(next) && !unicode.IsLower(first) && !strings.HasSuffix(line, ",")
}

func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, unicode.IsSpace))
	return isStop(r)
}

func isStop(r rune) bool {
	return r == '.' || r == '!' || r == '?' || r == '؟' || r == '۔' || r == '…'
}

// beginsSentence says whether a sentence begins at offset i, or at white space
// there.
func beginsSentence(text string, i int) bool {
	if strings.TrimSpace(text[:i]) == "" {
		return true
	}
	at := back(text, i, sentenceLength)
	near := text[:forward(text, i, excerptBefore)] // what follows tells a heading
	for at < i {
		end := firstSentenceEnd(near[at:])
		if end < 0 {
			return false
		}
		for at += end; at < len(near) && spaceAt(near, at); {
			_, n := utf8.DecodeRuneInString(near[at:])
			at += n
		}
	}
	first := strings.IndexFunc(text[i:], func(r rune) bool { return !unicode.IsSpace(r) })
	return at == i || first >= 0 && at == i+first
}

// oneLine makes every run of white space one space.
func oneLine(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// trim removes white space at both ends of parts, and parts of nothing else.
func trim(parts []Part) []Part {
	for len(parts) > 0 {
		if parts[0].Text = strings.TrimLeft(parts[0].Text, " "); parts[0].Text != "" {
			break
		}
		parts = parts[1:]
	}
	for n := len(parts); n > 0; n = len(parts) {
		if parts[n-1].Text = strings.TrimRight(parts[n-1].Text, " "); parts[n-1].Text != "" {
			break
		}
		parts = parts[:n-1]
	}
	return parts
}
