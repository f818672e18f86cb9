package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// A service is one that runs.
type service struct {
	cmd    *exec.Cmd
	addr   string // that it listens on
	stderr bytes.Buffer
}

// start starts the service, and returns when it can be used.
func (d *demo) start() error {
	const line = "bookshop -addr 127.0.0.1:0"
	args := strings.Fields(line)
	s := &service{cmd: d.command(filepath.Join(d.bin, args[0]), args[1:]...)}
	s.cmd.Stderr = &s.stderr
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		return err
	}
	d.service = s
	// If it does not come up it ends, and so does what it prints.
	greeting, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		d.service = nil
		return errors.Join(fmt.Errorf("%s: it did not start: %w", line, err), s.stop())
	}
	_, s.addr, _ = strings.Cut(strings.TrimSpace(greeting), "listening on ")
	d.print("$ " + line + " &\n" + greeting)
	return nil
}

// stop asks the service to end, and waits until it has.
func (s *service) stop() error {
	_ = s.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	if err := s.cmd.Wait(); err != nil {
		return fmt.Errorf("bookshop: %w\n%s", err, &s.stderr)
	}
	return nil
}
