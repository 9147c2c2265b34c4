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

// Searchable says whether text in this state is indexed as language.
func (s State) Searchable() bool { return s != Scan && s != Unreadable }

// Quality is what is known of how well a page was read.
type Quality struct {
	State      State
	Engine     string  // which reader gave the text
	Agreement  float64 // word F1 of two readers, 0 to 1; 0 when only one read it
	Confidence float64 // of the program that recognised the text, mean over the words, 0 to 1; 0 for any other text
	Reason     string  // a key such as "glyphs-without-unicode"; empty when complete
}
