//go:build unix

package libreoffice

import (
	"os/exec"
	"syscall"
)

// alone puts the program into a group of its own, which ends as a whole: what is
// on PATH starts another that does the work.
func alone(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
