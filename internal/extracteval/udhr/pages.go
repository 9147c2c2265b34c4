package main

import (
	"fmt"
	"html"
	"strings"
)

func (l language) direction() string {
	if l.rtl {
		return "rtl"
	}
	return "ltr"
}

// html is the page for Chromium. The title stands above the columns.
func (p print) html(blocks []block) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang=%s dir=%s><meta charset=utf-8><title>%s</title>
<style>@page{size:A4;margin:2cm}body{font:11pt %q;text-align:justify;hyphens:manual}
h1{font-size:18pt}h2{font-size:13pt;break-after:avoid}h1,h2{text-align:start}main{columns:%d;column-gap:1cm}</style>`,
		p.lang.code, p.lang.direction(), html.EscapeString(blocks[0].text), p.lang.fonts[1], p.columns)
	fmt.Fprintf(&b, "<h1>%s</h1><main>\n", html.EscapeString(blocks[0].text))
	for _, bl := range blocks[1:] {
		tag := "p"
		if bl.level > 0 {
			tag = fmt.Sprintf("h%d", bl.level)
		}
		fmt.Fprintf(&b, "<%s>%s</%[1]s>\n", tag, html.EscapeString(bl.text))
	}
	return b.String() + "</main></html>"
}

const officeHead = `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="F" svg:font-family="'%[1]s'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties style:writing-mode="%[2]s"/>
<style:text-properties style:font-name="F" style:font-name-complex="F" fo:font-size="11pt" style:font-size-complex="11pt" fo:language="%[3]s" style:language-complex="%[3]s"/></style:default-style>
<style:style style:name="T0" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.2cm" style:writing-mode="%[2]s" fo:text-align="justify"/></style:style>
<style:style style:name="T1" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.5cm" style:writing-mode="%[2]s" fo:text-align="start"/><style:text-properties fo:font-size="18pt" style:font-size-complex="18pt"/></style:style>
<style:style style:name="T2" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.3cm" fo:margin-bottom="0.2cm" style:writing-mode="%[2]s" fo:text-align="start" fo:keep-with-next="always"/><style:text-properties fo:font-size="13pt" style:font-size-complex="13pt"/></style:style>
</office:styles>
<office:automatic-styles>
<style:style style:name="S" style:family="section"><style:section-properties style:writing-mode="%[2]s" text:dont-balance-text-columns="false"><style:columns fo:column-count="%[4]d" fo:column-gap="1cm"/></style:section-properties></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm" style:writing-mode="%[2]s"/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"/></office:master-styles>
<office:body><office:text>
`

// openDocument is the flat text for LibreOffice.
func (p print) openDocument(blocks []block) string {
	mode := map[string]string{"ltr": "lr-tb", "rtl": "rl-tb"}[p.lang.direction()]
	var b strings.Builder
	fmt.Fprintf(&b, officeHead, p.lang.fonts[0], mode, p.lang.code, p.columns)
	for i, bl := range blocks {
		fmt.Fprintf(&b, `<text:p text:style-name="T%d">%s</text:p>`+"\n", bl.level, html.EscapeString(bl.text))
		if i == 0 {
			b.WriteString(`<text:section text:style-name="S" text:name="body">` + "\n")
		}
	}
	return b.String() + "</text:section></office:text></office:body></office:document>"
}

var texSpecial = strings.NewReplacer(`\`, `\textbackslash{}`, "%", `\%`, "&", `\&`, "#", `\#`, "_", `\_`, "$", `\$`, "{", `\{`, "}", `\}`)

// tex is the text for XeTeX, whose paragraphs are hyphenated.
func (p print) tex(blocks []block) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\\documentclass[11pt,a4paper]{article}\\usepackage[margin=2cm]{geometry}\\usepackage{multicol,fancyhdr}\n"+
		"\\usepackage{fontspec,polyglossia}\\setmainlanguage{%s}\\setotherlanguage{english}\n"+
		"\\newfontfamily\\%[1]sfont[Script=%[2]s]{%[3]s}\\setmainfont[Script=%[2]s]{%[3]s}\n"+
		"\\parindent0pt\\parskip6pt\\pagestyle{empty}\\emergencystretch2em\\columnsep1cm\n\\begin{document}\n",
		p.lang.tex, p.lang.script, p.lang.fonts[2])
	if p.notes {
		fmt.Fprintf(&b, "\\pagestyle{fancy}\\fancyhf{}\\lhead{%s}\\cfoot{Page \\thepage}\n", runningHead)
		for _, s := range sheets(blocks) {
			for i, bl := range s.blocks {
				note := ""
				if n, ok := s.noted(i); ok {
					note = fmt.Sprintf("\\footnote{%s %d.}", footnote, n)
				}
				b.WriteString(texBlock(bl, note))
			}
			b.WriteString("\\newpage\n")
		}
		return b.String() + "\\end{document}\n"
	}
	b.WriteString(texBlock(blocks[0], ""))
	open, shut := "", ""
	if p.columns > 1 {
		open, shut = fmt.Sprintf("\\begin{multicols}{%d}\n", p.columns), "\\end{multicols}\n"
	}
	b.WriteString(open)
	for _, bl := range blocks[1:] {
		b.WriteString(texBlock(bl, ""))
	}
	return b.String() + shut + "\\end{document}\n"
}

func texBlock(bl block, note string) string {
	text := texSpecial.Replace(bl.text) + note
	switch bl.level {
	case 1:
		return "{\\raggedright\\LARGE " + text + "\\par}\n"
	case 2:
		return "{\\raggedright\\large " + text + "\\par}\\nobreak\n"
	}
	return text + "\\par\n"
}
