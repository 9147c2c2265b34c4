package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/ascii85"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	reader "github.com/ledongthuc/pdf"
)

// Bounds on what may come out of streams.
const (
	maxStream  = 128 << 20 // one stream, inflated
	maxDecoded = 2 << 30   // all streams of a file together
	maxFilters = 8
)

// errBomb says that a stream is larger than any honest one.
var errBomb = errors.New("a stream is larger than 128 MiB when unpacked")

// stream returns the decoded bytes of a stream. A stream that breaks off gives
// what can be read of it. The reader's own decoding is not used: it knows two
// filters and trusts the length.
func (f *file) stream(v reader.Value) ([]byte, error) {
	if v.Kind() != reader.Stream {
		return nil, errors.New("not a stream")
	}
	if f.decoded > maxDecoded {
		return nil, errBomb
	}
	data, err := f.raw(v)
	if err == nil {
		data, err = decode(data, v)
	}
	f.decoded += int64(len(data))
	return data, err
}

// raw returns the bytes of a stream as they stand in the file. Where they begin
// is told by the reader only in the text form of a stream, "<<…>>@offset".
func (f *file) raw(v reader.Value) ([]byte, error) {
	s := v.String()
	off, err := strconv.Atoi(s[strings.LastIndexByte(s, '@')+1:])
	if err != nil || off < 0 || off > len(f.data) {
		return nil, fmt.Errorf("stream at %q is not in the file", s[strings.LastIndexByte(s, '@')+1:])
	}
	data := cutStream(f.data[off:], v.Key("Length").Int64())
	if f.key == nil {
		return data, nil
	}
	number, generation, ok := owner(f.data, off)
	if !ok {
		return nil, errors.New("an encrypted stream has no number")
	}
	return f.key.decrypt(data, number, generation), nil
}

// cutStream returns the bytes up to "endstream"; the given length is right in
// most files.
func cutStream(rest []byte, length int64) []byte {
	mark := []byte("endstream")
	if length >= 0 && length <= int64(len(rest)) {
		after := bytes.TrimLeft(rest[length:min(int64(len(rest)), length+4)], "\r\n\t \x00")
		after = rest[int(length)+min(4, len(rest)-int(length))-len(after):]
		if bytes.HasPrefix(after, mark) {
			return rest[:length]
		}
	}
	if i := bytes.Index(rest, mark); i >= 0 {
		rest = rest[:i]
	} else if i := bytes.Index(rest, []byte("endobj")); i >= 0 {
		rest = rest[:i]
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(rest, []byte("\n")), []byte("\r"))
}

// decode undoes the filters of a stream.
func decode(data []byte, v reader.Value) ([]byte, error) {
	filters, params := v.Key("Filter"), v.Key("DecodeParms")
	if filters.Kind() == reader.Name {
		return decodeOne(data, filters.Name(), valueParams(params))
	}
	if filters.Len() > maxFilters {
		return nil, fmt.Errorf("%d filters on one stream", filters.Len())
	}
	var err error
	for i := 0; i < filters.Len() && err == nil; i++ {
		data, err = decodeOne(data, filters.Index(i).Name(), valueParams(params.Index(i)))
	}
	return data, err
}

func decodeOne(data []byte, filter string, p params) ([]byte, error) {
	var err error
	switch filter {
	case "FlateDecode", "Fl":
		data, err = inflate(data)
	case "LZWDecode", "LZW":
		early, given := p("EarlyChange")
		data, err = unLZW(data, !given || early != 0)
	case "ASCIIHexDecode", "AHx":
		l := &lexer{data: append([]byte{'<'}, data...)}
		return []byte(l.hex()), nil
	case "ASCII85Decode", "A85":
		return unASCII85(data)
	case "RunLengthDecode", "RL":
		return unRunLength(data)
	case "Crypt":
		return data, nil
	default:
		return nil, fmt.Errorf("filter %q does not give text", filter)
	}
	if kind, _ := p("Predictor"); err == nil && kind >= 10 {
		data = unPredict(data, p)
	}
	return data, err
}

func inflate(data []byte) ([]byte, error) {
	zr, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("inflate: %w", err)
	}
	return readLimited(zr)
}

