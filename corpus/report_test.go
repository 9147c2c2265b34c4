package corpus

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func report(f QualityFilter) *QualityReport {
	scan := DoubtfulDocument{ID: "scan", Lang: "ar", State: Scan, Format: "pdf", NumPages: 3}
	for n := range 3 {
		scan.AddPage(PageRun{From: n + 1, State: Scan, Reason: ReasonImage})
	}
	mixed := DoubtfulDocument{ID: "mixed", Lang: "fr", State: Partial, Format: "pdf", NumPages: 9}
	mixed.AddPage(PageRun{From: 2, State: Scan, Reason: ReasonImage})
	mixed.AddPage(PageRun{From: 4, State: Scan, Reason: ReasonImage})
	mixed.AddPage(PageRun{From: 5, State: Suspicious, Reason: ReasonGlyphs})
	cut := DoubtfulDocument{ID: "cut", Lang: "fr", State: Partial, Format: "docx", NumPages: 2}
	return NewQualityReport(map[State]int{Complete: 7, Partial: 2, Scan: 1}, []DoubtfulDocument{scan, mixed, cut}, f)
}

func TestQualityReport(t *testing.T) {
	for name, test := range map[string]struct {
		filter QualityFilter
		total  int
		shown  []ID
		pages  int // that are counted
	}{
		"everything":                        {QualityFilter{Limit: 9}, 3, []ID{"scan", "mixed", "cut"}, 6},
		"a part of it":                      {QualityFilter{Offset: 1, Limit: 1}, 3, []ID{"mixed"}, 6},
		"a state of a page":                 {QualityFilter{State: Scan, Limit: 9}, 2, []ID{"scan", "mixed"}, 6},
		"a state of a document":             {QualityFilter{State: Partial, Limit: 9}, 2, []ID{"mixed", "cut"}, 6},
		"a reason":                          {QualityFilter{Reason: ReasonGlyphs, Limit: 9}, 1, []ID{"mixed"}, 6},
		"a state and a reason of one page":  {QualityFilter{State: Scan, Reason: ReasonGlyphs, Limit: 9}, 0, nil, 6},
		"a language narrows the counts too": {QualityFilter{Lang: "fr", Limit: 9}, 2, []ID{"mixed", "cut"}, 3},
		"a format":                          {QualityFilter{Format: "docx", Limit: 9}, 1, []ID{"cut"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			r := report(test.filter)
			var shown []ID
			for _, d := range r.Documents {
				shown = append(shown, d.ID)
			}
			pages := 0
			for _, n := range r.Pages {
				pages += n.Pages
			}
			if r.Total != test.total || pages != test.pages || !cmp.Equal(shown, test.shown) {
				t.Errorf("total %d, %v, %d pages; want %d, %v, %d", r.Total, shown, pages, test.total, test.shown, test.pages)
			}
		})
	}
}

func TestPagesReadAlikeAreOneRun(t *testing.T) {
	r := report(QualityFilter{Limit: 9})
	want := []PageRun{{From: 1, To: 3, State: Scan, Reason: ReasonImage}}
	if diff := cmp.Diff(want, r.Documents[0].Runs); diff != "" {
		t.Error(diff)
	}
	if n := len(r.Documents[1].Runs); n != 3 {
		t.Errorf("%d runs, want 3: a page between them was read well, and reasons differ", n)
	}
	if diff := cmp.Diff([]QualityCount{{Scan, ReasonImage, 5, 2}, {Suspicious, ReasonGlyphs, 1, 1}}, r.Pages); diff != "" {
		t.Error(diff)
	}
}
