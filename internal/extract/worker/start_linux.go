package worker

import "syscall"

// attributes make a child the leader of its own session, so that a key pressed
// in the terminal is the parent's affair, and have the system kill it when the
// parent is gone.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}
