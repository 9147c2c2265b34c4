package harvest

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"marsa/corpus"
)

// walk goes through a tree of folders. Its steps return whether to go on.
type walk struct {
	ctx    context.Context
	fsys   fs.FS
	root   string // on disk; empty when the tree is not on disk
	url    func(rel string, dir bool) string
	show   func(rel string) string // the path as people know it
	inside bool                    // of an archive
	yield  func(Item, error) bool
}

func (w *walk) folder(dir string, depth int) bool {
	here := Item{URL: w.url(dir, true), Name: path.Base(dir), Size: -1}
	if depth > maxDepth {
		return w.yield(here, fmt.Errorf("%s lies more than %d folders deep; give it as a source of its own: %w", w.show(dir), maxDepth, corpus.ErrTooLarge))
	}
	entries, err := fs.ReadDir(w.fsys, dir)
	if err != nil && !w.yield(here, diskError(w.show(dir), err)) {
		return false
	}
	records, err := w.manifest(dir, entries)
	if err != nil {
		// Taking the files in without their records would only have to be undone.
		return w.yield(here, fmt.Errorf("%s: %w; the files of this folder wait until it is mended", w.show(path.Join(dir, manifestName)), err))
	}
	for _, e := range entries {
		if w.ctx.Err() != nil || !w.entry(dir, e, entries, records, depth) {
			return false
		}
	}
	return w.leftOver(dir, entries, records)
}

// only yields one file of the folder, with its record. A record is none, as in
// its folder: "folder/*" names them too.
func (w *walk) only(name string) bool {
	entries, err := fs.ReadDir(w.fsys, ".")
	if err != nil { // a folder may let its files be read and not its names
		entries = nil
	}
	if isRecord(name, entries) {
		return true
	}
	records, err := w.manifest(".", entries)
	if err != nil {
		return w.yield(Item{URL: w.url(name, false), Name: name, Size: -1}, fmt.Errorf("%s: %w; mend it first", w.show(manifestName), err))
	}
	at := place{w.fsys, name}
	abs := filepath.Join(w.root, name)
	if info, err := os.Lstat(abs); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		target, err := filepath.EvalSymlinks(abs) // it is asked for, wherever it leads
		if err != nil {
			return w.yield(Item{URL: w.url(name, false), Name: name, Size: -1}, diskError(abs, err))
		}
		at = place{tree(filepath.Dir(target)), filepath.Base(target)}
	}
	return w.file(".", name, at, entries, records)
}

// manifest reads the records of a folder; without a manifest there are none.
func (w *walk) manifest(dir string, entries []fs.DirEntry) (*manifest, error) {
	if !has(entries, manifestName) {
		return &manifest{}, nil
	}
	data, err := w.readRecord(dir, manifestName, entries, maxManifest)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRecord, err)
	}
	return parseManifest(data)
}

// readRecord reads a file of a folder that is about others. It may be a link as
// every file may.
func (w *walk) readRecord(dir, name string, entries []fs.DirEntry, most int64) ([]byte, error) {
	rel := path.Join(dir, name)
	if i, found := find(entries, name); found && entries[i].Type()&fs.ModeSymlink != 0 {
		target, err := w.target(rel)
		if err != nil {
			return nil, err
		}
		rel = target
	}
	return readAtMost(w.fsys, rel, most)
}

func find(entries []fs.DirEntry, name string) (int, bool) {
	return slices.BinarySearchFunc(entries, name, func(e fs.DirEntry, name string) int { return strings.Compare(e.Name(), name) })
}

func has(entries []fs.DirEntry, name string) bool {
	_, found := find(entries, name)
	return found
}

// isRecord says whether a file is about others beside it.
func isRecord(name string, entries []fs.DirEntry) bool {
	file, ok := sidecarOf(name)
	return name == manifestName || ok && has(entries, file)
}

func (w *walk) entry(dir string, e fs.DirEntry, entries []fs.DirEntry, records *manifest, depth int) bool {
	name := e.Name()
	rel := path.Join(dir, name)
	switch {
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"):
		return true
	case e.IsDir() && name != manifestName:
		return w.folder(rel, depth+1)
	case isRecord(name, entries):
		return true
	case e.Type()&fs.ModeSymlink != 0:
		return w.link(dir, name, entries, records)
	}
	return w.file(dir, name, place{w.fsys, rel}, entries, records)
}

