package pdf

import (
	"math"

	reader "github.com/ledongthuc/pdf"
)

// matrix is an affine map as PDF writes it: x' = ax + cy + e, y' = bx + dy + f.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// then returns the map that does m first and n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

func (m matrix) yScale() float64 { return math.Hypot(m.c, m.d) }

func (m matrix) area() float64 { return math.Abs(m.a*m.d - m.b*m.c) }

// sane says whether all numbers are finite and of a size that can be drawn.
func (m matrix) sane() bool {
	for _, v := range []float64{m.a, m.b, m.c, m.d, m.e, m.f} {
		if math.IsNaN(v) || math.Abs(v) > 1e9 {
			return false
		}
	}
	return true
}

func orIdentity(m matrix) matrix {
	if m == (matrix{}) {
		return identity
	}
	return m
}

func readMatrix(v reader.Value) matrix {
	if v.Len() != 6 {
		return matrix{}
	}
	n := func(i int) float64 { return v.Index(i).Float64() }
	return matrix{n(0), n(1), n(2), n(3), n(4), n(5)}
}

func operandMatrix(o []operand) matrix {
	return matrix{o[0].num, o[1].num, o[2].num, o[3].num, o[4].num, o[5].num}
}

// rect is an upright rectangle.
type rect struct{ x0, y0, x1, y1 float64 }

func readRect(v reader.Value) (rect, bool) {
	if v.Len() != 4 {
		return rect{}, false
	}
	n := func(i int) float64 { return v.Index(i).Float64() }
	r := rect{math.Min(n(0), n(2)), math.Min(n(1), n(3)), math.Max(n(0), n(2)), math.Max(n(1), n(3))}
	return r, r.x1-r.x0 > 0 && r.y1-r.y0 > 0
}

func (r rect) cut(s rect) rect {
	return rect{math.Max(r.x0, s.x0), math.Max(r.y0, s.y0), math.Min(r.x1, s.x1), math.Min(r.y1, s.y1)}
}

func (r rect) join(s rect) rect {
	return rect{math.Min(r.x0, s.x0), math.Min(r.y0, s.y0), math.Max(r.x1, s.x1), math.Max(r.y1, s.y1)}
}

func (r rect) empty() bool { return r.x1 <= r.x0 || r.y1 <= r.y0 }

func (m matrix) xScale() float64 { return math.Hypot(m.a, m.b) }
