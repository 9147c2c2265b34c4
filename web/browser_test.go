package web_test

import (
	"context"
	_ "embed"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"marsa/web"
)

// axe finds what breaks the guidelines for accessibility (axe-core 4.14.1,
// MPL-2.0, testdata/axe.LICENSE).
//
//go:embed testdata/axe.min.js
var axe string

// browser starts a real Chromium for the time of a test.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("Chromium is needed for this test: apt-get install chromium, or run the check script, which does")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return ctx
}

// tab is a page of the browser that notes what should not happen.
type tab struct {
	context.Context
	t    *testing.T
	base string
	mu   sync.Mutex
	// requests to other hosts, and what the console shows
	complaints []string
}

func newTab(t *testing.T, parent context.Context, base string, width int64) *tab {
	t.Helper()
	b := &tab{t: t, base: base}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithListener(b.listen))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute) // all pages in one tab, on a machine that does other things
	t.Cleanup(cancel)
	b.Context = ctx
	b.do(chromedp.EmulateViewport(width, 900))
	return b
}

func (b *tab) listen(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch ev := ev.(type) {
	case *network.EventRequestWillBeSent:
		if u := ev.Request.URL; !strings.HasPrefix(u, b.base) && !strings.HasPrefix(u, "about:") {
			b.complaints = append(b.complaints, "request to "+u)
		}
	case *runtime.EventConsoleAPICalled:
		b.complaints = append(b.complaints, fmt.Sprintf("console.%s", ev.Type))
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, "exception: "+ev.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if ev.Entry.Level == log.EntryLevelError || ev.Entry.Level == log.EntryLevelWarning {
			b.complaints = append(b.complaints, "log: "+ev.Entry.Text)
		}
	}
}

func (b *tab) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.t.Error(c)
	}
	b.complaints = nil
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base + path))
}

// value evaluates an expression in the page.
func value[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.80s: %v", expression, err)
	}
	return v
}

// until waits for an expression to become true. A page that is just going away
// answers with an error, so errors count as "not yet".
func (b *tab) until(expression string) {
	b.t.Helper()
	var last error
	for range 200 {
		ok, err := chromedp.Run(b, chromedp.Evaluate[bool](expression))
		if ok && err == nil {
			return
		}
		last = err
		time.Sleep(100 * time.Millisecond)
	}
	b.t.Fatalf("waiting for %s: %v", expression, last)
}

func (b *tab) scheme(s string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: s}},
		})
		return err
	}))
}

// shown are the pages that every check goes over.
var shown = []struct{ name, path string }{
	{"home", "/"},
	{"reading-in", "/?progress"},
	{"results", "/search?q=domestic+workers&country=lb&country=jo"},
	{"all", "/search"},
	{"partial", "/search?q=domestic+workers+contract+zebra%22"},
	{"nothing", "/search?q=zebra&year_from=1999&country=atlantis"},
	{"why", "/search?q=domestic+workers&explain=1"},
	{"document", "/doc/domestic-workers-en?q=domestic"},
	{"document-ar", "/doc/foreigners-law-lb"},
	{"page", "/doc/domestic-workers-en/p/2?q=domestic+workers&country=lb"},
	{"page-ar", "/doc/domestic-workers-ar/p/2?q=%D8%B9%D8%A7%D9%85%D9%84%D8%A7%D8%AA"},
	{"page-scan", "/doc/scan/p/1"},
	{"concept", "/concept/topic/domestic-work"},
	{"concept-country", "/concept/country/lb"},
	{"vocabulary", "/vocabulary"},
	{"about", "/about"},
	{"help", "/help"},
	{"quality", "/quality"},
	{"error", "/doc/nothing-here"},
}

func serveSample(t *testing.T) string {
	t.Helper()
	shelf := web.NewShelf(t)
	running := web.NewSite(t, shelf, func(c *web.Config) {
		c.Progress = func() web.Progress { return web.Progress{Running: true, Done: 12, Total: 60} }
	})
	done := web.NewSite(t, shelf, nil)
	srv := httptest.NewServer(web.Either(running, done))
	t.Cleanup(srv.Close)
	return srv.URL
}

