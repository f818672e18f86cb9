package dbtest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/go-sql-driver/mysql"
)

const (
	pollInterval = 10 * time.Millisecond
	pollTimeout  = 5 * time.Second // for one login
	settleTime   = 20 * time.Millisecond
)

// ready waits until the server can be used, or has ended.
func (s *Server) ready(ctx context.Context) error {
	process := s.process
	alive, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-process.done:
			// Another process may have the port, and never answer.
			cancel()
		case <-alive.Done():
		}
	}()
	for {
		err := s.hello(alive)
		if err == nil {
			// The server has closed the connection and is about to forget it. A
			// test that counts connections would be off by one.
			time.Sleep(settleTime)
			return nil
		}
		select {
		case <-process.done:
			return fmt.Errorf("the server ended: %v", process.err)
		case <-ctx.Done():
			return fmt.Errorf("%w: the server was not ready: %w", ctx.Err(), err)
		case <-time.After(pollInterval):
		}
	}
}

// hello logs in and learns the server's version.
func (s *Server) hello(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, pollTimeout)
	defer cancel()
	var version, socket string
	if err := ask(ctx, s.Addr, "SELECT VERSION(), @@GLOBAL.socket", &version, &socket); err != nil {
		return err
	}
	// Whoever took our port might let root in just as well.
	if socket != s.socket() {
		return errors.New("another server answers")
	}
	if s.Version == "" { // may be read while it restarts
		s.Version = version
	}
	return nil
}

// ask logs in as root and reads the only row of a query.
func ask(ctx context.Context, addr, query string, dest ...any) error {
	config, err := mysql.ParseDSN(dsn(addr, "root", "", "", nil))
	if err != nil {
		return err
	}
	config.Logger = &mysql.NopLogger{} // a server that is not up yet is no news
	config.DialFunc = dialLingering
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	return db.QueryRowContext(ctx, query).Scan(dest...)
}

// dialLingering opens a connection that is closed only after the server has closed
// it, too.
func dialLingering(ctx context.Context, network, addr string) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	return lingering{conn}, nil
}

type lingering struct{ net.Conn }

func (l lingering) Close() error {
	if l.SetReadDeadline(time.Now().Add(time.Second)) == nil {
		_, _ = io.Copy(io.Discard, l.Conn)
	}
	return l.Conn.Close()
}
