package dbtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/go-sql-driver/mysql"
)

// stopTimeout is how long a server may take to stop.
const stopTimeout = 20 * time.Second

// A Server is a database server that runs, until it is closed. Its methods may be
// used by several goroutines.
type Server struct {
	Kind    Kind
	Version string // as SELECT VERSION() has it
	Addr    string // host and port
	// ExtraAddr is the side door for administrators. MariaDB lets any account in
	// but has a single place there, and one more for an administrator. It is
	// empty with Config.NoSideDoor.
	ExtraAddr string
	// Dir is the server's directory. Log, data and temporary files are in it.
	Dir string

	program *program
	config  Config
	owner   *os.File // keeps Dir ours

	mu      sync.Mutex
	process *process // nil if it could not be started
	closed  bool
	log     string // the end of the log, once closed
}

// DSN returns a data source name for github.com/go-sql-driver/mysql. The database
// may be empty; params are of the form "name=value".
func (s *Server) DSN(user, password, db string, params ...string) string {
	return dsn(s.Addr, user, password, db, params)
}

// ExtraDSN is like DSN, but for the side door.
func (s *Server) ExtraDSN(user, password, db string, params ...string) string {
	return dsn(s.ExtraAddr, user, password, db, params)
}

func dsn(addr, user, password, db string, params []string) string {
	c := mysql.NewConfig()
	c.Net, c.Addr = "tcp", addr
	c.User, c.Passwd, c.DBName = user, password, db
	s := c.FormatDSN()
	if len(params) > 0 {
		s += "?" + strings.Join(params, "&")
	}
	return s
}

// Close stops the server, which ends its connections, and removes its directory.
// More calls do nothing.
func (s *Server) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	err := s.stop()
	s.log = s.readLog()
	err = errors.Join(err, os.RemoveAll(s.Dir), s.owner.Close())
	if err != nil {
		return fmt.Errorf("closing %s: %w", s.Kind, err)
	}
	return nil
}

// Restart stops the server and starts it again, with the same data, addresses and
// arguments.
func (s *Server) Restart(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return fmt.Errorf("%s is closed", s.Kind)
	}
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	err := s.stop()
	if err == nil {
		err = s.launch(ctx)
	}
	if err != nil {
		return fmt.Errorf("restarting %s: %w", s.Kind, err)
	}
	return nil
}

// Log returns the end of what the server has logged, even after Close.
func (s *Server) Log() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.log
	}
	return s.readLog()
}

// stop stops the process, if there is one.
func (s *Server) stop() error {
	if s.process == nil {
		return nil
	}
	return s.process.stop(stopTimeout)
}

// logName returns the name of the file to which the server logs.
func (s *Server) logName() string { return filepath.Join(s.Dir, "log") }

// readLog returns the end of the log.
func (s *Server) readLog() string {
	text, err := os.ReadFile(s.logName())
	if err != nil {
		return err.Error()
	}
	return tail(text)
}
