package tesseract

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/extract"
)

const names = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

// word is a row of the table: block, paragraph, line, left, confidence, text.
func word(cells ...string) string {
	block, paragraph, line, left, confidence, text := cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]
	return strings.Join([]string{"5", "1", block, paragraph, line, "1", left, "20", "100", "10", confidence, text}, "\t") + "\n"
}

const page = "1\t1\t0\t0\t0\t0\t0\t0\t1000\t200\t-1\t\n"

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, rows, want string
		confidence       float64
	}{
		{"words of a line", word("1", "1", "1", "0", "90", "Migration") + word("1", "1", "1", "150", "70", "law"), "Migration law", .8},
		{"lines", word("1", "1", "1", "0", "90", "a") + word("1", "1", "2", "0", "90", "b"), "a\nb", .9},
		{"paragraphs", word("1", "1", "1", "0", "90", "a") + word("1", "2", "1", "0", "90", "b"), "a\n\nb", .9},
		{"blocks", word("1", "1", "1", "0", "90", "a") + word("2", "1", "1", "0", "90", "b"), "a\n\nb", .9},
		{"a word broken over two lines", word("1", "1", "1", "0", "90", "migra-") + word("1", "1", "2", "0", "90", "tion"), "migration", .9},
		{"a dash is no hyphen", word("1", "1", "1", "0", "90", "2008-") + word("1", "1", "2", "0", "90", "2011"), "2008-\n2011", .9},
		{"a name after a hyphen", word("1", "1", "1", "0", "90", "Euro-") + word("1", "1", "2", "0", "90", "Med"), "Euro-\nMed", .9},
		{"presentation forms and controls", word("1", "1", "1", "0", "90", "\uFEF7\u0631\u200f"), "لأر", .9},
		{"blanks are no words", word("1", "1", "1", "0", "95", " ") + word("1", "1", "1", "0", "90", "a"), "a", .9},
		{"nothing", "", "", 0},
		{"a confidence that is none", word("1", "1", "1", "0", "-1", "a"), "a", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := parse([]byte(names + page + c.rows))
			if err != nil {
				t.Fatal(err)
			}
			if r.Text != c.want || r.Text != extract.Clean(r.Text) {
				t.Errorf("text %q, want %q", r.Text, c.want)
			}
			if d := r.Confidence - c.confidence; d > 1e-9 || d < -1e-9 {
				t.Errorf("confidence %v, want %v", r.Confidence, c.confidence)
			}
		})
	}
}

func TestBoxes(t *testing.T) {
	r, err := parse([]byte(names + page + word("1", "1", "1", "100", "90", "migra-") + word("1", "1", "2", "900", "90", "tion")))
	if err != nil {
		t.Fatal(err)
	}
	want := []corpus.Box{{Start: 0, End: 5, X: .1, Y: .1, W: .1, H: .05}, {Start: 5, End: 9, X: .9, Y: .1, W: .1, H: .05}}
	if d := cmp.Diff(want, r.Boxes); d != "" {
		t.Error(d)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, in := range []string{"", "Error opening data file", names + "5\t1\t1", names + "x\t1\t1\t1\t1\t1\t1\t1\t1\t1\t1\tword"} {
		if _, err := parse([]byte(in)); !errors.Is(err, extract.ErrDamaged) {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(names + page + word("1", "1", "1", "0", "90", "migra-") + word("1", "1", "2", "0", "90", "tion")))
	f.Add([]byte(names + "5\t1\t1\t1\t1\t1\tNaN\tInf\t-1\t1e400\t5\tx"))
	f.Fuzz(func(t *testing.T, in []byte) {
		r, err := parse(in)
		if err != nil {
			return
		}
		for _, b := range r.Boxes {
			if b.Start < 0 || b.End > len(r.Text) || b.Start >= b.End || !(b.X >= 0 && b.X <= 1 && b.W >= 0 && b.W <= 1) {
				t.Errorf("box %+v of %q", b, r.Text)
			}
		}
		if !(r.Confidence >= 0 && r.Confidence <= 1) {
			t.Errorf("confidence %v", r.Confidence)
		}
	})
}
