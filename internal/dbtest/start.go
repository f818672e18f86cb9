package dbtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// A Config says what to start.
type Config struct {
	Kind Kind
	// Args are further arguments of the server, such as --max_connections=10. They
	// win over those that this package gives, but must leave alone where the
	// server listens and has its files.
	Args []string
	// NoSideDoor keeps the side door shut, as it is unless somebody configures it.
	NoSideDoor bool
}

const (
	startTimeout = 2 * time.Minute // for a slow machine that is busy
	portTries    = 5
)

// errPortTaken says that a port was free, and then was not.
var errPortTaken = errors.New("a port was taken by another process")

// Start starts a server. It returns when the server can be used; the context does
// not matter after that. The error wraps [ErrNotInstalled] if there is no such
// server on this machine, or the system is neither Linux nor macOS.
func Start(ctx context.Context, c Config) (*Server, error) {
	family, ok := families[c.Kind]
	if !ok {
		return nil, fmt.Errorf("no kind of server: %q", c.Kind)
	}
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		return nil, fmt.Errorf("%s: %w: there is no support for %s", c.Kind, ErrNotInstalled, runtime.GOOS)
	}
	p, err := family.find()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Kind, err)
	}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	dir, owner, err := newDir()
	if err != nil {
		return nil, fmt.Errorf("starting %s: %w", c.Kind, err)
	}
	s := &Server{Kind: c.Kind, Dir: dir, program: p, config: c, owner: owner}
	if err := s.first(ctx); err != nil {
		return nil, fmt.Errorf("starting %s: %w", c.Kind, errors.Join(err, s.Close()))
	}
	return s, nil
}

// first starts the server for the first time.
func (s *Server) first(ctx context.Context) error {
	if err := newData(ctx, s.Kind, s.program, s.data()); err != nil {
		return err
	}
	var err error
	for range portTries {
		if err = s.chooseAddrs(); err != nil {
			return err
		}
		if err = s.launch(ctx); !errors.Is(err, errPortTaken) {
			return err
		}
	}
	return err
}

// chooseAddrs sets the addresses to free ones.
func (s *Server) chooseAddrs() error {
	addrs := []*string{&s.Addr}
	if !s.config.NoSideDoor {
		addrs = append(addrs, &s.ExtraAddr)
	}
	for _, addr := range addrs {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		// Both are kept until both are known, so that they differ.
		defer l.Close()
		*addr = l.Addr().String()
	}
	return nil
}

// data returns the name of the data directory.
func (s *Server) data() string { return filepath.Join(s.Dir, "data") }

// socket returns the name of the Unix socket, which is nobody else's.
func (s *Server) socket() string { return filepath.Join(s.Dir, "socket") }

// arguments returns the arguments of the server.
func (s *Server) arguments() []string {
	_, port, _ := net.SplitHostPort(s.Addr)
	args := []string{
		"--datadir=" + s.data(),
		"--tmpdir=" + s.Dir,
		"--socket=" + s.socket(),
		"--pid-file=" + filepath.Join(s.Dir, "pid"),
		"--bind-address=127.0.0.1",
		"--port=" + port,
		"--skip-name-resolve",
		"--performance-schema=ON",
	}
	args = append(args, families[s.Kind].args...)
	if _, port, err := net.SplitHostPort(s.ExtraAddr); err == nil {
		args = append(args, families[s.Kind].sideDoor(port)...)
	}
	return append(args, s.config.Args...)
}

// launch starts the process and waits until it is ready.
func (s *Server) launch(ctx context.Context) error {
	log, err := os.OpenFile(s.logName(), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close() // the process has its own
	written, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	cmd := s.program.cmd(s.arguments()...)
	cmd.Stdout, cmd.Stderr = log, log
	if s.process, err = start(cmd); err != nil {
		return err
	}
	if err := s.ready(ctx); err != nil {
		err = errors.Join(err, s.stop())
		text, readErr := os.ReadFile(s.logName())
		if readErr != nil {
			return errors.Join(err, readErr)
		}
		text = text[written:]
		if strings.Contains(string(text), "Address already in use") {
			err = errors.Join(errPortTaken, err)
		}
		return fmt.Errorf("%w\nlog of the server:\n%s", err, tail(text))
	}
	return nil
}
