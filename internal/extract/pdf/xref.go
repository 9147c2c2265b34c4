package pdf

import (
	"bytes"
	"errors"
	"regexp"

	reader "github.com/ledongthuc/pdf"
)

var xrefMark = regexp.MustCompile(`/Type[ \t\r\n]*/XRef\b`)

// errNested says that a stream of objects is itself kept in one.
var errNested = errors.New("a stream of objects lies in a stream of objects")

// checkTables looks at the compressed tables of objects before the reader does.
// A stream of objects that is said to lie in a stream of objects makes the
// reader call itself until the stack is full, which nothing can catch; a number
// beyond the format's limits makes it ask for more memory than there is.
func checkTables(data []byte) error {
	inside, holders := map[int]bool{}, map[int]bool{}
	for _, m := range xrefMark.FindAllIndex(data, 1000) {
		start := bytes.LastIndex(data[:m[0]], []byte("obj"))
		if start < 0 {
			continue
		}
		body, dictionary, ok := streamAt(data, start+len("obj"))
		if !ok {
			continue
		}
		if size, _ := dictionary.get("Size"); size.num > maxObjectNumber+1 {
			return errors.New("the table of objects is larger than the format allows")
		}
		if err := listCompressed(body, dictionary, inside, holders); err != nil {
			return err
		}
	}
	for n := range holders {
		if inside[n] {
			return errNested
		}
	}
	return nil
}

// streamAt reads the stream whose dictionary begins at a place, without
// following references.
func streamAt(data []byte, at int) (body []byte, dictionary operand, ok bool) {
	l := &lexer{data: data[:min(len(data), at+1<<20)], pos: at}
	dictionary, _, ok = l.next()
	if !ok || dictionary.kind != dict {
		return nil, dictionary, false
	}
	if _, op, ok := l.next(); !ok || op != "stream" {
		return nil, dictionary, false
	}
	from := l.pos
	if from < len(data) && data[from] == '\r' {
		from++
	}
	if from < len(data) && data[from] == '\n' {
		from++
	}
	length, _ := dictionary.get("Length")
	body = cutStream(data[from:], int64(length.num))
	filter, filtered := dictionary.get("Filter")
	if !filtered {
		return body, dictionary, true
	}
	parms, _ := dictionary.get("DecodeParms")
	if filter.kind != array {
		filter, parms = operand{list: []operand{filter}}, operand{list: []operand{parms}}
	}
	for i, one := range filter.list[:min(len(filter.list), maxFilters)] {
		var p operand
		if i < len(parms.list) {
			p = parms.list[i]
		}
		var err error
		if body, err = decodeOne(body, one.str, p.number); err != nil {
			return nil, dictionary, false
		}
	}
	return body, dictionary, true
}

// number returns a number of a dictionary; given is false when it is not there.
func (o operand) number(key string) (n int64, given bool) {
	v, ok := o.get(key)
	return int64(v.num), ok && v.kind == number
}

// params gives the numbers of a filter's parameters.
type params func(key string) (n int64, given bool)

func valueParams(v reader.Value) params {
	return func(key string) (int64, bool) {
		n := v.Key(key)
		return n.Int64(), n.Kind() == reader.Integer
	}
}

// listCompressed notes which objects lie in streams, and in which.
func listCompressed(body []byte, dictionary operand, inside, holders map[int]bool) error {
	w, _ := dictionary.get("W")
	if len(w.list) < 3 {
		return nil
	}
	var widths [3]int
	total := 0
	for i, o := range w.list {
		if o.num < 0 || o.num > 8 {
			return errors.New("the table of objects has columns that are too wide")
		}
		if i < 3 {
			widths[i] = int(o.num)
		}
		total += int(o.num)
	}
	size, _ := dictionary.get("Size")
	index := []operand{{num: 0}, size}
	if ix, ok := dictionary.get("Index"); ok {
		index = ix.list
	}
	for ; len(index) >= 2 && total > 0; index = index[2:] {
		for n := int(index[0].num); n < int(index[0].num+index[1].num) && len(body) >= total; n++ {
			if n > maxObjectNumber || n < 0 {
				return errors.New("the table of objects is larger than the format allows")
			}
			kind := column(body[:widths[0]])
			if widths[0] > 0 && kind == 2 {
				inside[n] = true
				holders[column(body[widths[0]:widths[0]+widths[1]])] = true
			}
			body = body[total:]
		}
	}
	return nil
}

func column(b []byte) int {
	n := 0
	for _, c := range b {
		n = n<<8 | int(c)
	}
	return n
}
