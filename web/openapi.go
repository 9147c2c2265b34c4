package web

import _ "embed"

// openAPI describes the API in OpenAPI 3.1; a test holds it against the routes
// and every answer against it.
//
//go:embed openapi.json
var openAPI []byte
