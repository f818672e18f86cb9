package owners

import (
	"context"
	"database/sql"
)

// An owner of two resources owes one release.
type session struct {
	db   *sql.DB
	conn *sql.Conn
}

func (s *session) Close() error {
	s.conn.Close()
	return s.db.Close()
}

func newSession(ctx context.Context, dsn string) (*session, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		db.Close()
		return nil, err
	}
	return &session{db, conn}, nil
}

func useSession(ctx context.Context, dsn string) error {
	s, err := newSession(ctx, dsn) // want `^s \(\*session\) holds [^ ]* and is never closed.*connleak/wrapper`
	if err != nil {
		return err
	}
	return s.db.PingContext(ctx)
}
