package pdf

import (
	"strings"
	"unicode"

	"marsa/corpus"
)

// Shares from which a page is not to be trusted. Measured on 634 pages of Arabic
// laws, alef and lam make .228 of the letters and more; on the 44 pages among
// them whose fonts map letters wrongly, .174 and less. In languages written with
// Latin letters a third or more are vowels.
const (
	suspiciousShare = .1 // of glyphs without Unicode
	unreadableShare = .5 // of glyphs without Unicode
	pictureShare    = .2 // of the page under pictures: a scan may be a clipping
	scanShare       = .5 // of a page under pictures that has fewWords of text, such as the mark of who scanned it
	fewWords        = 10
	leastAlefLam    = .2  // of the letters of Arabic
	leastVowels     = .18 // of Latin letters
	mostPersian     = .02 // of letters that Persian and Urdu have and Arabic has not
	enoughLetters   = 200 // to judge by
)

// quality judges a page by what was drawn on it and what was read.
func (p *page) quality(text string) corpus.Quality {
	pictures := p.images / (p.width * p.height)
	if text == "" && pictures >= pictureShare {
		return corpus.Quality{State: corpus.Scan, Engine: Engine, Reason: corpus.ReasonImage}
	}
	q := judge(text, Engine)
	if q.State == corpus.Complete && text != "" && len(strings.Fields(text)) < fewWords && pictures >= scanShare {
		q.State, q.Reason = corpus.Suspicious, corpus.ReasonPicture
	}
	return q
}

// judge says whether a text can be what is printed.
func judge(text, engine string) corpus.Quality {
	q := corpus.Quality{State: corpus.Complete, Engine: engine}
	known, unknown := 0, 0
	for _, r := range text {
		switch {
		case r == unicode.ReplacementChar:
			unknown++
		case !unicode.IsSpace(r):
			known++
		}
	}
	share := float64(unknown) / float64(max(1, known+unknown))
	switch {
	case share >= unreadableShare:
		q.State, q.Reason = corpus.Unreadable, corpus.ReasonGlyphs
	case share >= suspiciousShare:
		q.State, q.Reason = corpus.Suspicious, corpus.ReasonGlyphs
	case unlikelyArabic(text):
		q.State, q.Reason = corpus.Unreadable, corpus.ReasonLanguage
	case unlikelyLatin(text):
		q.State, q.Reason = corpus.Suspicious, corpus.ReasonLanguage
	}
	return q
}

// unlikelyArabic says whether Arabic letters are spread as the language never
// spreads them, which is what fonts with a wrong map to Unicode give.
func unlikelyArabic(text string) bool {
	var all, alefLam, persian int
	for _, r := range text {
		if (r < 0x0620 || r > 0x064A) && (r < 0x066E || r > 0x06D3) {
			continue
		}
		all++
		switch {
		case strings.ContainsRune("اأإآٱل", r):
			alefLam++
		case r > 0x066E:
			persian++
		}
	}
	return all >= enoughLetters && float64(alefLam) < leastAlefLam*float64(all) &&
		float64(persian) < mostPersian*float64(all)
}

// unlikelyLatin says the same of Latin letters. A letter with an accent counts
// as a vowel.
func unlikelyLatin(text string) bool {
	var all, vowels int
	for _, r := range text {
		if !unicode.Is(unicode.Latin, r) {
			continue
		}
		all++
		if r > unicode.MaxASCII || strings.ContainsRune("aeiouyAEIOUY", r) {
			vowels++
		}
	}
	return all >= enoughLetters && float64(vowels) < leastVowels*float64(all)
}
