package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"marsa/corpus"
)

const secret = "correct horse battery"

// said is what a form made of the library.
type said struct {
	id      corpus.ID
	concept corpus.ConceptID
	role    corpus.Role
	state   corpus.TagState
	by      string
}

func adminSite(t *testing.T, got *[]said) http.Handler {
	return NewSite(t, NewShelf(t), func(c *Config) {
		c.AdminToken = secret
		c.Judge = func(_ context.Context, id corpus.ID, concept corpus.ConceptID, role corpus.Role, state corpus.TagState, by string) error {
			*got = append(*got, said{id, concept, role, state, by})
			return nil
		}
	})
}

func post(h http.Handler, path, name, token string, form url.Values, header ...string) int {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if token != "" {
		r.SetBasicAuth(name, token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

// Tags are changed only by who knows the token, from the library's own pages.
func TestTagForm(t *testing.T) {
	const path = "/en/doc/domestic-workers-en/tags"
	form := url.Values{"concept": {"country/lb"}, "say": {"rejected"}}
	for name, test := range map[string]struct {
		user, token string
		form        url.Values
		header      []string
		status      int
		want        *said
	}{
		"the token":         {"Samira", secret, form, nil, http.StatusSeeOther, &said{"domestic-workers-en", "country/lb", "", corpus.Rejected, "Samira"}},
		"a label in Arabic": {"Samira", secret, url.Values{"concept": {"لبنان"}, "say": {"confirmed"}}, nil, http.StatusSeeOther, &said{"domestic-workers-en", "country/lb", "", corpus.Confirmed, "Samira"}},
		"a role":            {"Samira", secret, url.Values{"concept": {"country/lb"}, "role": {"transit"}, "say": {"confirmed"}}, nil, http.StatusSeeOther, &said{"domestic-workers-en", "country/lb", corpus.RoleTransit, corpus.Confirmed, "Samira"}},
		"a role of a topic": {"Samira", secret, url.Values{"concept": {"topic/asylum"}, "role": {"transit"}, "say": {"confirmed"}}, nil, http.StatusSeeOther, &said{"domestic-workers-en", "topic/asylum", "", corpus.Confirmed, "Samira"}},
		"only named":        {"Samira", secret, url.Values{"concept": {"country/lb"}, "role": {"mentions"}, "say": {"confirmed"}}, nil, http.StatusSeeOther, &said{"domestic-workers-en", "country/lb", corpus.Mentions, corpus.Confirmed, "Samira"}},
		"another role":      {"Samira", secret, url.Values{"concept": {"country/lb"}, "role": {"author"}, "say": {"confirmed"}}, nil, http.StatusBadRequest, nil},
		"this site":         {"Samira", secret, form, []string{"Sec-Fetch-Site", "same-origin"}, http.StatusSeeOther, &said{"domestic-workers-en", "country/lb", "", corpus.Rejected, "Samira"}},
		"no token":          {"", "", form, nil, http.StatusUnauthorized, nil},
		"a wrong token":     {"Samira", secret + "x", form, nil, http.StatusUnauthorized, nil},
		"no name":           {" ", secret, form, nil, http.StatusUnauthorized, nil},
		"another site":      {"Samira", secret, form, []string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden, nil},
		"another origin":    {"Samira", secret, form, []string{"Origin", "https://evil.example"}, http.StatusForbidden, nil},
		"no concept":        {"Samira", secret, url.Values{"concept": {"atlantis"}, "say": {"confirmed"}}, nil, http.StatusBadRequest, nil},
		"a kind":            {"Samira", secret, url.Values{"concept": {"kind/study"}, "say": {"confirmed"}}, nil, http.StatusBadRequest, nil},
		"another word":      {"Samira", secret, url.Values{"concept": {"country/lb"}, "say": {"maybe"}}, nil, http.StatusBadRequest, nil},
		"too much":          {"Samira", secret, url.Values{"concept": {strings.Repeat("x", 10_000)}, "say": {"confirmed"}}, nil, http.StatusBadRequest, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []said
			status := post(adminSite(t, &got), path, test.user, test.token, test.form, test.header...)
			if status != test.status || (test.want == nil) != (len(got) == 0) {
				t.Fatalf("status %d, said %v; want %d, %v", status, got, test.status, test.want)
			}
			if test.want != nil && got[0] != *test.want {
				t.Errorf("said %v, want %v", got[0], *test.want)
			}
		})
	}
}

// Without a token in the configuration there is no such page, and readers never
// have a link to it.
func TestTagFormIsClosed(t *testing.T) {
	open := NewSite(t, NewShelf(t), nil)
	const path = "/en/doc/domestic-workers-en/tags"
	if w := fetch(open, path); w.Code != http.StatusNotFound {
		t.Errorf("without a token: status %d", w.Code)
	}
	var got []said
	h := adminSite(t, &got)
	if w := fetch(h, path); w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") == "" {
		t.Errorf("not signed in: status %d", w.Code)
	}
	if strings.Contains(fetch(h, "/en/doc/domestic-workers-en").Body.String(), "/tags\"") {
		t.Error("the page of a document links to the form")
	}
	for _, l := range []string{"en", "fr", "ar"} {
		r := httptest.NewRequest(http.MethodGet, "/"+l+"/doc/domestic-workers-en/tags", nil)
		r.SetBasicAuth("Samira <b>", secret)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, "Samira &lt;b&gt;") || !strings.Contains(body, `value="country/lb"`) {
			t.Errorf("%s: status %d:\n%s", l, w.Code, body)
		}
	}
}
