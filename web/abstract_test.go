package web

import (
	"net/http"
	"strings"
	"testing"
)

// A French document whose record has abstracts in three languages, and notes to its pages.
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
	for _, c := range []struct{ name, target, want string }{
		{"a note leads to its page", "/en/search?q=open+account+cheaper", `/doc/transferts-de-fonds-maroc/p/2?q=open&#43;account&#43;cheaper#hit"><span class="page-number">`},
		{"with its passage, said to be one", "/en/search?q=open+account+cheaper", `<span class="in-short">In short</span></span>
<span class="excerpt" dir="ltr" lang="en"><mark>Cheaper</mark> transfers`},
		{"stands above the page, for its readers", "/ar" + document + "/p/2", `<h2 id="in-short">باختصار</h2><p lang="ar" dir="rtl">كلفة الإرسال`},
		{"and in the list of pages", "/ar" + document, `<span class="in-short" lang="ar" dir="rtl">كلفة الإرسال`},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := fetch(h, c.target)
			if r.Code != http.StatusOK || !strings.Contains(r.Body.String(), c.want) {
				t.Errorf("%s: %d, without %q:\n%s", c.target, r.Code, c.want, r.Body)
			}
		})
	}
	if r := fetch(h, "/fr"+document+"/p/2"); strings.Contains(r.Body.String(), "in-short") {
		t.Error("a page has a note for those who read it")
	}
	if r := fetch(h, "/fr"+document); strings.Contains(r.Body.String(), `<p class="title-in"><bdi>`) {
		t.Error("a title is given twice in its own language")
	}
}
