package corpus

// Tag says that a document has to do with a concept, and proves it.
type Tag struct {
	Concept  ConceptID
	Role     Role
	Weight   float64 // 0 to 1
	Rule     string  // which rule gave it, such as "title" or "listed-only"
	By       string  // ByRule, ByRecord or a person's name; a person's tag is never overwritten
	State    TagState
	Evidence []Span // the sentences that earned it; empty for a tag from the record
}

// Who gave a tag, when it was not a person.
const (
	ByRule   = "rule"
	ByRecord = "record"
)

// Role is the part a concept plays in a document.
type Role string

// Roles of a concept.
const (
	About       Role = "about"
	Mentions    Role = "mentions"
	PublishedBy Role = "published-by"
)

// TagState is what people have said of a tag.
type TagState string

// What people have said of a tag.
const (
	Proposed  TagState = "proposed"
	Confirmed TagState = "confirmed"
	Rejected  TagState = "rejected"
)
