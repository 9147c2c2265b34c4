package pdf

import (
	"strings"
	"testing"
)

// line makes the marks of a line as they stand on paper, from the left.
func line(glyphs string) []mark {
	var ms []mark
	x := 0.0
	for _, r := range glyphs {
		if r != ' ' {
			ms = append(ms, mark{text: string(r), u0: x, u1: x + 5, size: 10})
		}
		x += 5
	}
	return ms
}

// reading is the order in which marks are read, brackets as they look.
func reading(items []item) string {
	var b strings.Builder
	for _, it := range items {
		if it.gap {
			b.WriteByte(' ')
		}
		b.WriteString(strings.TrimPrefix(it.text, turnMark))
	}
	return b.String()
}

func TestOrderOfLinesThatRunLeft(t *testing.T) {
	for name, c := range map[string]struct{ paper, want string }{
		"words":                           {"اهب بتك", "كتب بها"},
		"a Latin word":                    {"اهب Egypt بتك", "كتب Egypt بها"},
		"a Latin word and a number":       {"اهب Article 5 بتك", "كتب Article 5 بها"},
		"a number that opens the line":    {"بتك Egypt Today ]7[", "[7] Egypt Today كتب"},
		"a number that closes Latin text": {"اهب Egypt [7] بتك", "كتب Egypt [7] بها"},
	} {
		if got := reading(order(line(c.paper), true)); got != c.want {
			t.Errorf("%s: %q is read as %q, want %q", name, c.paper, got, c.want)
		}
	}
}
