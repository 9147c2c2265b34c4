package main

import (
	"fmt"
	"html"
	"regexp"
	"strings"
)

// language says where a text comes from and what it is printed in.
type language struct {
	code    string // of the file names
	file    string // of the npm package
	tex     string // its name in polyglossia
	rtl     bool
	columns bool      // also printed in two and three columns
	fonts   [3]string // of LibreOffice, Chromium and XeTeX
	script  string    // XeTeX's name of the script
	own     string    // a paragraph of this project, after the declaration
}

var latin = [3]string{"DejaVu Serif", "Noto Serif", "FreeSerif"}

var languages = []language{
	{code: "en", file: "eng.html", tex: "english", script: "Latin", columns: true, fonts: latin},
	{code: "fr", file: "fra.html", tex: "french", script: "Latin", columns: true, fonts: latin},
	{code: "es", file: "spa.html", tex: "spanish", script: "Latin", fonts: latin},
	{code: "el", file: "ell_monotonic.html", tex: "greek", script: "Greek", fonts: latin},
	{code: "ar", file: "arb.html", tex: "arabic", script: "Arabic", rtl: true, columns: true,
		fonts: [3]string{"DejaVu Sans", "Noto Naskh Arabic", "Amiri"},
		own:   "ليست هذه الفقرة من الإعلان. صدر القانون رقم 52 لسنة 2023 (الجريدة الرسمية، العدد ١٤٥) في ٣ مايو ٢٠٢٣ ونشرته International Organization for Migration في جنيف، وزادت النسبة من 12.5% إلى ١٧٪ بين 1990 و 2020."},
	{code: "he", file: "heb.html", tex: "hebrew", script: "Hebrew", rtl: true,
		fonts: [3]string{"DejaVu Sans", "Noto Serif Hebrew", "FreeSerif"},
		own:   "פסקה זו אינה חלק מן ההכרזה. חוק מספר 52 משנת 2023 (רשומות 3145) פורסם על ידי International Organization for Migration בז׳נבה, והשיעור עלה מ 12.5% ל 17% בין 1990 ל 2020."},
}

// block is a heading or a paragraph.
type block struct {
	level int // of a heading; 0 is a paragraph
	text  string
}

var element = regexp.MustCompile(`(?s)<(ol|li|h1|h2|p)>(?:\s*([^<]*)</)?`)

// declaration returns the text of a file of the npm package, the paragraphs of
// lists with their numbers as part of the text.
func declaration(page string, l language) []block {
	var blocks []block
	item, marker := 0, ""
	for _, m := range element.FindAllStringSubmatch(page, -1) {
		text := strings.Join(strings.Fields(html.UnescapeString(m[2])), " ")
		switch m[1] {
		case "ol":
			item = 0
		case "li":
			item++
			marker = fmt.Sprintf("%d. ", item)
		case "h1", "h2":
			blocks = append(blocks, block{int(m[1][1] - '0'), text})
		case "p":
			blocks = append(blocks, block{0, marker + text})
			marker = ""
		}
	}
	if l.own != "" {
		blocks = append(blocks, block{0, l.own})
	}
	return blocks
}

// What the pages with running heads print besides the declaration.
const (
	runningHead = "Known text of a reader of documents"
	footnote    = "This note is not of the declaration; it belongs to the page above, number"
	pageBlocks  = 17 // blocks of such a page
)

// sheet is a page with running head and footnotes.
type sheet struct {
	number int
	blocks []block
}

// sheets parts the declaration where the printer is told to begin a page.
func sheets(blocks []block) []sheet {
	var out []sheet
	for len(blocks) > 0 {
		n := min(pageBlocks, len(blocks))
		for n < len(blocks) && n > 1 && blocks[n-1].level > 0 {
			n-- // a heading goes with what follows
		}
		out = append(out, sheet{len(out) + 1, blocks[:n]})
		blocks = blocks[n:]
	}
	return out
}

// noted says whether a footnote is called after the block: two on each page.
func (s sheet) noted(i int) (note int, ok bool) {
	switch i {
	case 1:
		return 2*s.number - 1, true
	case 4:
		return 2 * s.number, true
	}
	return 0, false
}

// knownText is what is printed, in reading order.
func (p print) knownText(blocks []block) string {
	var b strings.Builder
	if !p.notes {
		for _, bl := range blocks {
			b.WriteString(bl.text + "\n\n")
		}
		return b.String()
	}
	for _, s := range sheets(blocks) {
		fmt.Fprintf(&b, "%s\n\n", runningHead)
		var notes string
		for i, bl := range s.blocks {
			b.WriteString(bl.text)
			if n, ok := s.noted(i); ok {
				fmt.Fprintf(&b, " %d", n)
				notes += fmt.Sprintf("%d %s %d.\n\n", n, footnote, n)
			}
			b.WriteString("\n\n")
		}
		fmt.Fprintf(&b, "%sPage %d\f", notes, s.number)
	}
	return b.String()
}
