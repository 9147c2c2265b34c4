package catalog

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"

	"marsa/corpus"
)

// Boxes are stored as a version byte and a deflated row of numbers: for each box
// the distance of its start from the former start, its length, and its four
// sides as shares of 65,535, so a box may move by a hundredth of a millimetre.
const boxesVersion = 1

// maxBoxes bounds what a damaged database can make a reader allocate.
const maxBoxes = 1 << 20

var errBoxes = errors.New("boxes are damaged")

// packers are kept, for one takes more than a megabyte.
var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is known
	}
	return w
}}

func packBoxes(boxes []corpus.Box) ([]byte, error) {
	if len(boxes) == 0 {
		return []byte{}, nil
	}
	if len(boxes) > maxBoxes {
		return nil, fmt.Errorf("%d boxes on a page: %w", len(boxes), corpus.ErrTooLarge)
	}
	raw := binary.AppendUvarint(nil, uint64(len(boxes)))
	before := 0
	for _, b := range boxes {
		raw = binary.AppendVarint(raw, int64(b.Start-before))
		raw = binary.AppendVarint(raw, int64(b.End-b.Start))
		for _, side := range []float32{b.X, b.Y, b.W, b.H} {
			raw = binary.LittleEndian.AppendUint16(raw, share(side))
		}
		before = b.Start
	}
	out := bytes.NewBuffer([]byte{boxesVersion})
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	w.Reset(out)
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func share(f float32) uint16 {
	if !(f > 0) { // NaN too
		return 0
	}
	return uint16(math.Round(float64(min(f, 1)) * math.MaxUint16))
}

func unpackBoxes(data []byte) ([]corpus.Box, error) {
	if len(data) == 0 {
		return nil, nil
	}
	if data[0] != boxesVersion {
		return nil, fmt.Errorf("version %d: %w", data[0], errBoxes)
	}
	const most = maxBoxes * 40 // longest coding of a box is 28 bytes
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data[1:])), most))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errBoxes, err)
	}
	n, size := binary.Uvarint(raw)
	if size <= 0 || n > maxBoxes {
		return nil, errBoxes
	}
	raw = raw[size:]
	boxes := make([]corpus.Box, 0, min(int(n), len(raw)/10))
	before := 0
	for range n {
		b, rest, ok := unpackBox(raw, before)
		if !ok {
			return nil, errBoxes
		}
		boxes, raw, before = append(boxes, b), rest, b.Start
	}
	return boxes, nil
}

func unpackBox(raw []byte, before int) (b corpus.Box, rest []byte, ok bool) {
	start, n := binary.Varint(raw)
	if n <= 0 {
		return b, nil, false
	}
	length, m := binary.Varint(raw[n:])
	if m <= 0 || len(raw) < n+m+8 {
		return b, nil, false
	}
	raw = raw[n+m:]
	b.Start = before + int(start)
	b.End = b.Start + int(length)
	for i, side := range []*float32{&b.X, &b.Y, &b.W, &b.H} {
		*side = float32(binary.LittleEndian.Uint16(raw[2*i:])) / math.MaxUint16
	}
	return b, raw[8:], true
}
