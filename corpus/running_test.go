package corpus

import "testing"

func TestBody(t *testing.T) {
	for _, c := range []struct {
		name    string
		running []Stretch
		want    string
	}{
		{"nothing", nil, "Tête\nthe text\nfoot"},
		{"head and foot", []Stretch{{0, 5}, {15, 19}}, "     \nthe text\n    "},
		{"over two lines", []Stretch{{6, 19}}, "Tête\n        \n    "},
		{"of another text", []Stretch{{15, 30}}, "Tête\nthe text\nfoot"},
		{"that overlap", []Stretch{{0, 5}, {3, 8}}, "     \nthe text\nfoot"},
	} {
		p := Page{Text: "Tête\nthe text\nfoot", Running: c.running}
		if got := p.Body(); got != c.want {
			t.Errorf("%s: %q; want %q", c.name, got, c.want)
		}
	}
}
