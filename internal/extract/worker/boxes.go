package worker

import (
	"encoding/binary"
	"fmt"
	"math"

	"marsa/corpus"
)

// boxSize is a box in a frame of boxes, which follows the frame of their page:
// start and end (four bytes each) and four sides (IEEE 754, four bytes each),
// little endian. A page has hundreds, and as JSON they took longer than the page.
const boxSize = 24

func packBoxes(boxes []corpus.Box) []byte {
	data := make([]byte, 0, len(boxes)*boxSize)
	for _, b := range boxes {
		data = binary.LittleEndian.AppendUint32(data, uint32(b.Start))
		data = binary.LittleEndian.AppendUint32(data, uint32(b.End))
		for _, side := range []float32{b.X, b.Y, b.W, b.H} {
			data = binary.LittleEndian.AppendUint32(data, math.Float32bits(side))
		}
	}
	return data
}

// unpackBoxes reads a frame of boxes of a text of that many bytes. The child may
// have been taken over by a file: what is no place in the text or on the page is
// an error.
func unpackBoxes(data []byte, text int) ([]corpus.Box, error) {
	if len(data)%boxSize != 0 {
		return nil, fmt.Errorf("%d bytes of boxes: %w", len(data), errFrame)
	}
	boxes := make([]corpus.Box, len(data)/boxSize)
	for i := range boxes {
		row := data[i*boxSize:]
		side := func(at int) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(row[at:])) }
		b := corpus.Box{
			Start: int(binary.LittleEndian.Uint32(row)), End: int(binary.LittleEndian.Uint32(row[4:])),
			X: side(8), Y: side(12), W: side(16), H: side(20),
		}
		if b.Start > b.End || b.End > text || !finite(b.X) || !finite(b.Y) || !finite(b.W) || !finite(b.H) {
			return nil, fmt.Errorf("box %d: %w", i, errFrame)
		}
		boxes[i] = b
	}
	return boxes, nil
}

func finite(f float32) bool { return !math.IsNaN(float64(f)) && !math.IsInf(float64(f), 0) }
