package corpus

import "strings"

// Stretch is a part of the text of a page: byte offsets, End exclusive.
type Stretch struct{ Start, End int }

// Body returns the text of the page with its running heads and feet blanked
// out, so that offsets stay true: what is searched, tagged and quoted.
func (p *Page) Body() string {
	if len(p.Running) == 0 {
		return p.Text
	}
	var b strings.Builder
	b.Grow(len(p.Text))
	at := 0
	for _, s := range p.Running {
		if s.Start < at || s.End < s.Start || s.End > len(p.Text) {
			continue // of another text
		}
		b.WriteString(p.Text[at:s.Start])
		for i := s.Start; i < s.End; i++ {
			if p.Text[i] == '\n' {
				b.WriteByte('\n')
			} else {
				b.WriteByte(' ')
			}
		}
		at = s.End
	}
	b.WriteString(p.Text[at:])
	return b.String()
}
