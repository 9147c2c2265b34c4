// Package ui holds the files that pages are made of: a directory of templates
// for each page, the layout around them, and the style sheet, script and
// pictures. It has no code; package web parses and serves what is here.
package ui

import "embed"

// Templates are the HTML templates: layout/ and a directory for each page.
//
//go:embed layout home results document page concept vocabulary about help quality values tags error
var Templates embed.FS

// Static is the files that pages load, in static/.
//
//go:embed static
var Static embed.FS
