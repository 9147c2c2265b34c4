// Package sources holds lists of public documents that a library may begin with:
// what each is, who published it, and where. It knows the lists and nothing of
// how they are read or fetched: internal/harvest does that.
//
// A list is a YAML file with a sentence about it and its documents; each has the
// keys of a sidecar, and "address", which says whether the url is the publisher's
// or a mirror.
package sources

import "embed"

//go:embed *.yaml
var files embed.FS

// FS returns the lists as files called NAME.yaml.
func FS() embed.FS { return files }
