package pdf

import (
	"bytes"
	"strconv"
)

// Bounds on one object of a content stream or a character map.
const (
	maxNesting  = 32
	maxOperands = 4096
)

// kind is what an operand is.
type kind byte

const (
	other kind = iota // true, false, null
	number
	text
	name
	array
	dict // list holds keys and values in turn
)

// operand is an object as it stands in a content stream.
type operand struct {
	kind kind
	num  float64
	str  string
	list []operand
}

// get returns the value of a key of a dictionary.
func (o operand) get(key string) (operand, bool) {
	if o.kind != dict {
		return operand{}, false
	}
	for i := 0; i+1 < len(o.list); i += 2 {
		if o.list[i].str == key {
			return o.list[i+1], true
		}
	}
	return operand{}, false
}

// lexer cuts a content stream or a character map into operands and operators.
// The reader's own Interpret is not used for it: that panics at the first
// misspelling and cannot step over the bytes of an inline image. This one never
// fails: what it cannot read, it skips.
type lexer struct {
	data []byte
	pos  int
}

// next returns the next operand, or the next operator when op is not empty. ok
// is false at the end.
func (l *lexer) next() (o operand, op string, ok bool) { return l.object(0) }

func (l *lexer) object(depth int) (operand, string, bool) {
	for {
		l.skipSpace()
		if l.pos >= len(l.data) {
			return operand{}, "", false
		}
		c := l.data[l.pos]
		switch {
		case c == '/':
			return operand{kind: name, str: l.name()}, "", true
		case c == '(':
			return operand{kind: text, str: l.literal()}, "", true
		case c == '<' && l.peek(1) == '<':
			l.pos += 2
			return operand{kind: dict, list: l.list('>', depth)}, "", true
		case c == '<':
			return operand{kind: text, str: l.hex()}, "", true
		case c == '[':
			l.pos++
			return operand{kind: array, list: l.list(']', depth)}, "", true
		case c == ']' || c == '>' || c == ')' || c == '{' || c == '}':
			l.pos++ // stray
		default:
			return l.word()
		}
	}
}

// closesSoon says whether an array that holds an operator is closed on the same
// line all the same, before another is opened.
func (l *lexer) closesSoon() bool {
	i := bytes.IndexAny(l.data[l.pos:], "[]\r\n")
	return i >= 0 && l.data[l.pos+i] == ']'
}

// list reads objects up to the closing character of an array or dictionary.
func (l *lexer) list(end byte, depth int) []operand {
	var list []operand
	for {
		l.skipSpace()
		if l.pos >= len(l.data) {
			return list
		}
		if l.data[l.pos] == end {
			l.pos++
			if end == '>' && l.peek(0) == '>' {
				l.pos++
			}
			return list
		}
		if depth >= maxNesting {
			l.pos++
			continue
		}
		start := l.pos
		o, op, ok := l.object(depth + 1)
		if !ok {
			return list
		}
		if op != "" { // a stray word, or an operator after a list that was never closed
			if end == ']' && len(op) <= 2 && !l.closesSoon() {
				l.pos = start
				return list
			}
			continue
		}
		list = append(list, o)
	}
}

func (l *lexer) peek(n int) byte {
	if l.pos+n < len(l.data) {
		return l.data[l.pos+n]
	}
	return 0
}

func (l *lexer) skipSpace() {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		if c == '%' {
			n := bytes.IndexAny(l.data[l.pos:], "\r\n")
			if n < 0 {
				l.pos = len(l.data)
				return
			}
			l.pos += n
			continue
		}
		if !isSpace(c) {
			return
		}
		l.pos++
	}
}

func (l *lexer) name() string {
	l.pos++
	start, escaped := l.pos, false
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		escaped = escaped || l.data[l.pos] == '#'
		l.pos++
	}
	raw := l.data[start:l.pos]
	if !escaped {
		return string(raw)
	}
	var b []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) && unhex(raw[i+1]) >= 0 && unhex(raw[i+2]) >= 0 {
			b = append(b, byte(unhex(raw[i+1])<<4|unhex(raw[i+2])))
			i += 2
			continue
		}
		b = append(b, raw[i])
	}
	return string(b)
}

func (l *lexer) hex() string {
	l.pos++
	var b []byte
	high := -1
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		d := unhex(c)
		switch {
		case d < 0:
		case high < 0:
			high = d
		default:
			b = append(b, byte(high<<4|d))
			high = -1
		}
	}
	if high >= 0 {
		b = append(b, byte(high<<4))
	}
	return string(b)
}

func (l *lexer) literal() string {
	l.pos++
	var b []byte
	for depth := 1; l.pos < len(l.data); {
		c := l.data[l.pos]
		l.pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return string(b)
			}
		case '\\':
			b = l.escape(b)
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

// escape reads what follows a backslash in a string.
func (l *lexer) escape(b []byte) []byte {
	if l.pos >= len(l.data) {
		return b
	}
	c := l.data[l.pos]
	l.pos++
	switch c {
	case 'n':
		return append(b, '\n')
	case 'r':
		return append(b, '\r')
	case 't':
		return append(b, '\t')
	case 'b':
		return append(b, '\b')
	case 'f':
		return append(b, '\f')
	case '\n':
		return b
	case '\r':
		if l.peek(0) == '\n' {
			l.pos++
		}
		return b
	}
	if c < '0' || c > '7' {
		return append(b, c)
	}
	v := int(c - '0')
	for i := 0; i < 2 && l.peek(0) >= '0' && l.peek(0) <= '7'; i++ {
		v = v<<3 | int(l.data[l.pos]-'0')
		l.pos++
	}
	return append(b, byte(v))
}

// word reads a number, a constant or an operator.
func (l *lexer) word() (operand, string, bool) {
	start := l.pos
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		l.pos++
	}
	w := l.data[start:l.pos]
	if c := w[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		return operand{kind: number, num: parseNumber(w)}, "", true
	}
	switch s := string(w); s {
	case "true", "false", "null":
		return operand{str: s}, "", true
	default:
		return operand{}, s, true
	}
}

// parseNumber reads a number as viewers do: "--5" is -5, "1.2.3" is 1.2 and
// "12-3" is 12.
func parseNumber(w []byte) float64 {
	neg := false
	for len(w) > 0 && (w[0] == '-' || w[0] == '+') {
		neg = neg || w[0] == '-'
		w = w[1:]
	}
	end, dots := 0, 0
	for end < len(w) && (w[end] >= '0' && w[end] <= '9' || w[end] == '.' && dots == 0) {
		if w[end] == '.' {
			dots++
		}
		end++
	}
	v, err := strconv.ParseFloat(string(w[:end]), 64)
	if err != nil || v > 1e12 {
		return 0
	}
	if neg {
		return -v
	}
	return v
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == 0 || c == '\f'
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
