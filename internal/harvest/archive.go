package harvest

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"marsa/corpus"
)

// A zip archive of documents is read as the folder that it is a copy of: each
// member is an item of its own, at "file:///…/a.zip!/b.pdf". Nothing is unpacked
// to disk, and what a member is called is never a path there.

const (
	// maxMembers is how many files and folders an archive may have.
	maxMembers = 10_000
	// maxUnpacked is how many bytes the members may have together.
	maxUnpacked = 8 << 30
	// maxDirectory bounds what is read of an archive to list it.
	maxDirectory = 16 << 20
	// inArchive stands in an address between the archive and its member.
	inArchive = "!/"
)

func isArchiveName(name string) bool { return strings.EqualFold(path.Ext(name), ".zip") }

// errNoArchive says that a file called .zip is something else, such as a document
// whose format is a zip archive.
var errNoArchive = errors.New("not an archive of files")

// openArchive lists the archive at a place.
func openArchive(at place) (*zip.Reader, error) {
	info, err := fs.Stat(at.fsys, at.path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNotAFile
	}
	r := &reopened{at: at, left: maxDirectory}
	z, err := zip.NewReader(r, info.Size())
	if r.left < 0 {
		return nil, fmt.Errorf("the list of its members is over %d MiB: %w", maxDirectory>>20, corpus.ErrTooLarge)
	}
	if errors.Is(err, zip.ErrFormat) {
		if begin := make([]byte, 2); r.begins(begin) == nil && string(begin) == "PK" {
			return nil, fmt.Errorf("it is damaged, or not all of it is there; get it anew: %w", ErrArchive)
		}
		return nil, errNoArchive
	}
	if err != nil {
		return nil, err
	}
	r.listed = true
	return z, checkMembers(z)
}

// checkMembers looks at what an archive declares, and makes the names usable.
func checkMembers(z *zip.Reader) error {
	if len(z.File) > maxMembers {
		return fmt.Errorf("it has %d members, at most %d are read; split it: %w", len(z.File), maxMembers, corpus.ErrTooLarge)
	}
	seen := map[string]bool{}
	total := uint64(0)
	for _, f := range z.File {
		switch {
		case f.Name == "[Content_Types].xml", f.Name == "mimetype", f.Name == "META-INF/MANIFEST.MF":
			return errNoArchive
		case f.Flags&1 != 0:
			return fmt.Errorf("it has a password; unpack it and take in the files: %w", ErrArchive)
		}
		if total += f.UncompressedSize64; total > maxUnpacked || f.UncompressedSize64 > maxUnpacked {
			return fmt.Errorf("it unpacks to more than %d GiB; split it: %w", maxUnpacked>>30, corpus.ErrTooLarge)
		}
		f.Name = memberName(f.Name)
		for n := 2; seen[f.Name] && !strings.HasSuffix(f.Name, "/"); n++ {
			ext := path.Ext(f.Name)
			f.Name = strings.TrimSuffix(f.Name, ext) + "_" + strconv.Itoa(n) + ext
		}
		seen[f.Name] = true
	}
	return nil
}

// memberName returns the name of a member as a path below the archive.
func memberName(name string) string {
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "_"), `\`, "/")
	clean := path.Clean("/" + name)[1:]
	if strings.HasSuffix(name, "/") {
		clean += "/"
	}
	return clean
}

// reopened reads from a file that is opened for each read: many members may wait
// to be fetched, and none of them holds the archive open.
type reopened struct {
	at     place
	left   int64 // bytes that may be read to list the archive
	listed bool
}

func (r *reopened) ReadAt(b []byte, off int64) (int, error) {
	if !r.listed {
		if r.left -= int64(len(b)); r.left < 0 {
			return 0, corpus.ErrTooLarge
		}
	}
	f, err := r.at.fsys.Open(r.at.path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	at, ok := f.(io.ReaderAt)
	if !ok {
		return 0, ErrNotAFile
	}
	return at.ReadAt(b, off)
}

// begins reads the beginning of the file.
func (r *reopened) begins(b []byte) error {
	_, err := r.ReadAt(b, 0)
	return err
}

// archive yields the members of an archive as those of a folder. It returns
// false in opened when the file is no archive.
func (w *walk) archive(rel string, at place) (goOn, opened bool) {
	root := w.url(rel, false) + inArchive
	here := Item{URL: root, Name: path.Base(rel), Size: -1}
	if w.inside {
		return w.yield(here, fmt.Errorf("%s is an archive within an archive, and is not opened; unpack it first: %w", w.show(rel), ErrArchive)), true
	}
	z, err := openArchive(at)
	switch {
	case errors.Is(err, errNoArchive):
		return true, false
	case errors.Is(err, corpus.ErrTooLarge), errors.Is(err, ErrArchive):
		return w.yield(here, fmt.Errorf("%s: %w", w.show(rel), err)), true
	case err != nil:
		return w.yield(here, diskError(w.show(rel), err)), true
	}
	inner := &walk{
		ctx: w.ctx, fsys: z, inside: true, yield: w.yield,
		url: func(member string, dir bool) string {
			switch {
			case dir && member == ".":
				return root
			case dir:
				member += "/"
			}
			return root + escapePath(member)
		},
		show: func(member string) string { return w.show(rel) + inArchive + member },
	}
	return inner.folder(".", 0), true
}

// missingMember says whether an address is that of a member which its archive
// does not have any more, or whose archive is not there.
func missingMember(archive place, member string) bool {
	z, err := openArchive(archive)
	if errors.Is(err, fs.ErrNotExist) {
		return true
	}
	if err != nil {
		return false
	}
	_, err = fs.Stat(z, member)
	return errors.Is(err, fs.ErrNotExist)
}
