package extract

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	utf "golang.org/x/text/encoding/unicode"
)

// Unmark16 decodes UTF-16 with a byte order mark while it is read, and passes
// everything else on.
func Unmark16(in io.Reader) io.Reader {
	b := bufio.NewReaderSize(in, 1<<16)
	if mark, _ := b.Peek(2); bytes.Equal(mark, []byte("\xFF\xFE")) || bytes.Equal(mark, []byte("\xFE\xFF")) {
		return utf.UTF16(utf.LittleEndian, utf.UseBOM).NewDecoder().Reader(b)
	}
	return b
}

// XMLCharset decodes the encoding that an XML declaration names; it is the
// CharsetReader of an XML decoder that reads from Unmark16.
func XMLCharset(label string, in io.Reader) (io.Reader, error) {
	if strings.HasPrefix(strings.ToLower(label), "utf-16") {
		return in, nil
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil, fmt.Errorf("encoding %q: %w", label, ErrDamaged)
	}
	return e.NewDecoder().Reader(in), nil
}
