//go:build unix

package control

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// lockFile takes the lock of a file until it is closed or its process ends.
func lockFile(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return ErrOwned
	}
	return err
}

// listenPrivately makes the socket under a name that nobody looks for, and gives
// it its name when only its owner may write to it.
// What bears that first name was left by an owner that was killed between the two.
func listenPrivately(path string) (net.Listener, error) {
	if err := removeIfThere(path + "~"); err != nil {
		return nil, err
	}
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path + "~", Net: "unix"})
	if err != nil {
		return nil, err
	}
	listener.SetUnlinkOnClose(false)
	if err := errors.Join(os.Chmod(path+"~", 0o600), os.Rename(path+"~", path)); err != nil {
		return nil, errors.Join(err, listener.Close(), removeIfThere(path+"~"))
	}
	return listener, nil
}

func ownedByMe(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Getuid() && info.Mode().Perm()&0o077 == 0
}