// TestPages opens every page in every language, narrow and wide, and lets axe
// and a ruler go over it. With MARSA_PICTURES set to a directory it also leaves
// pictures there, light and dark.
func TestPages(t *testing.T) {
	base := serveSample(t)
	chromium := browser(t)
	pictures := os.Getenv("MARSA_PICTURES")
	if pictures != "" {
		if err := os.MkdirAll(pictures, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	langs := []string{"ar", "fr", "en"}
	if testing.Short() {
		langs = langs[:1]
	}
	for _, lang := range langs {
		for _, width := range []int64{360, 1400} {
			t.Run(fmt.Sprintf("%s-%d", lang, width), func(t *testing.T) {
				t.Parallel()
				b := newTab(t, chromium, base, width)
				for _, p := range shown {
					b.open("/" + lang + p.path)
					for _, scheme := range []string{"light", "dark"} {
						b.scheme(scheme)
						if scheme == "light" {
							check(b, lang, p.name)
						} else { // only the colours are others
							accessible(b, `{type: "rule", values: ["color-contrast"]}`, p.name+" dark")
						}
						if pictures != "" {
							picture(b, filepath.Join(pictures, fmt.Sprintf("%s-%s-%d-%s.png", p.name, lang, width, scheme)))
						}
					}
					if p.name != "error" { // the browser logs that answer as an error, rightly
						b.quiet()
					}
					b.complaints = nil
				}
			})
		}
	}
}

func check(b *tab, lang, name string) {
	b.t.Helper()
	if dir := value[string](b, `document.documentElement.dir`); (dir == "rtl") != (lang == "ar") {
		b.t.Errorf("%s: dir is %s", name, dir)
	}
	if over := value[int](b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
		b.t.Errorf("%s: %d px wider than the window: %s", name, over, value[string](b, `[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1).map(e => e.className || e.tagName).slice(0, 5).join()`))
	}
	value[int](b, axe+";0")
	accessible(b, `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`, name)
	if small := value[[]string](b, smallTargets); len(small) > 0 {
		b.t.Errorf("%s: targets under 24 px: %q", name, small)
	}
	if got := value[int](b, `document.querySelectorAll("h1").length`); got != 1 {
		b.t.Errorf("%s: %d h1", name, got)
	}
}

// accessible lets axe look for what breaks the rules.
func accessible(b *tab, rules, name string) {
	b.t.Helper()
	for _, v := range value[[]string](b, `axe.run({resultTypes: ["violations"], runOnly: `+rules+`}).then(r =>
		r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target + " " + n.failureSummary).join(" | ")))`) {
		b.t.Errorf("%s: %s", name, v)
	}
}

// smallTargets lists what can be pressed and is under 24 px in one direction;
// links inside a sentence are let off, as WCAG 2.5.8 does. Boxes count with
// their label.
const smallTargets = `[...document.querySelectorAll("a, button, summary, input:not([type=hidden])")].filter(e => {
	if (e.closest(".skip, .citation") || !e.checkVisibility()) return false;
	const r = (e.type === "checkbox" ? e.closest("label") : e).getBoundingClientRect();
	return r.width > 0 && (r.width < 24 || r.height < 23.9);
}).map(e => e.outerHTML.slice(0, 120))`

func picture(b *tab, path string) {
	b.t.Helper()
	png, err := chromedp.Run(b, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// TestKeyboard goes from the home page to a marked page with keys alone.
func TestKeyboard(t *testing.T) {
	b := newTab(t, browser(t), serveSample(t), 1400)
	b.open("/en/")
	b.do(chromedp.KeyEvent(kb.Tab))
	if got := value[string](b, `document.activeElement.className`); got != "skip" {
		t.Fatalf("the first stop is %q, not the skip link", got)
	}
	b.do(chromedp.KeyEvent(kb.Enter))
	if got := value[string](b, `document.activeElement.id`); got != "main" {
		t.Fatalf("the skip link leads to %q", got)
	}
	b.do(chromedp.KeyEvent(kb.Tab))
	if got := value[string](b, `document.activeElement.id`); got != "q" {
		t.Fatalf("the first stop of the page is %q, not the search field", got)
	}
	b.do(chromedp.KeyEvent("domestic workers"), chromedp.KeyEvent(kb.Enter))
	b.until(`location.pathname === "/en/search" && document.readyState === "complete"`)
	tabTo(b, `input[name=country][value=lb]`)
	if outline := value[string](b, `getComputedStyle(document.activeElement).outlineStyle`); outline == "none" {
		t.Error("the focus cannot be seen")
	}
	b.do(chromedp.KeyEvent(" "))
	b.until(`location.search.includes("country=lb") && document.querySelector(".chips") !== null`)
	if got := value[string](b, `document.activeElement.value`); got != "lb" {
		t.Errorf("after ticking the focus is on %q", got)
	}
	if got := value[string](b, `document.getElementById("status").textContent`); !strings.Contains(got, "publication") {
		t.Errorf("the new total is not announced: %q", got)
	}
	value[int](b, `document.body.focus(), document.querySelector("h1").tabIndex = -1, document.querySelector("h1").focus(), 0`)
	tabTo(b, `.hit .pages a`)
	b.do(chromedp.KeyEvent(kb.Enter))
	b.until(`location.pathname.includes("/p/") && document.querySelector("mark#hit") !== null`)
	b.quiet()
}

// tabTo presses Tab until the focus is on what selector names.
func tabTo(b *tab, selector string) {
	b.t.Helper()
	for range 120 {
		b.do(chromedp.KeyEvent(kb.Tab))
		if value[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			return
		}
	}
	b.t.Fatalf("%s cannot be reached with the Tab key", selector)
}

// TestSuggestions goes through the list with the keyboard, as a screen reader is
// told of it.
func TestSuggestions(t *testing.T) {
	for _, l := range []string{"en", "ar"} {
		b := newTab(t, browser(t), serveSample(t), 360)
		b.open("/" + l + "/")
		b.do(chromedp.SendKeys(chromedp.ID("q"), "domes"))
		b.until(`document.getElementById("q").getAttribute("aria-expanded") === "true"`)
		if got := value[string](b, `[...document.querySelectorAll("#suggestions [role=option]")].map(o => o.querySelector("bdi").textContent).join("|")`); !strings.HasPrefix(got, "domestic work|العمل المنزلي|Domestic workers in Lebanon") {
			t.Errorf("%s: suggested %q", l, got)
		}
		if got := value[string](b, `document.querySelector(".search [role=status]").textContent`); !strings.Contains(got, "4") {
			t.Errorf("%s: announced %q", l, got)
		}
		check(b, l, "suggestions")
		active := `document.getElementById(document.getElementById("q").getAttribute("aria-activedescendant"))?.querySelector("bdi").textContent ?? ""`
		for i, want := range []string{"domestic work", "العمل المنزلي"} {
			b.do(chromedp.KeyEvent(kb.ArrowDown))
			if got := value[string](b, active); got != want {
				t.Errorf("%s: after %d arrows %q is chosen, want %q", l, i+1, got, want)
			}
		}
		if pictures := os.Getenv("MARSA_PICTURES"); pictures != "" {
			picture(b, filepath.Join(pictures, "suggestions-"+l+".png"))
		}
		if got := value[string](b, `document.getElementById("q").value + document.activeElement.id`); got != "domesq" {
			t.Errorf("%s: the field and the focus are %q", l, got)
		}
		b.do(chromedp.KeyEvent(kb.Escape))
		if got := value[string](b, `document.getElementById("q").getAttribute("aria-expanded") + document.getElementById("q").value`); got != "falsedomes" {
			t.Errorf("%s: after Escape %q", l, got)
		}
		b.do(chromedp.KeyEvent(kb.ArrowDown)) // opens again
		b.until(`document.querySelectorAll("#suggestions [role=option]").length === 4`)
		b.do(chromedp.KeyEvent(kb.ArrowUp)) // from the field to the last
		b.do(chromedp.KeyEvent(kb.Enter))
		b.until(`location.pathname === "/` + l + `/doc/domestic-workers-fr"`)
		b.open("/" + l + "/")
		b.do(chromedp.SendKeys(chromedp.ID("q"), "domes"))
		b.until(`document.querySelectorAll("#suggestions [role=option]").length === 4`)
		b.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
		b.until(`location.pathname === "/` + l + `/search" && new URLSearchParams(location.search).get("q") === "domestic work"`)
		b.quiet()
	}
}

// TestWithoutScripts searches, filters and reads with scripts turned off.
func TestWithoutScripts(t *testing.T) {
	for _, width := range []int64{360, 1400} {
		b := newTab(t, browser(t), serveSample(t), width)
		b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
			return err
		}))
		b.open("/fr/")
		follow := func(step chromedp.Action[chromedp.Void]) *url.URL {
			t.Helper()
			if _, err := chromedp.RunResponse(b, step); err != nil {
				t.Fatal(err)
			}
			here, err := chromedp.Run(b, chromedp.Location())
			if err != nil {
				t.Fatal(err)
			}
			u, err := url.Parse(here)
			if err != nil {
				t.Fatal(err)
			}
			return u
		}
		b.do(chromedp.SendKeys(chromedp.ID("q"), "travailleuses"))
		if u := follow(chromedp.KeyEvent(kb.Enter)); u.Path != "/fr/search" || u.Query().Get("q") != "travailleuses" {
			t.Fatalf("the search led to %s", u)
		}
		if width < 960 {
			b.do(chromedp.Click(chromedp.CSS(".filters > summary")))
		}
		b.do(chromedp.Click(chromedp.CSS(`input[name=country][value=lb]`)), chromedp.Click(chromedp.CSS(`input[name=country][value=jo]`)))
		if u := follow(chromedp.Click(chromedp.CSS(".apply button"))); strings.Join(u.Query()["country"], " ") != "jo lb" && strings.Join(u.Query()["country"], " ") != "lb jo" {
			t.Fatalf("the filters led to %s", u)
		}
		if u := follow(chromedp.Click(chromedp.CSS(".hit .pages a"))); !strings.Contains(u.Path, "/p/") || u.Query().Get("country") == "" {
			t.Fatalf("the hit led to %s", u)
		}
		if text, err := chromedp.Run(b, chromedp.Text(chromedp.CSS("mark"))); err != nil || !strings.EqualFold(text, "travailleuses") {
			t.Fatalf("marked: %q, %v", text, err)
		}
		if u := follow(chromedp.Click(chromedp.CSS(".back a"))); u.Path != "/fr/search" || u.Query().Get("q") != "travailleuses" {
			t.Fatalf("the way back led to %s", u)
		}
		b.quiet()
	}
}

// TestFollows shows that the home page follows the reading in of documents by
// itself, and that it stops when all is in.
func TestFollows(t *testing.T) {
	shelf := web.NewShelf(t)
	var mu sync.Mutex
	p := web.Progress{Running: true, Done: 3, Total: 9}
	srv := httptest.NewServer(web.NewSite(t, shelf, func(c *web.Config) {
		c.Progress = func() web.Progress { mu.Lock(); defer mu.Unlock(); return p }
	}))
	t.Cleanup(srv.Close)
	b := newTab(t, browser(t), srv.URL, 1400)
	b.open("/en/")
	if got := value[string](b, `document.querySelector(".progress").textContent`); !strings.Contains(got, "3 of 9") {
		t.Fatalf("the page does not say how far it is: %q", got)
	}
	mu.Lock()
	p = web.Progress{}
	mu.Unlock()
	b.until(`document.querySelector(".progress").textContent.trim() === ""`)
	b.quiet()
}
