package ooxml

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"marsa/internal/extract"
)

func pack(t testing.TB, parts ...string) *Package {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	p, err := Open(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// text reads all text of a part.
func text(p *Package, part string) (string, error) {
	r, err := p.Open(part)
	if err != nil {
		return "", err
	}
	defer r.Close()
	var s string
	err = r.Walk(func(Element) error {
		s, err = r.Text()
		return err
	})
	return s, err
}

func TestReader(t *testing.T) {
	utf16 := "\xFF\xFE" + strings.Join(strings.Split(`<?xml version="1.0" encoding="UTF-16"?><a>x</a>`, ""), "\x00") + "\x00"
	for _, c := range []struct {
		name, in, want string
		err            error
	}{
		{"text", "<a>x<b>y</b>z</a>", "xyz", nil},
		{"in another encoding", "<?xml version='1.0' encoding='windows-1252'?><a>\xE9</a>", "é", nil},
		{"UTF-16", utf16, "x", nil},
		{"an encoding that is none", "<?xml version='1.0' encoding='x-none'?><a>x</a>", "", extract.ErrDamaged},
		{"DTD", "<!DOCTYPE a><a>x</a>", "", extract.ErrDamaged},
		{"DTD within", "<a><!DOCTYPE a>x</a>", "", extract.ErrDamaged},
		{"not closed", "<a>x", "x", extract.ErrDamaged},
		{"no element", "", "", extract.ErrDamaged},
		{"deep", strings.Repeat("<a>", extract.MaxDepth+1), "", extract.ErrDamaged},
		{"over the limit of a part", "<a>" + strings.Repeat("x", 2_000) + "</a>", "", extract.ErrTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := pack(t, "part.xml", c.in)
			p.part = 1_500
			got, err := text(p, "Part.XML")
			if !errors.Is(err, c.err) || (err != nil) != (c.err != nil) || got != c.want && c.err == nil {
				t.Errorf("got %.40q, %v; want %q, %v", got, err, c.want, c.err)
			}
		})
	}
}

func TestLimitOverAllParts(t *testing.T) {
	part := "<a>" + strings.Repeat("x", 1_000) + "</a>"
	p := pack(t, "1.xml", part, "2.xml", part)
	p.left = 1_500
	if _, err := text(p, "1.xml"); err != nil {
		t.Fatal(err)
	}
	if _, err := text(p, "2.xml"); !errors.Is(err, extract.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
	if _, err := p.Read("2.xml"); !errors.Is(err, extract.ErrTooLarge) {
		t.Errorf("read whole: %v", err)
	}
}

func TestChildren(t *testing.T) {
	r, err := pack(t, "a.xml", "<a>1<b x:id='no' id='7'>2<c>3</c></b>4<d><e/>5</d><b/>6</a>").Open("a.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var names []string
	var between string
	err = r.Walk(func(Element) error {
		return r.Content(func(e Element) error {
			names = append(names, e.Name+e.Attr("id"))
			if e.Name == "d" {
				return r.Children(func(e Element) error { names = append(names, e.Name); return nil })
			}
			return nil // the rest of it is skipped
		}, func(s string) { between += s })
	})
	if d := cmp.Diff([]string{"bno", "d", "e", "b"}, names); d != "" || err != nil || between != "146" {
		t.Errorf("%s %q %v", d, between, err)
	}
}

func TestRelationships(t *testing.T) {
	p := pack(t, "ppt/_rels/main.xml.rels", `<Relationships>
<Relationship Id="a" Type="http://x/slide" Target="slides/1.xml"/>
<Relationship Id="b" Type="http://x/slide" Target="/ppt/slides/2.xml#top"/>
<Relationship Id="c" Type="http://x/slide" Target="../../../../etc/passwd"/>
<Relationship Id="d" Type="http://x/slide" Target="slides\3.xml"/>
<Relationship Id="e" Type="http://x/image" TargetMode="External" Target="http://outside.example/"/>
</Relationships>`)
	got, err := p.Relationships("ppt/main.xml")
	want := []Relationship{{"a", "slide", "ppt/slides/1.xml"}, {"b", "slide", "ppt/slides/2.xml"}, {"c", "slide", "etc/passwd"}, {"d", "slide", "ppt/slides/3.xml"}}
	if d := cmp.Diff(want, got); d != "" || err != nil {
		t.Errorf("%s %v", d, err)
	}
	if got, err := p.Relationships("other.xml"); err != nil || got != nil {
		t.Errorf("a part without any: %v, %v", got, err)
	}
}
