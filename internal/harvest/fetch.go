package harvest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"code.dny.dev/ssrf"

	"marsa/corpus"
)

// Limits of fetching.
const (
	maxRedirects  = 5
	maxFetchTime  = 10 * time.Minute // for one document, redirects included
	maxHeaderTime = 30 * time.Second // until the server begins to answer
	maxDialTime   = 15 * time.Second
)

// Fetcher gets documents from the web. It is safe for concurrent use.
type Fetcher struct {
	client  *http.Client
	maxSize int64 // of a document, in bytes
}

// FetchConfig configures a Fetcher; the zero value is right for the web.
type FetchConfig struct {
	UserAgent string // how marsa introduces itself
	// AllowLocal lets addresses of this machine and of private networks, and
	// other ports than 80 and 443, be fetched. It is for tests and for libraries
	// that lie in the same network.
	AllowLocal bool
	Timeout    time.Duration // for one document; 0 is ten minutes
}

// NewFetcher returns a Fetcher that connects straight to public addresses only,
// whatever names, redirects and the environment say.
func NewFetcher(c FetchConfig) *Fetcher {
	dialer := &net.Dialer{Timeout: maxDialTime}
	if !c.AllowLocal {
		dialer.Control = ssrf.New().Safe
	}
	transport := &http.Transport{
		DialContext:            dialer.DialContext,
		Proxy:                  nil, // a proxy would dial for us, past the guard
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    maxDialTime,
		ResponseHeaderTimeout:  maxHeaderTime,
		MaxResponseHeaderBytes: 64 << 10,
		IdleConnTimeout:        maxHeaderTime,
	}
	return &Fetcher{maxSize: MaxFile, client: &http.Client{
		Transport:     agent{cmp.Or(c.UserAgent, "marsa"), transport},
		Timeout:       cmp.Or(c.Timeout, maxFetchTime),
		CheckRedirect: checkRedirect,
	}}
}

// agent gives every request the same name.
type agent struct {
	name string
	next http.RoundTripper
}

func (a agent) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("User-Agent", a.name)
	return a.next.RoundTrip(r)
}

func checkRedirect(r *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return fmt.Errorf("more than %d redirects: %w", maxRedirects, ErrFetch)
	}
	if _, err := webAddress(r.URL.String()); err != nil {
		return fmt.Errorf("redirect: %w: %w", ErrAddress, err)
	}
	return nil
}

// URL gives the document at a web address.
func URL(address string, f *Fetcher) Source { return &page{address, f} }

type page struct {
	address string
	fetcher *Fetcher
}

func (p *page) String() string { return p.address }

func (p *page) Items(context.Context, time.Time) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		address, err := webAddress(p.address)
		if err != nil {
			yield(Item{URL: p.address, Name: p.address, Size: -1}, fmt.Errorf("%w: %w", ErrAddress, err))
			return
		}
		fetch := func(ctx context.Context, have Validators) (*File, error) { return p.fetcher.Fetch(ctx, address, have) }
		yield(Item{URL: address, Name: nameFromURL(address), Size: -1, Fetch: fetch}, nil)
	}
}

// Fetch gets the document at an address. With validators of a version that the
// server still has, it fails with ErrUnchanged.
func (f *Fetcher) Fetch(ctx context.Context, address string, have Validators) (*File, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w: %w", address, ErrAddress, err)
	}
	if have.ETag != "" {
		r.Header.Set("If-None-Match", have.ETag)
	}
	if have.LastModified != "" {
		r.Header.Set("If-Modified-Since", have.LastModified)
	}
	resp, err := f.client.Do(r)
	if err != nil {
		return nil, netError(address, err)
	}
	defer resp.Body.Close()
	if err := statusError(resp, have); err != nil {
		return nil, fmt.Errorf("fetch %s: %w", address, err)
	}
	if resp.ContentLength > f.maxSize {
		return nil, fmt.Errorf("fetch %s: %w", address, tooLarge(resp.ContentLength, f.maxSize))
	}
	data, err := readBody(resp.Body, min(resp.ContentLength, 1<<20), f.maxSize) // the length is only what the server claims
	if errors.Is(err, corpus.ErrTooLarge) {
		return nil, fmt.Errorf("fetch %s: %w", address, err)
	}
	if err != nil {
		return nil, netError(address, err)
	}
	v := Validators{ETag: header1(resp, "ETag"), LastModified: header1(resp, "Last-Modified")}
	return &File{Data: data, Name: fileName(resp, address), Validators: v}, nil
}

