package web

import (
	"strings"
	"testing"

	"marsa/index"
)

// The facet of countries counts one part at a time; what is ticked in another is
// kept by the form, and the links to the others keep it too.
func TestCountriesByRole(t *testing.T) {
	shelf := NewShelf(t)
	h := NewSite(t, shelf, nil)
	page := mainOf(fetch(h, "/en/search?country=lb&not_transit=ly&role=origin").Body.String())
	if shelf.Asked.Role != index.FieldOrigin {
		t.Errorf("asked for %q", shelf.Asked.Role)
	}
	for _, want := range []string{
		`<fieldset class="facet facet-origin" id="countries">`, `name="origin" value="ma"`, `name="not_origin" value="ma"`,
		`<input type="hidden" form="search" name="country" value="lb">`, `<input type="hidden" form="search" name="not_transit" value="ly">`,
		`<input type="hidden" form="search" name="role" value="origin">`,
		`<a href="/en/search?country=lb&amp;not_transit=ly&amp;role=origin#countries" aria-current="true">Origin</a>`,
		`<a href="/en/search?country=lb&amp;not_transit=ly&amp;role=published-by#countries">Published by</a>`,
		`<a href="/en/search?country=lb&amp;not_transit=ly#countries">Subject</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(page, `facet-country"`) {
		t.Error("the countries of the subject are shown too")
	}
	// where no country has the part, the way to the others stays
	page = mainOf(fetch(h, "/en/search?role=transit").Body.String())
	if !strings.Contains(page, "No country has this part in these works.") || !strings.Contains(page, "role=origin#countries") {
		t.Errorf("no countries of transit:\n%s", page)
	}
	page = mainOf(fetch(h, "/en/search/values?field=destination&role=transit").Body.String())
	if !strings.Contains(page, ">Belgium<") || shelf.Asked.Role != index.FieldDestination {
		t.Errorf("all values of a part:\n%s", page)
	}
	if w := fetch(h, "/en/search?role=author"); w.Code != 400 {
		t.Errorf("an unknown role: status %d", w.Code)
	}
}

// The page of a document shows each part of a country with its sentences.
func TestDocumentShowsRoles(t *testing.T) {
	h := NewSite(t, NewShelf(t), nil)
	for l, wants := range map[string][]string{
		"en": {"<h3>Countries that people leave</h3>", "lang=\"fr\">migrants marocains</p>", `href="/en/search?origin=ma"`, "<h3>Countries that people go to</h3>", "set by Samira", "<h3>Country of the publisher</h3>", `href="/en/search?published_by=ma"`},
		"fr": {"<h3>Pays que l’on quitte</h3>", `href="/fr/search?destination=be"`},
		"ar": {"<h3>بلدان يغادرها الناس</h3>", "<h3>بلدان يقصدها الناس</h3>"},
	} {
		page := mainOf(fetch(h, "/"+l+"/doc/transferts-de-fonds-maroc").Body.String())
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %s in\n%s", l, want, page)
			}
		}
		if strings.Contains(page, "transit=es") {
			t.Error("a rejected tag is shown")
		}
	}
}
