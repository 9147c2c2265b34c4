package pdf

import "slices"

// leadings are the distances of lines that stand close under each other, by the
// size of type in half points. Tables are often set smaller than the text.
type leadings map[int]float64

func sizeKey(size float64) int { return int(size*2 + .5) }

// of returns the leading of a size, 0 when it is not known.
func (l leadings) of(size float64) float64 { return l[sizeKey(size)] }

// lowFifth keeps the distance that a fifth of each size's lines do not reach.
func lowFifth(bySize map[int][]float64) leadings {
	out := make(leadings, len(bySize))
	for key, all := range bySize {
		slices.Sort(all)
		out[key] = all[len(all)/5]
	}
	return out
}

func leadingsOf(rs []row) leadings {
	bySize := map[int][]float64{}
	for i, r := range rs {
		for _, p := range r.pieces {
			for _, below := range rs[i+1 : min(len(rs), i+5)] {
				down := r.v - below.v
				if down > .8*p.size && slices.ContainsFunc(below.pieces, func(q piece) bool {
					return q.u0 < p.u1 && p.u0 < q.u1 && sizeKey(q.size) == sizeKey(p.size)
				}) {
					bySize[sizeKey(p.size)] = append(bySize[sizeKey(p.size)], down)
					break
				}
			}
		}
	}
	return lowFifth(bySize)
}

// parted says whether the white space between two rows is wider than between
// lines.
func (l leadings) parted(a, b row) bool {
	down := a.v - b.v
	x, y := l.of(a.size), l.of(b.size)
	usual := max(x, y)
	if x > 0 && y > 0 {
		usual = min(x, y)
	}
	return usual > 0 && down > rowGap*usual || down > wideRowGap*min(a.size, b.size)
}
