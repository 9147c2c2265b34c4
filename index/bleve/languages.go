package bleve

import (
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/ckb"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fa"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/hi"
	"github.com/blevesearch/bleve/v2/analysis/lang/hr"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/in"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pl"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"

	"marsa/corpus"
)

// A language is one that Bleve can stem, or at least knows the stop words and
// spellings of.
type language struct {
	lang     corpus.Lang
	stops    []string // Bleve's names of lists of words that are not indexed in the language's fields
	filters  []string // Bleve's names of token filters for the other words, in order
	elided   string   // further such words, parted by spaces: what stands before or after an apostrophe
	unmarked bool     // vowel signs and tatweel are taken off first
}

// languages is in the order of the fields; a change of it or of the filters is
// a new index.SchemaVersion.
var languages = [numLanguages]language{
	{lang: "ar", stops: []string{ar.StopName}, filters: []string{ar.NormalizeName, arabicStems}, unmarked: true},
	{lang: "ckb", stops: []string{ckb.StopName}, filters: []string{ckb.NormalizeName, ckb.StemmerName}, unmarked: true},
	{lang: "da", stops: []string{da.StopName}, filters: []string{da.SnowballStemmerName}},
	{lang: "de", stops: []string{de.StopName}, filters: []string{de.SnowballStemmerName, de.NormalizeName}},
	{lang: "en", stops: []string{en.StopName}, filters: []string{porter.Name}, elided: "s t d m ll re ve don doesn didn isn aren wasn weren hasn haven hadn couldn shouldn wouldn"},
	{lang: "es", stops: []string{es.StopName}, filters: []string{es.SnowballStemmerName}},
	{lang: "fa", stops: []string{fa.StopName}, filters: []string{ar.NormalizeName, fa.NormalizeName}, unmarked: true},
	{lang: "fi", stops: []string{fi.StopName}, filters: []string{fi.SnowballStemmerName}},
	{lang: "fr", stops: []string{fr.StopName, fr.ArticlesName}, filters: []string{fr.LightStemmerName}, elided: "presqu"},
	{lang: "hi", stops: []string{hi.StopName}, filters: []string{in.NormalizeName, hi.NormalizeName, hi.StemmerName}},
	{lang: "hr", stops: []string{hr.StopName}, filters: []string{hr.SuffixTransformationFilterName, hr.StemmerName}},
	{lang: "hu", stops: []string{hu.StopName}, filters: []string{hu.SnowballStemmerName}},
	{lang: "it", stops: []string{it.StopName, it.ArticlesName}, filters: []string{it.LightStemmerName}},
	{lang: "nl", stops: []string{nl.StopName}, filters: []string{nl.SnowballStemmerName}},
	{lang: "no", stops: []string{no.StopName}, filters: []string{no.SnowballStemmerName}},
	{lang: "pl", stops: []string{pl.StopName}, filters: []string{pl.SnowballStemmerName}},
	{lang: "pt", stops: []string{pt.StopName}, filters: []string{pt.LightStemmerName}},
	{lang: "ro", stops: []string{ro.StopName}, filters: []string{ro.SnowballStemmerName}},
	{lang: "ru", stops: []string{ru.StopName}, filters: []string{ru.SnowballStemmerName}},
	{lang: "sv", stops: []string{sv.StopName}, filters: []string{sv.SnowballStemmerName}},
	{lang: "tr", stops: []string{tr.StopName}, filters: []string{tr.SnowballStemmerName, turkishStems}, elided: turkishEndings},
}
