package search

import (
	"strings"

	"marsa/corpus"
	"marsa/index"
	"marsa/internal/fold"
)

// A queryField is what stands before a colon in a query: words to look for in one
// text field, or a filter.
type queryField struct {
	name   string // as it is written in English
	words  index.TextField
	filter index.Field
	page   bool // the pages of a document; see takePages
}

// queryFields lists the fields with their names in all languages of the
// interface, the English one first.
var queryFields = []struct {
	names string
	queryField
}{
	{"title titre عنوان العنوان", queryField{words: index.InTitle}},
	{"author auteur مؤلف المؤلف", queryField{words: index.InAuthor}},
	{"publisher éditeur ناشر الناشر", queryField{words: index.InPublisher}},
	{"country pays بلد البلد دولة", queryField{filter: index.FieldCountry}},
	{"mentions mentionne يذكر", queryField{filter: index.FieldMentions}},
	{"origin origine منشأ المنشأ", queryField{filter: index.FieldOrigin}},
	{"transit عبور العبور", queryField{filter: index.FieldTransit}},
	{"destination مقصد المقصد", queryField{filter: index.FieldDestination}},
	{"published-by publié-par بلد-النشر", queryField{filter: index.FieldPublishedBy}},
	{"topic thème sujet موضوع الموضوع", queryField{filter: index.FieldTopic}},
	{"kind type genre نوع النوع", queryField{filter: index.FieldKind}},
	{"lang language langue لغة اللغة", queryField{filter: index.FieldLanguage}},
	{"year année سنة السنة عام", queryField{filter: index.FieldYear}},
	{"doc document وثيقة الوثيقة", queryField{filter: index.FieldID}},
	{"page صفحة الصفحة", queryField{page: true}},
	{"quality qualité جودة الجودة", queryField{filter: index.FieldQuality}},
}

// fieldNames finds a field by its folded name.
var fieldNames = func() map[string]queryField {
	m := map[string]queryField{}
	for _, f := range queryFields {
		names := strings.Fields(f.names)
		f.name = names[0]
		for _, n := range names {
			m[fold.Text(n)] = f.queryField
		}
	}
	return m
}()

// languageNames are the languages of the interface in these languages; other
// languages are given by their codes.
var languageNames = map[string]string{
	"english": "en", "anglais": "en", "الانجليزيه": "en", "انجليزي": "en", "انجليزيه": "en",
	"french": "fr", "francais": "fr", "الفرنسيه": "fr", "فرنسي": "fr", "فرنسيه": "fr",
	"arabic": "ar", "arabe": "ar", "العربيه": "ar", "عربي": "ar", "عربيه": "ar",
}

// qualityNames are how well documents were read, as readers see it in the
// languages of the interface, and in one word.
var qualityNames = func() map[string]corpus.State {
	m := map[string]corpus.State{}
	for state, names := range map[corpus.State]string{
		corpus.Complete:   "complet|كامل",
		corpus.Partial:    "in part|partiel|en partie|جزئي",
		corpus.Suspicious: "doubtful|doubtful text|douteux|texte douteux|مشكوك|مشكوك فيه|نص مشكوك فيه",
		corpus.Scan:       "picture|picture without text|image|image sans texte|صورة|صورة بلا نص",
		corpus.OCR:        "recognised|recognised from a picture|reconnu|reconnu d’après une image|مستخرج|نص مستخرج من صورة",
		corpus.Unreadable: "illisible|غير مقروء",
	} {
		for n := range strings.SplitSeq(names, "|") {
			m[fold.Text(n)] = state
		}
	}
	return m
}()