// header1 returns a header if it is of a size worth keeping.
func header1(resp *http.Response, key string) string {
	v := resp.Header.Get(key)
	if len(v) > maxLine {
		return ""
	}
	return v
}

func netError(address string, err error) error {
	var dns *net.DNSError
	switch {
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("fetch %s: %w", address, err)
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrProhibitedPort):
		return fmt.Errorf("fetch %s: it leads to an address or port that is not on the public web: %w: %w", address, ErrAddress, err)
	case errors.Is(err, ErrAddress):
		return fmt.Errorf("fetch %s: %w", address, err)
	case errors.As(err, &dns) && dns.IsNotFound:
		return fmt.Errorf("fetch %s: there is no such server; check the address: %w", address, ErrFetch)
	}
	var timeout interface{ Timeout() bool }
	if errors.As(err, &timeout) && timeout.Timeout() {
		return fmt.Errorf("fetch %s: the server took too long; try again later: %w", address, ErrFetch)
	}
	return fmt.Errorf("fetch %s: %w: %w", address, ErrFetch, err)
}

// statusError says what an answer other than a document means.
func statusError(resp *http.Response, have Validators) error {
	switch code := resp.StatusCode; {
	case code == http.StatusOK:
		return nil
	case code == http.StatusNotModified && have != (Validators{}):
		return ErrUnchanged
	case code == http.StatusNotFound, code == http.StatusGone:
		return fmt.Errorf("the server has no such document (%d); check the address: %w", code, ErrFetch)
	case code == http.StatusUnauthorized, code == http.StatusForbidden:
		return fmt.Errorf("the server does not give it to everybody (%d); download it and take in the file: %w", code, ErrFetch)
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable:
		return fmt.Errorf("the server is busy (%d); try again %s: %w", code, retryAfter(resp.Header.Get("Retry-After")), ErrFetch)
	default:
		return fmt.Errorf("the server answers %d and no document; try again later: %w", code, ErrFetch)
	}
}

// retryAfter says when a server wants to be asked again.
func retryAfter(value string) string {
	if s, err := strconv.Atoi(value); err == nil && s > 0 && s < 1e8 {
		return fmt.Sprintf("in %v", time.Duration(s)*time.Second)
	}
	if t, err := http.ParseTime(value); err == nil {
		return "after " + t.UTC().Format(time.RFC1123)
	}
	return "later"
}

// fileName returns the name of the file as the server gives it, else the last
// part of the address that led to it.
func fileName(resp *http.Response, address string) string {
	if _, params, err := mime.ParseMediaType(resp.Header.Get("Content-Disposition")); err == nil {
		if name := baseName(params["filename"]); name != "" {
			return name
		}
	}
	if resp.Request != nil && resp.Request.URL != nil {
		address = resp.Request.URL.String()
	}
	return nameFromURL(address)
}

func nameFromURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "document"
	}
	return cmp.Or(baseName(u.Path), baseName(u.Hostname()), "document")
}

// baseName returns the last part of a path as a name that is safe to show.
func baseName(p string) string {
	name := path.Base(strings.ReplaceAll(strings.ToValidUTF8(p, ""), `\`, "/"))
	name = strings.TrimSpace(strings.Map(printable, name))
	if name == "." || name == ".." || name == "/" {
		return ""
	}
	for len(name) > 200 {
		name = strings.ToValidUTF8(name[len(name)-200:], "") // the end has the kind of file
	}
	return name
}
