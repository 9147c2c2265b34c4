package pdf

import "marsa/internal/extract"

func (f *file) labels(n int) []string { return make([]string, n) }

func (f *file) describe(m *extract.Meta, leaves []leaf, first []textLine) {}
