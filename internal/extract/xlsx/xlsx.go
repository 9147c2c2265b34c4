// Package xlsx reads Excel workbooks: a page is a sheet, or some rows of a long
// one, and a row is read with what stands above its columns. It knows
// SpreadsheetML, and is the only package that knows excelize, which gives cells
// as they are shown; archives and XML are ooxml's.
package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"

	"marsa/corpus"
	"marsa/internal/extract"
	"marsa/internal/extract/ooxml"
	"marsa/internal/extract/sheet"
)

// maxUnpacked is how many bytes of XML are read of a workbook. All of it is in
// memory at once, the strings that cells share a few times over.
const maxUnpacked = 128 << 20

// Extractor reads XLSX, and the templates and files with macros of the same
// make. Sheets come in the order of their tabs, hidden ones too.
type Extractor struct{}

// Extract implements extract.Extractor. A sheet that cannot be read whole is a
// warning, and a partial page where something of it was read.
func (Extractor) Extract(ctx context.Context, data []byte, emit func(corpus.Page) error) (*extract.Meta, error) {
	p, err := ooxml.Open(data)
	if err != nil {
		return nil, err
	}
	sheets, err := listSheets(p)
	if err != nil {
		return nil, err
	}
	f, err := open(p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m := p.Meta()
	b := &book{ctx: ctx, pack: p, file: f, meta: m, pages: sheet.Book{Engine: "xlsx", Emit: emit, Meta: m}}
	for _, s := range sheets {
		if s.state == "hidden" || s.state == "veryHidden" {
			b.warn("sheet %q is hidden in the file, and is read", s.name)
		}
		if err := b.sheet(s); err != nil {
			return b.meta, err
		}
	}
	return b.meta, nil
}

// book is a workbook while it is read.
type book struct {
	ctx   context.Context
	pack  *ooxml.Package
	file  *excelize.File
	meta  *extract.Meta
	pages sheet.Book
}

func (b *book) warn(format string, args ...any) {
	b.meta.Warnings = append(b.meta.Warnings, fmt.Sprintf(format, args...))
}

// sheetPart is a sheet as the workbook lists it.
type sheetPart struct{ name, state, part string }

func listSheets(p *ooxml.Package) ([]sheetPart, error) {
	main, err := p.Main("xl/workbook.xml")
	if err != nil {
		if p.Has("xl/workbook.bin") {
			return nil, fmt.Errorf("binary Excel workbook (.xlsb), save it as .xlsx: %w", extract.ErrUnsupported)
		}
		return nil, err
	}
	if strings.EqualFold(path.Ext(main), ".bin") {
		return nil, fmt.Errorf("binary Excel workbook (.xlsb), save it as .xlsx: %w", extract.ErrUnsupported)
	}
	rels, err := p.Relationships(main)
	if err != nil {
		return nil, err
	}
	target := map[string]string{}
	for _, r := range rels {
		if r.Type == "worksheet" {
			target[r.ID] = r.Target
		}
	}
	r, err := p.Open(main)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var out []sheetPart
	err = r.Walk(func(ooxml.Element) error {
		return r.Children(func(e ooxml.Element) error {
			if e.Name != "sheets" {
				return nil
			}
			return r.Children(func(e ooxml.Element) error {
				if part := target[e.RelID("id")]; e.Name == "sheet" && part != "" && len(out) <= extract.MaxPages {
					out = append(out, sheetPart{e.Attr("name"), e.Attr("state"), part})
				}
				return nil
			})
		})
	})
	return out, err
}

// open gives excelize those parts that cells need, unpacked and counted: the
// library believes the sizes that an archive declares, and would write large
// sheets to a file.
func open(p *ooxml.Package) (*excelize.File, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range p.Names() {
		if !needed(name) {
			continue
		}
		data, err := p.Read(name)
		if err != nil && (len(data) == 0 || !strings.Contains(strings.ToLower(name), "worksheets/")) {
			return nil, err
		}
		if b.Len()+len(data) > maxUnpacked {
			return nil, fmt.Errorf("the workbook unpacks to more than %d MiB: %w", maxUnpacked>>20, extract.ErrTooLarge)
		}
		if err := noDeclaration(name, data); err != nil {
			return nil, err
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return nil, fmt.Errorf("part %s: %w", name, err)
		}
		if _, err := w.Write(data); err != nil {
			return nil, fmt.Errorf("part %s: %w", name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("copy the workbook: %w", err)
	}
	const most = 2 * maxUnpacked // as large a sheet as there can be stays in memory
	f, err := excelize.OpenReader(&b, excelize.Options{
		UnzipSizeLimit: most, UnzipXMLSizeLimit: most, ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return nil, fmt.Errorf("workbook: %w: %w", extract.ErrDamaged, err)
	}
	return f, nil
}

// needed says whether cells can be shown only with a part. Pictures, charts,
// caches of other files and macros are not looked at.
func needed(name string) bool {
	name = strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), "/"))
	switch dir, file := path.Split(name); {
	case name == "[content_types].xml", name == "_rels/.rels":
		return true
	case dir == "xl/_rels/", dir == "xl/theme/":
		return true
	case dir == "xl/worksheets/":
		return strings.HasSuffix(file, ".xml")
	case dir == "xl/":
		return strings.HasSuffix(file, ".xml") && file != "calcchain.xml" && file != "metadata.xml"
	}
	return false
}

// noDeclaration refuses document types, as the reader of ooxml does. They stand
// before the first element.
func noDeclaration(name string, data []byte) error {
	start := data[:min(len(data), 64<<10)]
	if i := bytes.Index(bytes.ToUpper(start), []byte("<!DOCTYPE")); i >= 0 {
		return fmt.Errorf("part %s has a document type declaration: %w", name, extract.ErrDamaged)
	}
	return nil
}

// sheet reads a sheet. What is wrong with it alone does not end reading.
func (b *book) sheet(s sheetPart) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	l, err := b.layout(s.part)
	if errors.Is(err, extract.ErrTooLarge) {
		return err
	}
	if err != nil {
		b.warn("sheet %q is not read whole: %v", s.name, err)
	}
	t := b.pages.Sheet(s.name, l.Layout)
	if err != nil {
		t.Damaged()
	}
	for _, a := range l.merged {
		t.Merge(a)
	}
	if err := b.rows(s.name, t.Add); err != nil {
		if b.ctx.Err() != nil || errors.Is(err, errEmit) {
			return err
		}
		b.warn("sheet %q is not read whole: %v", s.name, err)
		t.Damaged()
	}
	for _, c := range l.comments {
		if err := t.Line(c); err != nil {
			return err
		}
	}
	return t.Close()
}

// errEmit marks an error of who takes the pages.
var errEmit = errors.New("page was not taken")

// rows calls f for each row with its cells as they are shown.
func (b *book) rows(sheet string, f func(number int, cells []string) error) error {
	rows, err := b.file.Rows(sheet)
	if err != nil {
		return fmt.Errorf("%w: %w", extract.ErrDamaged, err)
	}
	defer rows.Close()
	for number := 1; rows.Next(); number++ {
		if err := b.ctx.Err(); err != nil {
			return err
		}
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("row %d: %w: %w", number, extract.ErrDamaged, err)
		}
		if err := f(number, cells); err != nil {
			return fmt.Errorf("%w: %w", errEmit, err)
		}
	}
	if err := rows.Error(); err != nil {
		return fmt.Errorf("%w: %w", extract.ErrDamaged, err)
	}
	return nil
}
