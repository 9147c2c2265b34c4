// Package libreoffice reads the Office files of before 2007 by having LibreOffice,
// where it is installed, turn them into those of today, which others read. It
// knows how the program is called, and nothing of either format.
package libreoffice

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"marsa/internal/extract"
)

const (
	// engine begins the name under which pages say who read them.
	engine = "libreoffice"
	// mostTime is how long the program may take for a file. It starts in 1 to 5 s.
	mostTime = 2 * time.Minute
)

// Extractor reads a file. worker.Pool is one.
type Extractor interface {
	Extract(ctx context.Context, name string, data []byte) (*extract.Content, error)
}

// Reader is an Extractor that turns old Office files into new ones for another.
// It is safe for concurrent use; one file is turned at a time.
type Reader struct {
	Next    Extractor
	Program string        // its path; empty where there is none
	Time    time.Duration // for a file; 0 is two minutes

	turn sync.Mutex
}

// New returns a reader that uses the program that is on PATH.
func New(next Extractor) *Reader {
	for _, name := range []string{"soffice", "libreoffice"} {
		if path, err := exec.LookPath(name); err == nil {
			return &Reader{Next: next, Program: path}
		}
	}
	return &Reader{Next: next}
}

// Extract implements Extractor.
func (r *Reader) Extract(ctx context.Context, name string, data []byte) (*extract.Content, error) {
	if len(data) > extract.MaxFile {
		return r.Next.Extract(ctx, name, data) // which says that it is too large
	}
	old := extract.Sniff(name, data)
	ext := modern(old)
	if ext == "" {
		return r.Next.Extract(ctx, name, data)
	}
	if r.Program == "" {
		return nil, fmt.Errorf("extract %s: %s, install LibreOffice on the server, or save the file as .%s: %w",
			name, extract.FormatName(old), ext, extract.ErrUnsupported)
	}
	turned, err := r.convert(ctx, data, ext)
	if err != nil {
		return nil, fmt.Errorf("extract %s: %s: %w", name, extract.FormatName(old), err)
	}
	c, err := r.Next.Extract(ctx, strings.TrimSuffix(name, filepath.Ext(name))+"."+ext, turned)
	if err != nil {
		return nil, err
	}
	c.MediaType = old
	for i := range c.Pages {
		c.Pages[i].Quality.Engine = engine + "/" + c.Pages[i].Quality.Engine
	}
	return c, nil
}

// modern returns the ending of the format that an old one is turned into.
func modern(mediaType string) string {
	switch mediaType {
	case extract.DOC:
		return "docx"
	case extract.PPT:
		return "pptx"
	case extract.XLS:
		return "xlsx"
	}
	return ""
}

// convert runs the program in a directory of its own, with a fresh profile that
// runs no macros and follows no links. Where the system could lend it no network
// it would need rights that marsa does not ask for; the proxy that it is given
// leads nowhere.
func (r *Reader) convert(ctx context.Context, data []byte, ext string) ([]byte, error) {
	r.turn.Lock()
	defer r.turn.Unlock()
	dir, err := os.MkdirTemp("", "marsa-office-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := prepare(dir, data); err != nil {
		return nil, err
	}
	most := r.Time
	if most <= 0 {
		most = mostTime
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	c := exec.CommandContext(ctx, r.Program, "-env:UserInstallation="+fileURL(filepath.Join(dir, "profile")),
		"--headless", "--invisible", "--nodefault", "--nologo", "--norestore", "--nolockcheck", "--nofirststartwizard",
		"--convert-to", ext, "--outdir", filepath.Join(dir, "out"), filepath.Join(dir, "in"))
	c.Dir = dir
	c.Env = environment(dir)
	alone(c)
	c.WaitDelay = 5 * time.Second
	err = c.Run() // what it says is of no use: it ends well when it could not read a file
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil, fmt.Errorf("LibreOffice took longer than %v: %w", most, extract.ErrTimeout)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	out, readErr := read(filepath.Join(dir, "out", "in."+ext))
	switch {
	case errors.Is(readErr, extract.ErrTooLarge):
		return nil, readErr
	case err != nil, readErr != nil:
		return nil, fmt.Errorf("LibreOffice cannot open it, it may need a password or be damaged: %w: %w", extract.ErrDamaged, errors.Join(err, readErr))
	}
	return out, nil
}

// environment is what the program needs of ours.
func environment(dir string) []string {
	env := []string{"HOME=" + dir, "TMPDIR=" + dir, "TMP=" + dir, "TEMP=" + dir, "LC_ALL=C.UTF-8", "SAL_USE_VCLPLUGIN=svp",
		"http_proxy=http://127.0.0.1:9", "https_proxy=http://127.0.0.1:9", "PATH=" + os.Getenv("PATH")}
	if runtime.GOOS == "windows" {
		env = append(env, "SystemRoot="+os.Getenv("SystemRoot"))
	}
	return env
}

func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/…
		path = "/" + path
	}
	return "file://" + strings.ReplaceAll(path, " ", "%20")
}

// prepare writes the file and the settings of the profile.
func prepare(dir string, data []byte) error {
	user := filepath.Join(dir, "profile", "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(settings), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "in"), data, 0o600)
}

// settings forbid macros, links that update themselves and pictures from
// elsewhere.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
`

// read reads what the program made, up to the largest file that is read.
func read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, extract.MaxFile+1))
	if err == nil && len(data) > extract.MaxFile {
		return nil, fmt.Errorf("what LibreOffice made of it is over %d MiB: %w", extract.MaxFile>>20, extract.ErrTooLarge)
	}
	return data, err
}
