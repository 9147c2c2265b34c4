package rtf

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/corpus"
	"marsa/internal/extract"
)

type page struct{ Label, Text string }

func read(t testing.TB, data string) ([]page, *extract.Meta, error) {
	t.Helper()
	var got []page
	m, err := Extractor{}.Extract(t.Context(), []byte(data), func(p corpus.Page) error {
		got = append(got, page{p.Label, p.Text})
		return nil
	})
	return got, m, err
}

const fonts = `{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset178 Arabic Transparent;}{\f2\fcharset161 Arial Greek;}{\f3\fcharset2 Symbol;}{\f4\fcharset128 MS Mincho;}{\f5\fcharset177 David;}}`

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", `\pard one\par two\line lines\par`, "one\n\ntwo\nlines"},
		{"line ends in the file are none", "\\pard mi\r\ngra\ntion\\par", "migration"},
		{"signs", `a\~b\_c\-d \{x\} \\ \ldblquote q\rdblquote\emdash\'e9`, "a b-cd {x} \\ “q”—é"},
		{"code page of a font", `\f1\'e5\'cc\'d1\'c9 \f2\'c5\'eb\'eb\'e7\'ed\'e9\'ea\'dc \f5\'f9\'ec\'e5\'ed`, "هجرة Ελληνικά שלום"},
		{"two bytes a character", `\f4\'93\'fa\'96\'7b`, "日本"},
		{"Unicode", `\uc1\u1607?\u1580?\uc2\u1585\'d1\'d1\u1577??`, "هجرة"},
		{"Unicode beyond 65535", `\uc1\u-10179?\u-8704?`, "\U0001F600"},
		{"font for text from the right", `\f0\af1\rtlch \'e5\'cc\'d1\'c9 \ltrch \'e9`, "هجرة é"},
		{"symbols", `\f3\'b7\'41\f0 x`, "•Ax"},
		{"hidden and deleted", `a{\v b}{\deleted c}\v0 d`, "ad"},
		{"pictures and objects", `a{\pict\wmetafile8 0123456789abcdef}{\object\objemb{\*\objdata 0102}{\result b}}{\*\unknown c}\bin3 {}}d`, "abd"},
		{"fields", `{\field{\*\fldinst HYPERLINK "x"}{\fldrslt link}}{\xe index}{\*\bkmkstart m}`, "link"},
		{"two ways to say it", `{\upr{old}{\*\ud{new}}}`, "new"},
		{"list", `\pard{\listtext\tab 1.\tab}\ilvl0 a\par{\listtext a)\tab}\ilvl1 b\par\pard c\par`, "1. a\n  a) b\n\nc"},
		{"table", `\pard\intbl a\par b\cell c\cell\row\pard\intbl d\cell e\cell\row\pard f\par`, "a b\tc\nd\te\n\nf"},
		{"table for the layout", `\pard\intbl a\par b\cell\row\pard c\par`, "a\n\nb\n\nc"},
		{"list within a table", `\pard\intbl{\listtext 1.\tab}a\par{\listtext 2.\tab}b\cell c\cell\row`, "1. a 2. b\tc"},
		{"note", `\pard a{\super\chftn}{\footnote\pard{\super\chftn} below\par}b\par c\par`, "ab\n\nc\n\n[1] below"},
		{"comment", `a{\*\atnid x}{\*\annotation no}b`, "ab"},
		{"text box", `a{\shp{\*\shpinst{\sp{\sn n}{\sv v}}{\shptxt \pard box\par}}{\shprslt no}}b\par`, "ab\n\nbox"},
		{"header once", `{\headerl\pard Ministry\par}{\headerr\pard Ministry\par}{\footer\pard 3\par}\pard a\par`, "a\n\nMinistry"},
		{"formula", `{\mmath{\*\moMath{\mctrlPr\i}{\mr x=2}}{\mmathPict no}}`, "x=2"},
		{"cut off", `\pard whole\par part {\b of`, "whole\n\npart of"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := `{\rtf1\ansi\ansicpg1252` + fonts + c.in
			if c.name != "cut off" {
				in += `}trailing`
			}
			got, m, err := read(t, in)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff([]page{{"", c.want}}, got); d != "" {
				t.Error(d)
			}
			if cut := len(m.Warnings) > 0; cut != (c.name == "cut off") {
				t.Errorf("warnings %q", m.Warnings)
			}
		})
	}
}

func TestDocument(t *testing.T) {
	got, m, err := read(t, `{\rtf1\ansi\ansicpg1256{\stylesheet{\s0 Normal;}{\s1\sb240 heading 1;}{\s2\outlinelevel1 Own;}{\s3 Title;}}`+
		`{\info{\title Law 5 of 2025}{\author A. Author;B. Author}{\company no}{\operator no}}`+
		`\pard\s3 \'de\'c7\'e4\'e6\'e4\par\pard\s0 a\par\pard\s1 One\par\pard b\par\pard\s2 Two\par\pard c\par\pard\outlinelevel0 Three\par\pard d\par}`)
	if err != nil {
		t.Fatal(err)
	}
	want := []page{{"قانون", "قانون\n\na"}, {"One", "One\n\nb"}, {"Two", "Two\n\nc"}, {"Three", "Three\n\nd"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if m.Title != "Law 5 of 2025" || m.TitleFrom != corpus.FromFile || len(m.Authors) != 2 || len(m.Outline) != 3 || m.Outline[1].Level != 2 {
		t.Errorf("%+v", m)
	}
}

func TestHostile(t *testing.T) {
	if _, _, err := read(t, `{\rtf1 `+strings.Repeat("{", maxDepth+1)); !errors.Is(err, extract.ErrDamaged) || !strings.Contains(err.Error(), "nested deeper") {
		t.Errorf("nested: %v", err)
	}
	for _, in := range []string{`}`, `{\rtf1}}}{`, `{\rtf1\u999999999999999999999 }`, `{\rtf1\bin99999999 `, `{\rtf1\'`, `{\rtf1\uc-1\u65 \uc999999999\u66 x}`, `{\rtf1\` + strings.Repeat("a", 1<<20)} {
		if _, _, err := read(t, in); err != nil {
			t.Errorf("%.30q: %v", in, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Extractor{}.Extract(ctx, []byte(`{\rtf1 `+strings.Repeat("a", 10_000)), func(corpus.Page) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func FuzzExtract(f *testing.F) {
	for _, s := range []string{
		`{\rtf1` + fonts + `\uc1\u1607?\intbl a\cell\row{\listtext 1.}{\footnote x}\par}`, `{\rtf1{\upr{a}{\*\ud b}}\bin2 xx\'4`,
		`{\rtf1{\stylesheet{\s1 heading 1;}}{\info{\title x}}{\*\x{\pict}}\u-10179?\u1?}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, err := extract.Table{extract.RTF: Extractor{}}.Extract(t.Context(), "a.rtf", []byte(`{\rtf`+s))
		if errors.Is(err, extract.ErrCrashed) {
			t.Error(err)
		}
	})
}
