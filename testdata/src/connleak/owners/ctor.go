package owners

import (
	"context"
	"database/sql"
	"fmt"
)

// proxy owns a connection.
type proxy struct {
	conn *sql.Conn
	id   int
}

func (p *proxy) handshake(ctx context.Context) error {
	return p.conn.QueryRowContext(ctx, "SELECT CONNECTION_ID()").Scan(&p.id)
}

func (p *proxy) Close() error { return p.conn.Close() }

// The struct escapes on the success path only: a failed handshake drops the connection.
func newProxy(ctx context.Context, db *sql.DB) (*proxy, error) {
	conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
	if err != nil {
		return nil, err
	}
	p := &proxy{conn: conn}
	if err := p.handshake(ctx); err != nil {
		return nil, fmt.Errorf("handshake: %w", err)
	}
	return p, nil
}

// The struct's own Close is called on the error path.
func newProxyClosed(ctx context.Context, db *sql.DB) (*proxy, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	p := &proxy{conn: conn}
	if err := p.handshake(ctx); err != nil {
		p.Close()
		return nil, fmt.Errorf("handshake: %w", err)
	}
	return p, nil
}

// The connection's Close is called on the error path.
func newProxyConnClosed(ctx context.Context, db *sql.DB) (p *proxy, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			conn.Close()
		}
	}()
	p = &proxy{conn: conn}
	if err := p.handshake(ctx); err != nil {
		return nil, err
	}
	return p, nil
}

// The proxy is returned with the error: then the caller has both.
func newProxyBoth(ctx context.Context, db *sql.DB) (*proxy, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	p := &proxy{conn: conn}
	return p, p.handshake(ctx)
}

// A caller that closes although there is an error.
func pingBoth(ctx context.Context, db *sql.DB) error {
	p, err := newProxyBoth(ctx, db)
	if p != nil {
		defer p.Close()
	}
	return err
}

// A caller that takes the error for "there is no proxy".
func pingBothLeft(ctx context.Context, db *sql.DB) error {
	p, err := newProxyBoth(ctx, db) // want "p.*connleak/wrapper"
	if err != nil {
		return err
	}
	return p.Close()
}

// The constructor of somebody else's: the error exit after it is the caller's.
func serve(ctx context.Context, db *sql.DB, port int) (*proxy, error) {
	p, err := newProxyClosed(ctx, db) // want "p.*connleak/wrapper"
	if err != nil {
		return nil, err
	}
	if port == 0 {
		return nil, errStop
	}
	return p, nil
}

// The port is checked and the proxy closed.
func serveClosed(ctx context.Context, db *sql.DB, port int) (*proxy, error) {
	p, err := newProxyClosed(ctx, db)
	if err != nil {
		return nil, err
	}
	if port == 0 {
		_ = p.Close()
		return nil, errStop
	}
	return p, nil
}

// Store keeps a pool.
type Store struct {
	db  *sql.DB
	dsn string
}

// A value receiver is a copy: the pool is stored in it and lost.
func (s Store) OpenCopy() error {
	db, err := sql.Open("mysql", s.dsn) // want "db.*connleak/db"
	if err != nil {
		return err
	}
	s.db = db
	return nil
}

// A pointer receiver keeps it.
func (s *Store) Open() error {
	db, err := sql.Open("mysql", s.dsn)
	if err != nil {
		return err
	}
	s.db = db
	return nil
}

// Close releases what Open stored.
func (s *Store) Close() error { return s.db.Close() }

// A struct by value that is returned is no loss.
func openedStore(dsn string) (Store, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return Store{}, err
	}
	return Store{db: db, dsn: dsn}, nil
}

// A parameter passed by value is a copy as well.
func fill(s Store) error {
	db, err := sql.Open("mysql", s.dsn) // want "db.*connleak/db"
	if err != nil {
		return err
	}
	s.db = db
	return s.db.Ping()
}

// A parameter passed by pointer is the caller's.
func fillPointer(s *Store) error {
	db, err := sql.Open("mysql", s.dsn)
	if err != nil {
		return err
	}
	s.db = db
	return s.db.Ping()
}
