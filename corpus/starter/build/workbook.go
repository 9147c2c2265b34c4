package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// workbookStyle counts the ways in which workbooks were made: raise it when what
// follows changes, so that the files are made again.
const workbookStyle = 1

// widest is the width of a column, in characters, from which its text is wrapped.
const widest = 60

// workbook makes an XLSX of a text: a sheet that says what it is, then one for
// each section, with its paragraphs above its table. Numbers are numbers.
func workbook(t *Text) ([]byte, error) {
	seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
	}
	b := &book{file: excelize.NewFile()}
	defer b.file.Close()
	first, rest, _ := strings.Cut(plainBody(t), "\n## ")
	notice, about := t.about()
	b.sheet(phrases[t.Lang()].ReadMe, "# "+t.Title+"\n\n"+t.kindLabel()+"\n\n"+notice+"\n\n"+about+"\n\n"+first)
	for section := range strings.SplitSeq(rest, "\n## ") {
		name, body, _ := strings.Cut(section, "\n")
		b.sheet(name, body)
	}
	stamp := time.Unix(seconds, 0).UTC().Format(time.RFC3339)
	b.do(b.file.SetDocProps(&excelize.DocProperties{Title: t.Title, Creator: strings.Join(t.Authors, ", "),
		Language: string(t.Lang()), Created: stamp, Modified: stamp, Description: notice}))
	b.do(b.file.DeleteSheet("Sheet1"))
	if b.err != nil {
		return nil, b.err
	}
	var out bytes.Buffer
	if err := b.file.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

var escaped = regexp.MustCompile(`\\([\[\]])`)

// plainBody is the body without marks of Markdown that a cell cannot show.
func plainBody(t *Text) string {
	return strings.NewReplacer("<", "", ">", "").Replace(escaped.ReplaceAllString(fence.ReplaceAllString(composeBody(t), ""), "$1"))
}

// book is a workbook on its way; the first error stays.
type book struct {
	file  *excelize.File
	err   error
	title int // styles
	head  int
	text  int
	count int
	whole int
}

func (b *book) do(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) styles() {
	if b.title != 0 {
		return
	}
	style := func(s *excelize.Style) int {
		id, err := b.file.NewStyle(s)
		b.do(err)
		return id
	}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	b.title = style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}, Alignment: top})
	b.head = style(&excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Alignment: top,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0D3850"}}})
	b.text = style(&excelize.Style{Alignment: top})
	b.count = style(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}})
	b.whole = style(&excelize.Style{NumFmt: 3, Alignment: &excelize.Alignment{Vertical: "top"}}) // 1,234
}

// sheet adds a sheet with what stands in a section.
func (b *book) sheet(name, body string) {
	b.styles()
	_, err := b.file.NewSheet(name)
	b.do(err)
	s := &sheet{book: b, name: name, width: map[int]float64{1: widest}}
	paragraph := b.text
	if strings.Contains(body, "\n|") {
		paragraph = b.count // on one line, over the columns of the table
	}
	for block := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		switch {
		case strings.HasPrefix(block, "|"):
			s.table(strings.Split(strings.TrimSpace(block), "\n"))
		case strings.HasPrefix(block, "# "):
			s.put(1, strings.TrimPrefix(block, "# "), b.title)
			s.row++
		case block != "":
			s.put(1, strings.Join(strings.Fields(block), " "), paragraph)
			s.row++
		}
	}
	for column, width := range s.width {
		letter, err := excelize.ColumnNumberToName(column)
		b.do(err)
		b.do(b.file.SetColWidth(name, letter, letter, min(width+2, widest)))
	}
}

// sheet is a sheet that is being written. row counts the rows that are full.
type sheet struct {
	*book
	name  string
	row   int
	width map[int]float64 // of columns, in characters
}

func (s *sheet) put(column int, value any, style int) {
	cell, err := excelize.CoordinatesToCellName(column, s.row+1)
	s.do(err)
	s.do(s.file.SetCellValue(s.name, cell, value))
	s.do(s.file.SetCellStyle(s.name, cell, cell, style))
}

// table writes a table of Markdown; its titles stay in sight, with a filter.
func (s *sheet) table(lines []string) {
	s.width[1] = 0 // what stands above goes on over the columns beside it
	begin := s.row + 1
	columns := 0
	for i, line := range lines {
		if i == 1 { // the rule below the titles
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		columns = max(columns, len(cells))
		for k, text := range cells {
			text = strings.TrimSpace(text)
			s.width[k+1] = max(s.width[k+1], float64(utf8.RuneCountInString(text)))
			if i == 0 {
				s.put(k+1, text, s.head)
				continue
			}
			s.cell(k+1, text)
		}
		s.row++
	}
	corner, err := excelize.CoordinatesToCellName(1, begin)
	s.do(err)
	end, err := excelize.CoordinatesToCellName(columns, s.row)
	s.do(err)
	s.do(s.file.AutoFilter(s.name, corner+":"+end, nil))
	below, err := excelize.CoordinatesToCellName(1, begin+1)
	s.do(err)
	s.do(s.file.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: begin, TopLeftCell: below, ActivePane: "bottomLeft"}))
}

var number = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

// cell writes a cell of a table: a number as one, and as long ones are read.
func (s *sheet) cell(column int, text string) {
	if !number.MatchString(text) {
		s.put(column, text, s.text)
		return
	}
	n, err := strconv.ParseFloat(text, 64)
	s.do(err)
	style := s.count
	if n >= 10_000 {
		style = s.whole
	}
	s.put(column, n, style)
}
