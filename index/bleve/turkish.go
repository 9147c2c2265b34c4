package bleve

import (
	"unicode/utf8"

	bleveanalysis "github.com/blevesearch/bleve/v2/analysis"
)

// turkishStems names turkishStemmer in the table of languages.
const turkishStems = "marsa_stemmer_tr"

// turkishStem is how many letters of a word are kept.
const turkishStem = 5

// turkishStemmer keeps the beginning of what Snowball leaves of a word. Turkish
// adds endings to endings, and Snowball takes the last few off; the first five
// letters find more (Can and others, Information Retrieval on Turkish Texts, JASIST
// 59(3), 2008). The common field still tells the whole words apart.
type turkishStemmer struct{}

func (turkishStemmer) Filter(tokens bleveanalysis.TokenStream) bleveanalysis.TokenStream {
	for _, t := range tokens {
		end := 0
		for n := 0; n < turkishStem && end < len(t.Term); n++ {
			_, size := utf8.DecodeRune(t.Term[end:])
			end += size
		}
		t.Term = t.Term[:end]
	}
	return tokens
}

// turkishEndings are what stands after the apostrophe of a name: Türkiye'nin.
const turkishEndings = "nin nın nun nün in ın un ün ye ya yi yı yu yü ni nı nu nü ne na nde nda nden ndan de da te ta den dan ten tan " +
	"le la yle yla deki daki teki taki dir dır dur dür tir tır lar ler ları leri ların lerin lara lere larda lerde " +
	"si sı su sü sinin sının sine sına sinde sında sini sını i ı u ü e a"
