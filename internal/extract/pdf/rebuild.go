package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
)

// Bounds on a table of objects that is built anew.
const (
	maxObjects      = 2_000_000
	maxObjectNumber = 8_388_607 // the format's own limit
)

// place is where an object stands: at an offset, or as a part of a stream of
// objects.
type place struct {
	offset int
	gen    int
	stream int // number of the stream of objects, 0 when it stands alone
	index  int
}

var (
	objectStart = regexp.MustCompile(`(?:^|[^0-9])(\d{1,10})[ \t\r\n\x00]+(\d{1,5})[ \t\r\n\x00]+obj\b`)
	rootEntry   = regexp.MustCompile(`/Root[ \t\r\n]*(\d{1,10}[ \t\r\n]+\d{1,5}[ \t\r\n]+R)`)
	infoEntry   = regexp.MustCompile(`/Info[ \t\r\n]*(\d{1,10}[ \t\r\n]+\d{1,5}[ \t\r\n]+R)`)
	cryptEntry  = regexp.MustCompile(`/Encrypt[ \t\r\n]*(\d{1,10}[ \t\r\n]+\d{1,5}[ \t\r\n]+R)`)
	idEntry     = regexp.MustCompile(`/ID[ \t\r\n]*(\[[^\]]{0,400}\])`)
	catalogMark = regexp.MustCompile(`/Type[ \t\r\n]*/Catalog\b`)
	objStmMark  = regexp.MustCompile(`/Type[ \t\r\n]*/ObjStm\b`)
)

// rebuild returns the file with a new table of objects behind it, made from the
// objects that are found by looking at every byte. It is for files whose own
// table the reader refuses.
func rebuild(data []byte) ([]byte, error) {
	out := make([]byte, 0, len(data)+len(data)/16+4096)
	out = append(append(out, header...), data...)
	places, root := findObjects(out)
	if len(places) == 0 {
		return nil, errors.New("there are no objects")
	}
	if m := rootEntry.FindAllSubmatch(out, -1); m != nil {
		last := string(m[len(m)-1][1])
		if n := firstNumber(last); places[n] != (place{}) {
			root = last
		}
	}
	if root == "" {
		return nil, errors.New("there is no catalog")
	}
	size := 0
	for n := range places {
		size = max(size, n)
	}
	return appendTable(out, places, size+2, root), nil
}

// findObjects finds where each object stands; the last one of a number counts.
// root is a reference to a catalog, if one is seen.
func findObjects(data []byte) (places map[int]place, root string) {
	places = map[int]place{}
	var streams []int
	for _, m := range objectStart.FindAllSubmatchIndex(data, maxObjects) {
		n, err := strconv.Atoi(string(data[m[2]:m[3]]))
		gen, _ := strconv.Atoi(string(data[m[4]:m[5]]))
		if err != nil || n < 1 || n > maxObjectNumber || gen > 65535 {
			continue
		}
		places[n] = place{offset: m[2], gen: gen}
		head := data[m[1]:min(len(data), m[1]+2000)]
		if i := bytes.Index(head, []byte("endobj")); i >= 0 {
			head = head[:i]
		}
		if catalogMark.Match(head) {
			root = fmt.Sprintf("%d %d R", n, gen)
		}
		if objStmMark.Match(head) {
			streams = append(streams, n)
		}
	}
	if cryptEntry.Match(data) {
		return places, root // the parts of encrypted streams cannot be listed here
	}
	for _, n := range streams {
		listParts(data, n, streams, places, &root)
	}
	return places, root
}

// listParts adds the objects inside a stream of objects.
func listParts(data []byte, n int, streams []int, places map[int]place, root *string) {
	start := places[n].offset
	at := bytes.Index(data[start:], []byte("obj"))
	body, dictionary, ok := streamAt(data, start+at+len("obj"))
	if !ok {
		return
	}
	count, _ := dictionary.get("N")
	first, _ := dictionary.get("First")
	inner := &lexer{data: body}
	for index := range int(min(count.num, 100_000)) {
		number, _, ok1 := inner.next()
		offset, _, ok2 := inner.next()
		if !ok1 || !ok2 || len(places) > maxObjects {
			return
		}
		k := int(number.num)
		if k < 1 || k > maxObjectNumber || slices.Contains(streams, k) || places[k].stream == 0 && places[k].offset > start {
			continue
		}
		places[k] = place{stream: n, index: index}
		at = int(first.num + offset.num)
		if at >= 0 && at < len(body) && catalogMark.Match(body[at:min(len(body), at+400)]) {
			*root = fmt.Sprintf("%d 0 R", k)
		}
	}
}

// appendTable writes the table as a cross-reference stream without filters.
func appendTable(out []byte, places map[int]place, size int, root string) []byte {
	var extra bytes.Buffer
	for _, e := range []struct {
		key   string
		entry *regexp.Regexp
	}{{"Info", infoEntry}, {"Encrypt", cryptEntry}, {"ID", idEntry}} {
		if m := e.entry.FindAllSubmatch(out, -1); m != nil {
			fmt.Fprintf(&extra, "/%s %s ", e.key, m[len(m)-1][1])
		}
	}
	out = append(out, '\n')
	at := len(out)
	rows := make([]byte, 0, 11*size)
	for n := range size {
		p := places[n]
		row := make([]byte, 11)
		switch {
		case n == size-1: // the table itself
			row[0] = 1
			binary.BigEndian.PutUint64(row[1:], uint64(at))
		case p.stream > 0:
			row[0] = 2
			binary.BigEndian.PutUint64(row[1:], uint64(p.stream))
			binary.BigEndian.PutUint16(row[9:], uint16(p.index))
		case p.offset > 0:
			row[0] = 1
			binary.BigEndian.PutUint64(row[1:], uint64(p.offset))
			binary.BigEndian.PutUint16(row[9:], uint16(p.gen))
		}
		rows = append(rows, row...)
	}
	out = fmt.Appendf(out, "%d 0 obj\n<</Type/XRef/Size %d/W[1 8 2]/Root %s %s/Length %d>>stream\n",
		size-1, size, root, extra.Bytes(), len(rows))
	out = append(out, rows...)
	return fmt.Appendf(out, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", at)
}

func firstNumber(s string) int {
	i := bytes.IndexAny([]byte(s), " \t\r\n")
	if i < 0 {
		return 0
	}
	n, err := strconv.Atoi(s[:i])
	if err != nil {
		return 0
	}
	return n
}
