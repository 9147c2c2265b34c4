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

// Roles of a concept. A country may have several in one document: one of About
// and Mentions, and beside it any of the others.
const (
	About           Role = "about"
	Mentions        Role = "mentions"
	PublishedBy     Role = "published-by"
	RoleOrigin      Role = "origin"      // a country that people leave
	RoleTransit     Role = "transit"     // one that they go through
	RoleDestination Role = "destination" // one that they go to
)

// Roles returns all roles.
func Roles() []Role {
	return []Role{About, Mentions, RoleOrigin, RoleTransit, RoleDestination, PublishedBy}
}

// Claim is what a tag says, however sure it is of it: a document has at most one
// tag for each. A tag that says a document is about a concept and one that says it
// only names it answer the same question, so their Role in a claim is About.
type Claim struct {
	Concept ConceptID
	Role    Role
}

// Claim returns what the tag says.
func (t *Tag) Claim() Claim { return ClaimOf(t.Concept, t.Role) }

// ClaimOf returns the claim of a concept in a role; no role is About.
func ClaimOf(c ConceptID, r Role) Claim {
	if r == Mentions || r == "" {
		r = About
	}
	return Claim{c, r}
}

// TagState is what people have said of a tag.
type TagState string

// What people have said of a tag.
const (
	Proposed  TagState = "proposed"
	Confirmed TagState = "confirmed"
	Rejected  TagState = "rejected"
)