// readLimited reads everything, or what comes before an error; more than the
// limit is an error.
func readLimited(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxStream+1))
	if len(data) > maxStream {
		return nil, errBomb
	}
	if len(data) == 0 && err != nil {
		return nil, fmt.Errorf("read stream: %w", err)
	}
	return data, nil
}

func unASCII85(data []byte) ([]byte, error) {
	if i := bytes.Index(data, []byte("~>")); i >= 0 {
		data = data[:i]
	}
	data = bytes.TrimPrefix(bytes.TrimSpace(data), []byte("<~"))
	return readLimited(ascii85.NewDecoder(bytes.NewReader(data)))
}

func unRunLength(data []byte) ([]byte, error) {
	var out []byte
	for i := 0; i < len(data); {
		n := int(data[i])
		i++
		switch {
		case n == 128:
			return out, nil
		case n < 128:
			end := min(i+n+1, len(data))
			out = append(out, data[i:end]...)
			i = end
		case i < len(data):
			out = append(out, bytes.Repeat(data[i:i+1], 257-n)...)
			i++
		}
		if len(out) > maxStream {
			return nil, errBomb
		}
	}
	return out, nil
}

// unLZW undoes LZW as PDF and TIFF have it: most significant bit first, and the
// code width grows one code early unless early is false.
func unLZW(data []byte, early bool) ([]byte, error) {
	const clear, eod = 256, 257
	type entry struct{ start, length int } // in out: every entry has been written before
	var out []byte
	table := make([]entry, 258, 4096)
	ahead := 0
	if early {
		ahead = 1
	}
	var bits uint32
	have, width := 0, 9
	prev := entry{}
	for _, b := range data {
		bits, have = bits<<8|uint32(b), have+8
		if have < width {
			continue
		}
		have -= width
		c := int(bits >> have & (1<<width - 1))
		if c == eod {
			break
		}
		if c == clear {
			table, width, prev = table[:258], 9, entry{}
			continue
		}
		cur := entry{len(out), 1}
		switch {
		case c < 256:
			out = append(out, byte(c))
		case c < len(table):
			e := table[c]
			cur.length = e.length
			out = append(out, out[e.start:e.start+e.length]...)
		case c == len(table) && prev.length > 0:
			cur.length = prev.length + 1
			out = append(out, out[prev.start:prev.start+prev.length]...)
			out = append(out, out[cur.start])
		default:
			return out, nil
		}
		if len(out) > maxStream {
			return nil, errBomb
		}
		if prev.length > 0 && len(table) < 4096 {
			table = append(table, entry{prev.start, prev.length + 1})
		}
		prev = cur
		for width < 12 && len(table)+ahead >= 1<<width {
			width++
		}
	}
	return out, nil
}

// unPredict undoes the PNG predictors.
func unPredict(data []byte, p params) []byte {
	positive := func(key string, otherwise int64) int {
		if n, _ := p(key); n > 0 && n < 1<<20 {
			return int(n)
		}
		return int(otherwise)
	}
	colors, depth := positive("Colors", 1), positive("BitsPerComponent", 8)
	pixel := max(1, colors*depth/8)
	row := (positive("Columns", 1)*colors*depth + 7) / 8
	out := make([]byte, 0, len(data))
	above := make([]byte, row)
	for ; len(data) > 1; data = data[min(len(data), row+1):] {
		cur := make([]byte, row)
		copy(cur, data[1:])
		unfilter(data[0], cur, above, pixel)
		out = append(out, cur...)
		above = cur
	}
	return out
}

func unfilter(kind byte, cur, above []byte, pixel int) {
	for i := range cur {
		var left, corner byte
		if i >= pixel {
			left, corner = cur[i-pixel], above[i-pixel]
		}
		switch kind {
		case 1:
			cur[i] += left
		case 2:
			cur[i] += above[i]
		case 3:
			cur[i] += byte((int(left) + int(above[i])) / 2)
		case 4:
			cur[i] += paeth(int(left), int(above[i]), int(corner))
		}
	}
}

func paeth(a, b, c int) byte {
	abs := func(n int) int { return max(n, -n) }
	p := a + b - c
	pa, pb, pc := abs(p-a), abs(p-b), abs(p-c)
	switch {
	case pa <= pb && pa <= pc:
		return byte(a)
	case pb <= pc:
		return byte(b)
	}
	return byte(c)
}
