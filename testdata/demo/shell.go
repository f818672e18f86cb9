package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
)

// grace is how long a command may take to stop when it is asked to.
const grace = 10 * time.Second

// A shell runs commands and writes the transcript.
type shell struct {
	ctx     context.Context
	out     io.Writer
	dir     string   // where commands run
	bin     string   // where they are
	env     []string // their environment
	secrets []string // must not be printed
	err     error    // why the transcript is not complete
}

// say writes a remark.
func (s *shell) say(format string, args ...any) {
	s.print("\n# " + strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", "\n# ") + "\n")
}

// print writes to the transcript. What fails is kept for the end of the stage.
func (s *shell) print(text string) {
	for _, secret := range s.secrets {
		if strings.Contains(text, secret) {
			s.err = cmp.Or(s.err, errors.New("the output holds a password or a data source name, and is not printed"))
			return
		}
	}
	if _, err := io.WriteString(s.out, text); err != nil {
		s.err = cmp.Or(s.err, err)
	}
}

// run runs a command that has to end with an exit code, prints it with all that it
// prints, and returns that.
func (s *shell) run(want int, line string) (string, error) {
	output, code, err := s.capture(line)
	if err != nil {
		return "", err
	}
	return output, s.show(line, output, code, want)
}

// show prints a command that was run, and checks its exit code.
func (s *shell) show(line, output string, code, want int) error {
	s.print("$ " + line + "\n" + output)
	if code != want {
		return fmt.Errorf("%s: exit code %d, want %d", line, code, want)
	}
	return nil
}

// capture runs a command and returns what it prints, and its exit code.
func (s *shell) capture(line string) (output string, code int, err error) {
	// The shell makes way for the command, so that an interrupt reaches it.
	cmd := s.command("sh", "-c", "exec "+line)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	var exit *exec.ExitError
	if err := cmd.Run(); s.ctx.Err() != nil {
		return "", 0, s.ctx.Err()
	} else if err != nil && !errors.As(err, &exit) {
		return "", 0, fmt.Errorf("%s: %w", line, err)
	}
	return out.String(), cmd.ProcessState.ExitCode(), nil
}

// command prepares a command that is interrupted when the demo is.
func (s *shell) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(s.ctx, name, args...)
	cmd.Dir, cmd.Env = s.dir, s.env
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = grace
	return cmd
}

// sleep waits, unless the demo is interrupted.
func (s *shell) sleep(d time.Duration) {
	select {
	case <-s.ctx.Done():
	case <-time.After(d):
	}
}
