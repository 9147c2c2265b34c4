package web

import (
	"net/http"
	"strings"
	"testing"
)

// A French document whose record has abstracts in three languages.
func TestAbstracts(t *testing.T) {
	h, _ := searched(t)
	const document = "/doc/transferts-de-fonds-maroc"
	for _, c := range []struct{ name, target, want string }{
		{"the reader's language first", "/ar" + document, `<div class="abstract-text" id="abstract-ar" dir="rtl" lang="ar">`},
		{"its title in that language", "/ar" + document, `<p class="title-in"><bdi>تحويلات المهاجرين المغاربة: التكاليف والقنوات</bdi></p>`},
		{"others folded, each in its direction", "/ar" + document, `<details><summary>الملخص بالإنكليزية</summary><p class="title-in"><bdi dir="ltr" lang="en">Money sent home by Moroccan migrants: costs and channels</bdi></p><div class="abstract-text" id="abstract-en" dir="ltr" lang="en">`},
		{"its own for its readers", "/fr" + document, `</h2>
<div class="abstract-text" id="abstract-fr" dir="ltr" lang="fr"><p>La note`},
		{"paragraphs", "/en" + document, `through banks.</p><p>It costs less`},
		{"found by words of an abstract alone", "/en/search?q=money+sent+home", `<a href="/en/doc/transferts-de-fonds-maroc?q=money&#43;sent&#43;home#abstract-en"><span class="page-number">Abstract</span>`},
		{"with the title in the reader's language", "/en/search?q=transferts", `<p class="title-in"><bdi>Money sent home by Moroccan migrants: costs and channels</bdi></p>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := fetch(h, c.target)
			if r.Code != http.StatusOK || !strings.Contains(r.Body.String(), c.want) {
				t.Errorf("%s: %d, without %q:\n%s", c.target, r.Code, c.want, r.Body)
			}
		})
	}
	if r := fetch(h, "/fr"+document); strings.Contains(r.Body.String(), `<p class="title-in"><bdi>`) {
		t.Error("a title is given twice in its own language")
	}
}
