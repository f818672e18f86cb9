package dbtest

import (
	"os/exec"
	"syscall"
)

// dieWithUs has the kernel kill the process when this one dies, however it does.
// An interrupt from the terminal is for this process alone: it may want to read
// the server's state before it stops it.
func dieWithUs(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
