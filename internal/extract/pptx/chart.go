package pptx

import (
	"strings"

	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
)

const (
	// maxSeries and maxPoints are how much of a chart is read. What has more is no
	// chart that anybody reads from a slide.
	maxSeries = 100
	maxPoints = 200
)

// series is a line or a row of bars of a chart.
type series struct {
	name             string
	categories, data []string
}

// chart reads what a chart shows: its titles, and each of its series in a line
// with the values that the program last drew.
func (s *shapes) chart(part string) error {
	r, err := s.p.Open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	c := &shapes{r: r}
	var lines []string
	count := 0
	err = r.Walk(func(ooxml.Element) error {
		return c.either(map[string]func() error{
			"title": func() error {
				var texts []string
				err := c.find("p", func(ooxml.Element) error {
					text, err := c.line()
					texts = append(texts, text)
					return err
				})
				lines = append(lines, extract.CleanLine(strings.Join(texts, " "), 0))
				return err
			},
			"ser": func() error {
				one, err := c.series()
				if count++; count <= maxSeries {
					lines = append(lines, one.line())
				}
				return err
			},
		})
	})
	if text := strings.Trim(strings.Join(lines, "\n"), "\n"); text != "" {
		s.text = append(s.text, text)
	}
	return err
}

// either calls the function of each element with one of the names within the one
// that was given last, at any depth, but not within one that it found.
func (s *shapes) either(named map[string]func() error) error {
	return s.r.Children(func(e ooxml.Element) error {
		if f, ok := named[e.Name]; ok {
			return f()
		}
		return s.either(named)
	})
}

func (s *shapes) series() (series, error) {
	var one series
	values := func(into *[]string) func() error {
		return func() error {
			return s.find("v", func(ooxml.Element) error {
				text, err := s.r.Text()
				if len(*into) < maxPoints {
					*into = append(*into, extract.CleanLine(text, 300))
				}
				return err
			})
		}
	}
	var name []string
	err := s.either(map[string]func() error{
		"tx": values(&name), "cat": values(&one.categories), "xVal": values(&one.categories), "val": values(&one.data), "yVal": values(&one.data),
		"dLbls": func() error { return nil }, "extLst": func() error { return nil },
	})
	one.name = strings.Join(name, " ")
	return one, err
}

// line is the series as it is read: "Refugees: 2009 12; 2010 15".
func (one series) line() string {
	var points []string
	for i := range max(len(one.categories), len(one.data)) {
		var parts []string
		for _, list := range [][]string{one.categories, one.data} {
			if i < len(list) && list[i] != "" {
				parts = append(parts, list[i])
			}
		}
		points = append(points, strings.Join(parts, " "))
	}
	text := strings.Join(points, "; ")
	if one.name != "" && text != "" {
		return one.name + ": " + text
	}
	return one.name + text
}