// sidecarOf returns the name of the file that a sidecar is about.
func sidecarOf(name string) (string, bool) {
	for _, ext := range []string{".yaml", ".yml"} {
		if file, ok := strings.CutSuffix(name, ext); ok {
			return file, true
		}
	}
	return "", false
}

// link follows a symbolic link to a file inside the tree. A folder inside is
// reached by its own name anyway, so loops end here.
func (w *walk) link(dir, name string, entries []fs.DirEntry, records *manifest) bool {
	rel := path.Join(dir, name)
	target, err := w.target(rel)
	if err != nil {
		return w.yield(Item{URL: w.url(rel, false), Name: name, Size: -1}, err)
	}
	if info, err := fs.Stat(w.fsys, target); err == nil && info.IsDir() {
		return true
	}
	return w.file(dir, name, place{w.fsys, target}, entries, records)
}

// target returns where in the tree a symbolic link leads, by a path without
// links. What lies outside was not asked for.
func (w *walk) target(rel string) (string, error) {
	root, err := filepath.EvalSymlinks(w.root)
	if w.root == "" || err != nil {
		return "", fmt.Errorf("%s: %w", w.show(rel), ErrNotAFile)
	}
	target, err := filepath.EvalSymlinks(filepath.Join(w.root, filepath.FromSlash(rel)))
	if err != nil {
		return "", diskError(w.show(rel), err)
	}
	inside, err := filepath.Rel(root, target)
	if err != nil || !filepath.IsLocal(inside) {
		return "", fmt.Errorf("%s is a link to %s, outside of the folder; give that as a source of its own: %w", w.show(rel), target, ErrNotAFile)
	}
	return filepath.ToSlash(inside), nil
}

// place is where the bytes of a file are.
type place struct {
	fsys fs.FS
	path string
}

// file yields one file with its record. A sidecar without its file is an error.
func (w *walk) file(dir, name string, at place, entries []fs.DirEntry, records *manifest) bool {
	rel := path.Join(dir, name)
	item := Item{URL: w.url(rel, false), Name: name, Size: -1}
	if file, ok := sidecarOf(name); ok && path.Ext(file) != "" {
		return w.yield(item, fmt.Errorf("%w: %s is a record, but %s is not beside it", ErrRecord, w.show(rel), file))
	}
	info, err := fs.Stat(at.fsys, at.path)
	switch {
	case err != nil:
		return w.yield(item, diskError(w.show(rel), err))
	case !info.Mode().IsRegular():
		return w.yield(item, fmt.Errorf("%s: %w", w.show(rel), ErrNotAFile))
	}
	if isArchiveName(name) {
		if goOn, opened := w.archive(rel, at); opened {
			return goOn
		}
	}
	item.Modified, item.Size = info.ModTime(), info.Size()
	if item.Meta, err = w.record(dir, name, entries, records); err != nil {
		return w.yield(item, fmt.Errorf("%s: %w", w.show(rel), err))
	}
	item.Fetch = func(context.Context, Validators) (*File, error) {
		data, err := readAtMost(at.fsys, at.path, MaxFile)
		if err != nil {
			return nil, diskError(w.show(rel), err)
		}
		return &File{Data: data, Name: name}, nil
	}
	return w.yield(item, nil)
}

// record returns the record of a file: its sidecar, and below that its row of
// the manifest.
func (w *walk) record(dir, name string, entries []fs.DirEntry, records *manifest) (*Meta, error) {
	r := records.rows[name]
	if r.err != nil {
		return nil, r.err
	}
	for _, ext := range []string{".yaml", ".yml"} {
		if !has(entries, name+ext) {
			continue
		}
		data, err := w.readRecord(dir, name+ext, entries, 1<<20)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrRecord, name+ext, err)
		}
		m, err := ParseSidecar(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name+ext, err)
		}
		return m.Under(r.meta), nil
	}
	return r.meta, nil
}

// leftOver says which rows of the manifest are about files that are not there.
func (w *walk) leftOver(dir string, entries []fs.DirEntry, records *manifest) bool {
	for _, name := range slices.Sorted(maps.Keys(records.rows)) {
		if has(entries, name) {
			continue
		}
		item := Item{URL: w.url(path.Join(dir, name), false), Name: name, Size: -1}
		err := fmt.Errorf("%w: %s line %d: there is no file %s beside it", ErrRecord, w.show(path.Join(dir, manifestName)), records.rows[name].line, name)
		if !w.yield(item, err) {
			return false
		}
	}
	return true
}
