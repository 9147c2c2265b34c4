package skos

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"marsa/corpus"
)

// resource reads an address, a name with a prefix or the name of a node.
func (p *parser) resource() (string, error) {
	if p.peek() == '<' {
		return p.iri()
	}
	start := p.at
	for p.at < len(p.text) && (isName(p.text[p.at]) || p.text[p.at] == ':' || p.text[p.at] == '%' || p.text[p.at] == '\\') {
		if p.text[p.at] == '\\' { // what follows stands for itself
			p.at++
		}
		p.at++
	}
	p.at = min(p.at, len(p.text))
	for p.at > start && p.text[p.at-1] == '.' { // the end of the statement, no part of the name
		p.at--
	}
	name := strings.ReplaceAll(p.text[start:p.at], `\`, "")
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		return "", p.errorf("%.40q is neither an address nor a name with a prefix", p.text[start:min(start+40, len(p.text))])
	}
	if prefix == "_" {
		return name, nil
	}
	iri, ok := p.prefixes[prefix]
	if !ok {
		return "", p.errorf("the prefix %q is not declared", prefix+":")
	}
	return iri + local, nil
}

// iri reads an address between < and >, relative to the base.
func (p *parser) iri() (string, error) {
	if err := p.want('<'); err != nil {
		return "", err
	}
	end := strings.IndexAny(p.text[p.at:], ">\n")
	if end < 0 || p.text[p.at+end] == '\n' {
		return "", p.errorf("an address does not end")
	}
	raw := p.text[p.at : p.at+end]
	p.at += end + 1
	iri, err := p.unescape(raw)
	if err != nil {
		return "", err
	}
	if strings.ContainsAny(iri, " <>\"{}|^`") {
		return "", p.errorf("%.80q is no address", iri)
	}
	if p.base != nil {
		ref, err := p.base.Parse(iri)
		if err != nil {
			return "", p.errorf("%.80q is no address", iri)
		}
		return ref.String(), nil
	}
	return iri, nil
}

func (p *parser) object() (Term, error) {
	switch c := p.peek(); {
	case c == '"' || c == '\'':
		return p.literal()
	case c == '[':
		b, err := p.bracket()
		return Term{IRI: b}, err
	case c == '(':
		b, err := p.collection()
		return Term{IRI: b}, err
	case c >= '0' && c <= '9' || c == '+' || c == '-':
		start := p.at
		for p.at < len(p.text) && strings.IndexByte("0123456789+-.eE", p.text[p.at]) >= 0 {
			p.at++
		}
		if p.text[p.at-1] == '.' {
			p.at--
		}
		return Term{Text: p.text[start:p.at]}, nil
	case c == 't' && p.keyword("true"):
		return Term{Text: "true"}, nil
	case c == 'f' && p.keyword("false"):
		return Term{Text: "false"}, nil
	}
	iri, err := p.resource()
	return Term{IRI: iri}, err
}

// literal reads a text in one or three quotation marks, with its language. A type
// is read and left out: SKOS has texts only.
func (p *parser) literal() (Term, error) {
	quote := p.text[p.at : p.at+1]
	if strings.HasPrefix(p.text[p.at:], strings.Repeat(quote, 3)) {
		quote = strings.Repeat(quote, 3)
	}
	p.at += len(quote)
	start, line := p.at, p.line
	for {
		if p.at >= len(p.text) || len(quote) == 1 && p.text[p.at] == '\n' {
			p.line = line
			return Term{}, p.errorf("a text does not end")
		}
		if strings.HasPrefix(p.text[p.at:], quote) {
			break
		}
		switch p.text[p.at] {
		case '\\':
			p.at++
		case '\n':
			p.line++
		}
		p.at++
	}
	raw := p.text[start:p.at]
	p.at += len(quote)
	for len(quote) == 3 && strings.HasPrefix(p.text[p.at:], quote[:1]) { // a text may end in quotation marks itself
		raw += quote[:1]
		p.at++
	}
	text, err := p.unescape(raw)
	if err != nil {
		return Term{}, err
	}
	t := Term{Text: text}
	switch {
	case strings.HasPrefix(p.text[p.at:], "@"):
		p.at++
		start := p.at
		for p.at < len(p.text) && isName(p.text[p.at]) && p.text[p.at] != '.' {
			p.at++
		}
		t.Lang = language(p.text[start:p.at])
	case strings.HasPrefix(p.text[p.at:], "^^"):
		p.at += 2
		_, err = p.resource()
	}
	return t, err
}

// language is the base language of a tag: en of en-GB.
func language(tag string) corpus.Lang {
	base, _, _ := strings.Cut(tag, "-")
	return corpus.Lang(strings.ToLower(base))
}

var plainEscapes = map[byte]byte{'t': '\t', 'b': '\b', 'n': '\n', 'r': '\r', 'f': '\f', '"': '"', '\'': '\'', '\\': '\\'}

func (p *parser) unescape(s string) (string, error) {
	if !strings.Contains(s, `\`) {
		return s, nil
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		if i == len(s) {
			return "", p.errorf("a text ends in a backslash")
		}
		if c, ok := plainEscapes[s[i]]; ok {
			b.WriteByte(c)
			continue
		}
		n := map[byte]int{'u': 4, 'U': 8}[s[i]]
		if n == 0 || i+n >= len(s) {
			return "", p.errorf(`\%c is no escape`, s[i])
		}
		r, err := strconv.ParseUint(s[i+1:i+1+n], 16, 32)
		if err != nil || !utf8.ValidRune(rune(r)) {
			return "", p.errorf(`\%s is no character`, s[i:i+1+n])
		}
		b.WriteRune(rune(r))
		i += n
	}
	return b.String(), nil
}
