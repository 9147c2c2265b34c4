package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"marsa/corpus"
	"marsa/internal/extract"
)

// workbook writes a workbook of one sheet called Arrivals.
func workbook(t testing.TB, rows [][]any, more ...func(*excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	must(t, f.SetSheetName("Sheet1", "Arrivals"))
	for i, r := range rows {
		must(t, f.SetSheetRow("Arrivals", fmt.Sprintf("A%d", i+1), &r))
	}
	for _, m := range more {
		m(f)
	}
	b, err := f.WriteToBuffer()
	must(t, err)
	return b.Bytes()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type page struct {
	Label, Text string
	State       corpus.State
}

func read(t testing.TB, data []byte) ([]page, *extract.Meta, error) {
	t.Helper()
	var got []page
	m, err := Extractor{}.Extract(t.Context(), data, func(p corpus.Page) error {
		if p.Number != len(got)+1 {
			t.Errorf("page %d comes as number %d", len(got)+1, p.Number)
		}
		got = append(got, page{p.Label, p.Text, p.Quality.State})
		return nil
	})
	return got, m, err
}

func TestRows(t *testing.T) {
	merge := func(from, to string) func(*excelize.File) {
		return func(f *excelize.File) { must(t, f.MergeCell("Arrivals", from, to)) }
	}
	style := func(cell, format string) func(*excelize.File) {
		return func(f *excelize.File) {
			s, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			must(t, err)
			must(t, f.SetCellStyle("Arrivals", cell, cell, s))
		}
	}
	for _, c := range []struct {
		name string
		rows [][]any
		more []func(*excelize.File)
		want string
	}{
		{"a row has what stands above it", [][]any{{"Country", "Year", "Refugees"}, {"Egypt", 2009, 112605}, {"Libya", 2009, nil}}, nil,
			"Country\tYear\tRefugees\nCountry: Egypt; Year: 2009; Refugees: 112605\nCountry: Libya; Year: 2009"},
		{"the title of a table", [][]any{{"Table 3. Refugees"}, {}, {"Country", "2009", "2010"}, {"Egypt", 1, 2}}, nil,
			"Table 3. Refugees\n\nCountry\t2009\t2010\nCountry: Egypt; 2009: 1; 2010: 2"},
		{"Arabic", [][]any{{"البلد", "السنة"}, {"مصر", 2009}}, nil, "البلد\tالسنة\nالبلد: مصر; السنة: 2009"},
		{"no labels", [][]any{{1, 2}, {3, 4}}, nil, "1\t2\n3\t4"},
		{"text", [][]any{{"A note."}, {"Another."}}, nil, "A note.\nAnother."},
		{"labels over several columns", [][]any{{"Country", "Men", nil, "Women"}, {nil, "2009", "2010", "2009"}, {"Egypt", 1, 2, 3}},
			[]func(*excelize.File){merge("A1", "A2"), merge("B1", "C1")},
			"Country\tMen 2009\tMen 2010\tWomen 2009\nCountry: Egypt; Men 2009: 1; Men 2010: 2; Women 2009: 3"},
		{"a cell over several rows is read in each", [][]any{{"Country", "Year", "N"}, {"Egypt", 2009, 1}, {nil, 2010, 2}, {"Libya", 2009, 3}},
			[]func(*excelize.File){merge("A2", "A3")},
			"Country\tYear\tN\nCountry: Egypt; Year: 2009; N: 1\nCountry: Egypt; Year: 2010; N: 2\nCountry: Libya; Year: 2009; N: 3"},
		{"two tables", [][]any{{"Country", "N"}, {"Egypt", 1}, {}, {"Sea", "Boats"}, {"Aegean", 7}, {}, {"Source: none."}}, nil,
			"Country\tN\nCountry: Egypt; N: 1\nSea\tBoats\nSea: Aegean; Boats: 7\nSource: none."},
		{"an empty row within a table", [][]any{{"Country", "Kind", "N"}, {"Egypt", "a", 1}, {}, {"Libya", "b", 3}}, nil,
			"Country\tKind\tN\nCountry: Egypt; Kind: a; N: 1\nCountry: Libya; Kind: b; N: 3"},
		{"as shown", [][]any{{"Day", "Share"}, {time.Date(2009, 5, 17, 0, 0, 0, 0, time.UTC), 0.125}},
			[]func(*excelize.File){style("A2", "d mmmm yyyy"), style("B2", "0.0%")},
			"Day\tShare\nDay: 17 May 2009; Share: 12.5%"},
		{"the value that a formula had", [][]any{{"Country", "Sum"}, {"Egypt", 7}},
			[]func(*excelize.File){func(f *excelize.File) { must(t, f.SetCellFormula("Arrivals", "B2", "3+4")) }},
			"Country\tSum\nCountry: Egypt; Sum: 7"},
		{"comments", [][]any{{"Country", "N"}, {"Egypt", 1}},
			[]func(*excelize.File){func(f *excelize.File) {
				must(t, f.AddComment("Arrivals", excelize.Comment{Cell: "B2", Author: "x", Paragraph: []excelize.RichTextRun{{Text: "an estimate"}}}))
			}},
			"Country\tN\nCountry: Egypt; N: 1\n[B2] an estimate"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, m, err := read(t, workbook(t, c.rows, c.more...))
			must(t, err)
			want := "Arrivals\n\n" + c.want
			if strings.HasPrefix(c.want, "Table 3") {
				want = "Arrivals\n" + c.want
				if m.Title != "Table 3. Refugees" || m.TitleFrom != corpus.FromGuess {
					t.Errorf("title %q from %q", m.Title, m.TitleFrom)
				}
			}
			if d := cmp.Diff([]page{{"Arrivals", want, corpus.Complete}}, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestDatesOfTheSystem(t *testing.T) {
	data := workbook(t, [][]any{{"Day", "N"}, {39950, 1}}, func(f *excelize.File) {
		s, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		must(t, f.SetCellStyle("Arrivals", "A2", "A2", s))
	})
	got, _, err := read(t, data)
	must(t, err)
	if want := "Day: 2009-05-17; N: 1"; !strings.Contains(got[0].Text, want) {
		t.Errorf("%q is not in %q", want, got[0].Text)
	}
}

func TestSheets(t *testing.T) {
	data := workbook(t, [][]any{{"a"}}, func(f *excelize.File) {
		for _, s := range []string{"Sheet2", "Empty", "Secret"} {
			_, err := f.NewSheet(s)
			must(t, err)
		}
		must(t, f.SetCellValue("Sheet2", "C3", "b"))
		must(t, f.SetCellValue("Secret", "A1", "c"))
		must(t, f.SetSheetVisible("Secret", false))
		must(t, f.SetDocProps(&excelize.DocProperties{Title: "Arrivals by sea", Creator: "Office of Statistics", Language: "en-GB"}))
	})
	got, m, err := read(t, data)
	must(t, err)
	if d := cmp.Diff([]page{{"Arrivals", "Arrivals\n\na", "complete"}, {"Sheet2", "b", "complete"}, {"Secret", "Secret\n\nc", "complete"}}, got); d != "" {
		t.Error(d)
	}
	want := &extract.Meta{
		Title: "Arrivals by sea", TitleFrom: corpus.FromFile, Authors: []string{"Office of Statistics"}, Lang: "en",
		Outline:  []corpus.Heading{{Title: "Arrivals", Level: 1, Page: 1}, {Title: "Sheet2", Level: 1, Page: 2}, {Title: "Secret", Level: 1, Page: 3}},
		Warnings: []string{`sheet "Secret" is hidden in the file, and is read`},
	}
	if d := cmp.Diff(want, m); d != "" {
		t.Error(d)
	}
}

// TestLongSheet wants several pages, each with the title of the table.
func TestLongSheet(t *testing.T) {
	rows := [][]any{{"Table 3. Refugees"}, {"Country", "Year"}}
	for i := range 2000 {
		rows = append(rows, []any{fmt.Sprintf("Country %d", i), 2000 + i%20})
	}
	got, _, err := read(t, workbook(t, rows))
	must(t, err)
	if len(got) < 4 || len(got) > 8 {
		t.Fatalf("%d pages", len(got))
	}
	count := 0
	for i, p := range got {
		if !strings.HasPrefix(p.Text, "Arrivals\nTable 3. Refugees\n\nCountry") || i > 0 && p.Label != fmt.Sprintf("Arrivals (%d)", i+1) {
			t.Errorf("page %d [%s] begins %.60q", i+1, p.Label, p.Text)
		}
		count += strings.Count(p.Text, "; Year: 20")
	}
	if count != 2000 {
		t.Errorf("%d rows", count)
	}
}

// change writes a workbook again with a part changed by f.
func change(t testing.TB, data []byte, part string, f func(string) string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range z.File {
		r, err := e.Open()
		must(t, err)
		var text bytes.Buffer
		_, err = text.ReadFrom(r)
		must(t, err)
		s := text.String()
		if e.Name == part {
			s = f(s)
		}
		o, err := w.Create(e.Name)
		must(t, err)
		_, err = o.Write([]byte(s))
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

func TestHostile(t *testing.T) {
	plain := workbook(t, [][]any{{"Country", "N"}, {"Egypt", 1}})
	const strs, sheet = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"
	for _, c := range []struct {
		name, part string
		f          func(string) string
		err        error
		says       string
	}{
		{"document type", strs, func(s string) string {
			return strings.Replace(s, "<sst", `<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst`, 1)
		}, extract.ErrDamaged, "document type declaration"},
		{"entity", sheet, func(s string) string { return strings.Replace(s, "<sheetData>", "<sheetData>&b;", 1) }, extract.ErrNoText, ""},
		{"bomb of strings", strs, func(string) string { return "<sst>" + strings.Repeat(" ", maxUnpacked) + "</sst>" }, extract.ErrTooLarge, "unpacks to more"},
		{"bomb of rows", sheet, func(string) string { return "<worksheet><sheetData>" + strings.Repeat("<row/>", maxUnpacked/6) }, extract.ErrTooLarge, "unpacks to more"},
		{"binary", "", nil, extract.ErrUnsupported, "save it as .xlsx"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var data []byte
			if c.f == nil {
				var b bytes.Buffer
				z := zip.NewWriter(&b)
				_, err := z.Create("xl/workbook.bin")
				must(t, err)
				must(t, z.Close())
				data = b.Bytes()
			} else {
				data = change(t, plain, c.part, c.f)
			}
			_, err := extract.Table{extract.XLSX: Extractor{}}.Extract(t.Context(), "a.xlsx", data)
			if !errors.Is(err, c.err) || !strings.Contains(fmt.Sprint(err), c.says) {
				t.Errorf("error %v; want %v", err, c.err)
			}
		})
	}
}

// TestDamaged wants the rows before the damage, and that the loss is said.
func TestDamaged(t *testing.T) {
	data := change(t, workbook(t, [][]any{{"Country", "N"}, {"Egypt", 1}, {"Libya", 2}}), "xl/worksheets/sheet1.xml", func(s string) string {
		return s[:strings.Index(s, `<row r="3"`)] + "<row r="
	})
	got, m, err := read(t, data)
	must(t, err)
	if len(got) != 1 || got[0].State != corpus.Partial || !strings.HasSuffix(got[0].Text, "Country: Egypt; N: 1") || len(m.Warnings) != 1 {
		t.Errorf("%+v, %q", got, m.Warnings)
	}
}

func TestStops(t *testing.T) {
	data := workbook(t, [][]any{{"a"}})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Extractor{}).Extract(ctx, data, func(corpus.Page) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	full := errors.New("full")
	if _, err := (Extractor{}).Extract(t.Context(), data, func(corpus.Page) error { return full }); !errors.Is(err, full) {
		t.Errorf("emit: %v", err)
	}
}

func FuzzExtract(f *testing.F) {
	f.Add(workbook(f, [][]any{{"Country", "Year"}, {"Egypt", 2009}}, func(x *excelize.File) { must(f, x.MergeCell("Arrivals", "A1", "B1")) }))
	f.Add(change(f, workbook(f, [][]any{{"a"}}), "xl/workbook.xml", func(s string) string { return s[:len(s)/2] }))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := extract.Table{extract.XLSX: Extractor{}}.Extract(t.Context(), "a.xlsx", data)
		if errors.Is(err, extract.ErrCrashed) {
			t.Error(err)
		}
		if err == nil && len(c.Pages) == 0 {
			t.Error("no error and no page")
		}
	})
}
