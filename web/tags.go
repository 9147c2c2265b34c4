package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"marsa/corpus"
)

// tagsView is what the page for changing tags shows. Readers have no link to it.
type tagsView struct {
	layout
	Doc    *corpus.Document
	By     string // whose word it is: the name of the sign-in
	Tags   []judgedView
	Action string
	Back   string
	Roles  []string // keys of what a country can be in a document, the usual one first
}

// judgedView is a tag with what was said of it.
type judgedView struct {
	label
	ID    corpus.ConceptID
	Role  corpus.Role
	State string // key
	By    string // a person's name; empty for rules and records
}

// maxForm is the size of what a form may send.
const maxForm = 4 << 10

// admin returns the name of who is signed in with the token: HTTP's basic
// authentication with any name, so that no session has to be kept.
func (s *server) admin(c *gin.Context) (name string, err error) {
	name, token, _ := c.Request.BasicAuth()
	given, wanted := sha256.Sum256([]byte(token)), sha256.Sum256([]byte(s.AdminToken))
	if subtle.ConstantTimeCompare(given[:], wanted[:]) != 1 || strings.TrimSpace(name) == "" {
		c.Header("WWW-Authenticate", `Basic realm="marsa", charset="UTF-8"`)
		return "", &fault{status: http.StatusUnauthorized, key: "error.no_token"}
	}
	return strings.TrimSpace(name), nil
}

func (s *server) tagsPage(c *gin.Context) error {
	by, err := s.admin(c)
	if err != nil {
		return err
	}
	id, err := readID(c.Param("id"))
	if err != nil {
		return err
	}
	d, err := s.Library.Document(id)
	if err != nil {
		return noDocument(err)
	}
	l := langOf(c)
	v := &tagsView{Doc: d, By: by, Back: documentURL("", l, id, ""), Action: documentURL("", l, id, "") + "/tags"}
	for _, r := range corpus.Roles() {
		v.Roles = append(v.Roles, string(r))
	}
	for _, t := range d.Tags {
		j := judgedView{label: s.conceptLabel(t.Concept, l), ID: t.Concept, Role: t.Role, State: "tag_state." + string(t.State)}
		if t.By != corpus.ByRule && t.By != corpus.ByRecord {
			j.By = t.By
		}
		v.Tags = append(v.Tags, j)
	}
	v.layout = s.layout(c, l, "tags", text(s.texts[l], "judge.title", "title", d.Title))
	c.Header("Cache-Control", "no-store")
	return s.render(c, http.StatusOK, v)
}

// judgeTag takes a form of tagsPage. A form of another site is refused, since the
// browser sends the token along with it.
func (s *server) judgeTag(c *gin.Context) error {
	if err := http.NewCrossOriginProtection().Check(c.Request); err != nil {
		return &fault{status: http.StatusForbidden, key: "error.other_site", err: err}
	}
	by, err := s.admin(c)
	if err != nil {
		return err
	}
	id, err := readID(c.Param("id"))
	if err != nil {
		return err
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxForm)
	if err := c.Request.ParseForm(); err != nil {
		return &fault{status: http.StatusBadRequest, key: "error.not_text", err: err}
	}
	concept, ok := s.conceptNamed(c.Request.PostForm)
	if !ok {
		return &fault{status: http.StatusBadRequest, key: "error.no_concept"}
	}
	role := corpus.Role(c.Request.PostForm.Get("role"))
	if role != "" && !slices.Contains(corpus.Roles(), role) {
		return &fault{status: http.StatusBadRequest, key: "error.invalid"}
	}
	if !strings.HasPrefix(string(concept), "country/") {
		role = "" // the form has the field for topics too
	}
	state := corpus.TagState(c.Request.PostForm.Get("say"))
	if state != corpus.Confirmed && state != corpus.Rejected && state != corpus.Proposed {
		return &fault{status: http.StatusBadRequest, key: "error.invalid"}
	}
	if err := s.Judge(c.Request.Context(), id, concept, role, state, by); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, documentURL("", langOf(c), id, "")+"/tags")
	return nil
}

// conceptNamed is the country or topic that a form names by its ID or by a label
// in any language.
func (s *server) conceptNamed(form url.Values) (corpus.ConceptID, bool) {
	name := strings.TrimSpace(form.Get("concept"))
	if len(name) > maxValue {
		return "", false
	}
	usable := func(id corpus.ConceptID) bool {
		return strings.HasPrefix(string(id), "country/") || strings.HasPrefix(string(id), "topic/")
	}
	if c, ok := s.Vocabulary.Concept(corpus.ConceptID(name)); ok && usable(c.ID) {
		return c.ID, true
	}
	for _, c := range s.Vocabulary.Lookup(name) {
		if usable(c.ID) {
			return c.ID, true
		}
	}
	return "", false
}
