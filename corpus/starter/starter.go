// Package starter holds the documents that ship inside the binary, so that a
// library has something to read before its owner has added anything. It knows
// the files and nothing of how they are read: internal/harvest takes them, and
// their records, from FS.
//
// The texts are written once, as Markdown with front matter, in text/. The
// files that are embedded are made from them by
//
//	go run ./corpus/starter/build
//
// which needs pandoc, Chromium, poppler-utils and the Noto fonts; docs/starter.md
// says more. What it makes is committed, so that nobody needs those programs to
// build marsa.
package starter

import (
	"embed"
	"io/fs"
)

//go:embed files
var files embed.FS

// FS returns the documents and manifest.tsv, their records: one line a file,
// the first line naming the columns, lists joined by "|".
func FS() fs.FS {
	sub, err := fs.Sub(files, "files")
	if err != nil {
		panic(err) // only for an invalid path, which a constant is not
	}
	return sub
}
