package dbtest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// A process is one that dies with this one.
type process struct {
	cmd  *exec.Cmd
	done chan struct{} // closed when it has ended
	err  error         // how it ended, once done is closed
}

// start starts a process.
func start(cmd *exec.Cmd) (*process, error) {
	dieWithUs(cmd)
	p := &process{cmd: cmd, done: make(chan struct{})}
	started := make(chan error)
	go func() {
		// Its death is bound to that of the thread that starts it, not of the
		// process. So the thread is kept from ending before.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			p.err = cmd.Wait()
			close(p.done)
		}
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

// stop asks the process to end, and kills it if it takes longer than it may.
func (p *process) stop(patience time.Duration) error {
	if p.cmd.Process.Signal(syscall.SIGTERM) != nil {
		_ = p.cmd.Process.Kill() // it fails if there is nothing left to kill
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-p.done:
		return nil
	case <-timer.C:
		_ = p.cmd.Process.Kill()
		<-p.done
		return fmt.Errorf("process %d was killed, it did not stop within %v", p.cmd.Process.Pid, patience)
	}
}

// run runs a command to its end. The error has the end of what it printed.
func run(ctx context.Context, cmd *exec.Cmd) error {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	p, err := start(cmd)
	if err != nil {
		return err
	}
	select {
	case <-p.done:
	case <-ctx.Done():
		_ = p.cmd.Process.Kill()
		<-p.done
		return ctx.Err()
	}
	if p.err != nil {
		return fmt.Errorf("%s: %w\n%s", cmd.Path, p.err, tail(out.Bytes()))
	}
	return nil
}

// tail returns the last lines of a log.
func tail(text []byte) string {
	const size = 4 << 10
	if len(text) > size {
		text = text[len(text)-size:]
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	return string(text)
}

// asRoot returns the argument without which a server refuses to run as root.
func asRoot() []string {
	if os.Geteuid() == 0 {
		return []string{"--user=root"}
	}
	return nil
}
