package harvest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// maxDepth is how many folders deep a folder is read.
const maxDepth = 100

// manifestName is the file with the records of its folder.
const manifestName = "manifest.tsv"

// Files gives files and, with everything below them, folders and zip archives. Hidden files,
// records and the lock files of office programs are left out; symbolic links to
// folders are not followed, and no link leads out of a folder.
func Files(paths ...string) Source { return &files{paths} }

type files struct{ paths []string }

func (f *files) String() string { return strings.Join(f.paths, ", ") }

// Roots returns the URLs of the paths, folders with a slash at the end. A path
// that is not there covers nothing.
func (f *files) Roots() []string {
	var roots []string
	for _, p := range f.paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			continue
		}
		info, err := os.Stat(abs)
		if err != nil {
			continue
		}
		roots = append(roots, fileURL(abs, info.IsDir()))
		if !info.IsDir() && isArchiveName(abs) {
			roots = append(roots, fileURL(abs, false)+inArchive)
		}
	}
	return roots
}

// Items yields the files in the order of the paths and then of names. Files do
// not tell reliably when they were changed, so since is not looked at.
func (f *files) Items(ctx context.Context, _ time.Time) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, p := range f.paths {
			if !walkPath(ctx, p, yield) {
				return
			}
		}
	}
}

func walkPath(ctx context.Context, p string, yield func(Item, error) bool) bool {
	abs, err := filepath.Abs(p)
	if err != nil {
		return yield(Item{URL: p, Name: p}, fmt.Errorf("find %s: %w", p, err))
	}
	info, err := os.Stat(abs)
	if err != nil {
		return yield(Item{URL: fileURL(abs, false), Name: filepath.Base(abs)}, diskError(p, err))
	}
	if info.IsDir() {
		w := newWalk(ctx, abs, yield)
		return w.folder(".", 0)
	}
	w := newWalk(ctx, filepath.Dir(abs), yield)
	return w.only(filepath.Base(abs))
}

// tree is a folder on disk as a file system that gives nothing outside of it,
// whatever symbolic links say. It opens the folder for each file anew, since
// many may be in use.
type tree string

func (t tree) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(t))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return root.FS().Open(name)
}

func (t tree) Stat(name string) (fs.FileInfo, error) {
	root, err := os.OpenRoot(string(t))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return fs.Stat(root.FS(), name)
}

// newWalk returns a walk over a folder on disk.
func newWalk(ctx context.Context, root string, yield func(Item, error) bool) *walk {
	return &walk{
		ctx: ctx, fsys: tree(root), root: root, yield: yield,
		url:  func(rel string, dir bool) string { return fileURL(filepath.Join(root, filepath.FromSlash(rel)), dir) },
		show: func(rel string) string { return filepath.Join(root, filepath.FromSlash(rel)) },
	}
}

// FS gives the files of fsys under URLs that begin with the scheme and a colon.
func FS(fsys fs.FS, scheme string) Source { return &embedded{fsys, scheme} }

type embedded struct {
	fsys   fs.FS
	scheme string
}

func (e *embedded) String() string  { return e.scheme }
func (e *embedded) Roots() []string { return []string{e.scheme + ":"} }

func (e *embedded) Items(ctx context.Context, _ time.Time) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		address := func(rel string, dir bool) string {
			switch {
			case dir && rel == ".":
				return e.scheme + ":"
			case dir:
				rel += "/"
			}
			return e.scheme + ":" + escapePath(rel)
		}
		w := &walk{ctx: ctx, fsys: e.fsys, url: address, show: func(rel string) string { return e.scheme + ":" + rel }, yield: yield}
		w.folder(".", 0)
	}
}

func escapePath(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// fileURL returns the URL of an absolute path.
func fileURL(abs string, dir bool) string {
	p := filepath.ToSlash(abs)
	if !strings.HasPrefix(p, "/") { // C:/…
		p = "/" + p
	}
	if dir && !strings.HasSuffix(p, "/") {
		p += "/"
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// Missing says whether the URL is that of a file on disk that is not there any
// more.
func Missing(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "file" {
		return false
	}
	p := filepath.FromSlash(u.Path)
	if filepath.VolumeName(strings.TrimPrefix(p, `\`)) != "" { // \C:\…
		p = p[1:]
	}
	if _, err = os.Lstat(p); err == nil {
		return false
	}
	if i := strings.LastIndex(strings.ToLower(p), ".zip!"+string(filepath.Separator)); i >= 0 {
		archive, member := p[:i+len(".zip")], p[i+len(".zip!/"):]
		return missingMember(place{tree(filepath.Dir(archive)), filepath.Base(archive)}, filepath.ToSlash(member))
	}
	return errors.Is(err, fs.ErrNotExist)
}
