package main

import (
	"fmt"
	"strings"

	"marsa/corpus"
)

// phrase is what every document of a language says of itself.
type phrase struct {
	Notice   string
	Compiled string // "%s" is the month
	Authors  string // "%s" is the list
	Review   string
	Sources  string // the heading of the list at the end
	Contents string
	ReadMe   string // the first sheet of a workbook
	Months   [12]string
	Kinds    map[corpus.Kind]string
}

// phrases are the languages that texts may be written in.
var phrases = map[corpus.Lang]*phrase{
	"en": {
		Notice:   "Compiled for the marsa starter collection from public sources; not a publication of the EUROMED Migration II project.",
		Compiled: "Compiled: %s.",
		Authors:  "Text: %s.",
		Review:   "Language review: none yet.",
		Sources:  "Sources",
		Contents: "Contents",
		ReadMe:   "Read me",
		Months: [12]string{"January", "February", "March", "April", "May", "June", "July",
			"August", "September", "October", "November", "December"},
		Kinds: map[corpus.Kind]string{
			"legislation-summary": "Legislation summary", "study": "Study",
			"training-material": "Training material", "working-group-paper": "Working-group paper",
			"policy-brief": "Policy brief", "handbook": "Handbook", "glossary": "Glossary",
		},
	},
	"fr": {
		Notice:   "Document établi pour la collection de départ de marsa à partir de sources publiques\u00A0; il ne s’agit pas d’une publication du projet EUROMED Migration II.",
		Compiled: "Établi en %s.",
		Authors:  "Texte\u00A0: %s.",
		Review:   "Relecture linguistique\u00A0: aucune à ce jour.",
		Sources:  "Sources",
		Contents: "Sommaire",
		ReadMe:   "Lisez-moi",
		Months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet",
			"août", "septembre", "octobre", "novembre", "décembre"},
		Kinds: map[corpus.Kind]string{
			"legislation-summary": "Synthèse de la législation", "study": "Étude",
			"training-material": "Matériel de formation", "working-group-paper": "Document de groupe de travail",
			"policy-brief": "Note d’orientation", "handbook": "Guide pratique", "glossary": "Glossaire",
		},
	},
	"ar": {
		Notice:   "أُعدّت هذه الوثيقة لمجموعة «مرسى» الأولية بالاستناد إلى مصادر متاحة للعموم، وهي ليست من منشورات مشروع EUROMED Migration II (يوروميد للهجرة الثاني).",
		Compiled: "تاريخ الإعداد: %s.",
		Authors:  "النص: %s.",
		Review:   "المراجعة اللغوية: لم تُجرَ بعد.",
		Sources:  "المصادر",
		Contents: "المحتويات",
		ReadMe:   "تعريف",
		Months: [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو",
			"أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
		Kinds: map[corpus.Kind]string{
			"legislation-summary": "ملخص التشريع", "study": "دراسة",
			"training-material": "مواد تدريبية", "working-group-paper": "ورقة فريق العمل",
			"policy-brief": "موجز السياسات", "handbook": "دليل عملي", "glossary": "مسرد المصطلحات",
		},
	},
}

// about returns what the first page says of the document: the notice, then
// when and by whom it was compiled, its licence and its language review.
func (t *Text) about() (notice, record string) {
	p := phrases[t.Lang()]
	month := fmt.Sprint(t.Issued.Year())
	var y, m int
	if n, _ := fmt.Sscanf(string(t.Issued), "%d-%d", &y, &m); n == 2 {
		month = p.Months[m-1] + " " + month
	}
	return p.Notice, strings.Join([]string{
		fmt.Sprintf(p.Compiled, month),
		fmt.Sprintf(p.Authors, strings.Join(t.Authors, ", ")),
		t.Licence + ".",
		p.Review,
	}, " ")
}

// kindLabel is the kind as printed above the title.
func (t *Text) kindLabel() string { return phrases[t.Lang()].Kinds[t.Kind] }
