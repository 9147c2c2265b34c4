package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"marsa/corpus"
	"marsa/internal/skos"
	"marsa/web/locale"
)

// handler is the whole site, its answers compressed where that helps.
func (s *server) handler() (http.Handler, error) {
	r, err := s.routes()
	if err != nil {
		return nil, err
	}
	compress, err := gzhttp.NewWrapper(gzhttp.EnableZstd(true), gzhttp.RandomJitter(32, 0, false))
	if err != nil {
		return nil, err
	}
	return headAsGet(compress, r), nil
}

// headAsGet makes HEAD answer with the headers of GET. gzhttp compresses no
// answer to HEAD, and so would give the length and the encoding of another
// answer than GET gets.
func headAsGet(compress func(http.Handler) http.HandlerFunc, h http.Handler) http.Handler {
	get := compress(h)
	head := compress(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, withMethod(r, http.MethodHead))
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			head(w, withMethod(r, http.MethodGet)) // net/http drops the body all the same
			return
		}
		get(w, r)
	})
}

func withMethod(r *http.Request, method string) *http.Request {
	other := *r
	other.Method = method
	return &other
}

// routes joins all routes, in the order in which a reader meets them.
func (s *server) routes() (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	if err := r.SetTrustedProxies(nil); err != nil {
		return nil, err
	}
	r.RedirectTrailingSlash = false
	r.HandleMethodNotAllowed = true
	r.Use(s.observe, secure, limitTime)
	r.NoRoute(s.answer(s.noRoute))
	r.NoMethod(s.answer(s.noMethod))

	get(r, "/", s.answer(s.negotiate))
	get(r, "/search", s.answer(s.negotiate))
	get(r, "/about", s.answer(s.negotiate))
	get(r, "/help", s.answer(s.negotiate))
	get(r, "/quality", s.answer(s.negotiate))
	get(r, "/vocabulary", s.answer(s.negotiate))
	get(r, "/doc/:id", s.answer(s.negotiate))
	get(r, "/doc/:id/p/:number", s.answer(s.negotiate))
	get(r, "/concept/:scheme/:name", s.answer(s.anyConcept))
	for _, l := range locale.Languages() {
		g := r.Group("/"+l, reader(corpus.Lang(l)))
		get(g, "", s.answer(s.toHome))
		get(g, "/", s.answer(s.home))
		get(g, "/search", s.answer(s.results))
		get(g, "/search/values", s.answer(s.allValues))
		get(g, "/doc/:id", s.answer(s.document))
		get(g, "/doc/:id/p/:number", s.answer(s.page))
		get(g, "/concept/:scheme/:name", s.answer(s.concept))
		get(g, "/vocabulary", s.answer(s.vocabulary))
		if s.AdminToken != "" && s.Judge != nil {
			get(g, "/doc/:id/tags", s.answer(s.tagsPage))
			g.POST("/doc/:id/tags", s.answer(s.judgeTag))
		}
		get(g, "/about", s.answer(s.about))
		get(g, "/help", s.answer(s.help))
		get(g, "/quality", s.answer(s.quality))
	}
	get(r, "/doc/:id/original", s.answer(s.original))
	get(r, "/doc/:id/p/:number/picture", s.answer(s.picture))

	api := r.Group("/api/v1")
	get(api, "/search", s.answer(s.apiSearch))
	get(api, "/suggest", s.answer(s.apiSuggest))
	get(api, "/documents/:id", s.answer(s.apiDocument))
	get(api, "/documents/:id/similar", s.answer(s.apiSimilar))
	get(api, "/documents/:id/pages/:number", s.answer(s.apiPage))
	get(api, "/quality", s.answer(s.apiQuality))
	get(api, "/vocabulary", s.answer(s.apiSchemes))
	get(api, "/vocabulary/:scheme", s.answer(s.apiConcepts))
	get(api, "/vocabulary.ttl", s.answer(s.allSKOS(skos.Turtle)))
	get(api, "/vocabulary.jsonld", s.answer(s.allSKOS(skos.JSONLD)))
	get(api, "/concepts/:scheme/:name", s.answer(s.apiConcept))
	get(api, "/openapi.json", s.answer(s.apiDescription))

	get(r, "/static/:hash/:name", s.answer(s.staticFile))
	get(r, "/favicon.ico", s.answer(s.favicon))
	get(r, "/robots.txt", s.answer(s.robots))
	get(r, "/healthz", s.answer(s.healthz))
	get(r, "/readyz", s.answer(s.readyz))
	return r, nil
}

// get takes GET and HEAD, whose answer net/http sends without its body.
func get(r gin.IRoutes, path string, h gin.HandlerFunc) {
	r.GET(path, h)
	r.HEAD(path, h)
}
