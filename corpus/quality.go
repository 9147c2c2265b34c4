package corpus

// State says how much of a page or a document could be read.
type State string

// How much could be read.
const (
	Complete   State = "complete"
	Partial    State = "partial"    // reading ended before the end
	Suspicious State = "suspicious" // the text may not be what is printed
	Scan       State = "scan"       // a picture without text
	OCR        State = "ocr"        // text recognised from a picture
	Unreadable State = "unreadable" // there is text, but it is not language
)

// States lists the states, the best first.
func States() []State { return []State{Complete, OCR, Suspicious, Partial, Scan, Unreadable} }

// StateOf says how much of a document could be read, from its pages: one that
// has lost any of its text is partial, and one that has lost all of it is what
// its pages are.
func StateOf(pages []Page) State {
	n := map[State]int{}
	for _, p := range pages {
		n[p.Quality.State]++
	}
	switch lost := n[Scan] + n[Unreadable]; {
	case lost > 0 && lost == len(pages):
		if n[Unreadable] > n[Scan] {
			return Unreadable
		}
		return Scan
	case lost > 0 && lost+n[OCR] == len(pages):
		return OCR
	case lost+n[Partial] > 0:
		return Partial
	case n[Suspicious] > 0:
		return Suspicious
	case n[OCR] > 0:
		return OCR
	}
	return Complete
}

// Searchable says whether text in this state is indexed as language.
func (s State) Searchable() bool { return s != Scan && s != Unreadable }

// Quality is what is known of how well a page was read.
type Quality struct {
	State      State
	Engine     string  // which reader gave the text
	Agreement  float64 // word F1 of two readers, 0 to 1; 0 when only one read it
	Confidence float64 // of the program that recognised the text, mean over the words, 0 to 1; 0 for any other text
	Reason     string  // one of Reasons; empty when complete
}

// Why a page is not complete. Readers meet each as a sentence of the interface.
const (
	ReasonImage         = "image-only"             // a picture of a page
	ReasonPicture       = "picture-with-few-words" // a cover, or a scan that its maker put a mark on
	ReasonSlide         = "picture-only"           // a slide of pictures
	ReasonGlyphs        = "glyphs-without-unicode" // the file does not say which letters its shapes are
	ReasonLanguage      = "not-language"           // the letters make no words
	ReasonDamaged       = "damaged-page"
	ReasonDamagedSlide  = "damaged-slide"
	ReasonDamagedSheet  = "damaged-sheet"
	ReasonTooLarge      = "page-over-limit"
	ReasonNoText        = "ocr-no-text"        // there is a picture and no text in it
	ReasonLowConfidence = "ocr-low-confidence" // text recognition doubts its own answer
	ReasonFailed        = "ocr-failed"
)

// Reasons lists why a page can be other than complete.
func Reasons() []string {
	return []string{
		ReasonImage, ReasonPicture, ReasonSlide, ReasonGlyphs, ReasonLanguage, ReasonDamaged, ReasonDamagedSlide, ReasonDamagedSheet,
		ReasonTooLarge, ReasonNoText, ReasonLowConfidence, ReasonFailed,
	}
}
