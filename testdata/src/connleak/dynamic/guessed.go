package dynamic

import (
	"context"
	"database/sql"
	"errors"
)

// What a call does that cannot be followed is guessed, and a guess yields to
// what the functions around it show: a release after the call, in the caller
// too, or a result whose type releases the same thing.

type recorder interface {
	Record(ctx context.Context, tx *sql.Tx) error
}

type keeper interface{ Keep(tx *sql.Tx) }

func record(ctx context.Context, r recorder, tx *sql.Tx) error {
	return r.Record(ctx, tx)
}

func recordedDeep(ctx context.Context, r recorder, tx *sql.Tx) error {
	return record(ctx, r, tx)
}

func releasedByCallerOfGuess(ctx context.Context, db *sql.DB, r recorder) error {
	tx, err := db.Begin() // want `tx is neither committed nor rolled back on some path: the return at line 33 .*`
	if err != nil {
		return err
	}
	if err := record(ctx, r, tx); err != nil {
		return err
	}
	return tx.Commit()
}

func releasedTwoCallersUp(ctx context.Context, db *sql.DB, r recorder) error {
	tx, err := db.Begin() // want `tx is neither committed nor rolled back on some path: the return at line 44 .*`
	if err != nil {
		return err
	}
	if err := recordedDeep(ctx, r, tx); err != nil {
		return err
	}
	return tx.Commit()
}

func releasedByCallerOfGuessClean(ctx context.Context, db *sql.DB, r recorder) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	if err := recordedDeep(ctx, r, tx); err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit()
}

// Nobody in sight releases it: the callee's guess stands.
func guessStands(ctx context.Context, db *sql.DB, r recorder) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	return recordedDeep(ctx, r, tx)
}

// A constructor that shows the connection to someone and then returns it.
func opened(ctx context.Context, db *sql.DB, r interface {
	Prepare(context.Context, *sql.Conn) error
}) (*sql.Conn, func() error, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	closeIt := func() error { return conn.Close() }
	if err := r.Prepare(ctx, conn); err != nil {
		return nil, nil, errors.Join(err, closeIt())
	}
	return conn, closeIt, nil
}

func freshAfterGuess(ctx context.Context, db *sql.DB, r interface {
	Prepare(context.Context, *sql.Conn) error
}, early bool) error {
	conn, closeIt, err := opened(ctx, db, r) // want `conn is .*: the return at line 93 .*`
	if err != nil {
		return err
	}
	if early {
		return errors.New("early")
	}
	defer closeIt()
	return conn.PingContext(ctx)
}

type builder interface{ Build() }

type session struct {
	builder
	tx *sql.Tx
}

func (s *session) Commit() error   { return s.tx.Commit() }
func (s *session) Rollback() error { return s.tx.Rollback() }

type factory struct {
	db  *sql.DB
	new func(tx *sql.Tx) builder
}

// The builder sees the transaction, and the session ends it.
func (f *factory) begin() (*session, error) {
	tx, err := f.db.Begin()
	if err != nil {
		return nil, err
	}
	return &session{f.new(tx), tx}, nil
}

func ownerDespiteGuess(f *factory) error {
	s, err := f.begin() // want `s \(\*session\) holds \*sql.Tx and is not rolled back on every path: the return at line 129 .*`
	if err != nil {
		return err
	}
	if s.builder == nil {
		return errors.New("no builder")
	}
	return s.Commit()
}

func ownerDespiteGuessClean(f *factory) error {
	s, err := f.begin()
	if err != nil {
		return err
	}
	defer s.Rollback()
	if s.builder == nil {
		return errors.New("no builder")
	}
	return s.Commit()
}

// The error path of such a constructor.
func (f *factory) beginChecked(ctx context.Context) (*session, error) {
	tx, err := f.db.Begin() // want `tx is neither committed nor rolled back on some path: the return at line 154 .*`
	if err != nil {
		return nil, err
	}
	b := f.new(tx)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return &session{b, tx}, nil
}

// A cache keeps what it is given, and the caller gets to see it.
func cached(db *sql.DB, k keeper) (*sql.Tx, error) {
	tx, err := db.Begin()
	if err != nil {
		return nil, err
	}
	k.Keep(tx)
	return tx, nil
}

func usesCached(db *sql.DB, k keeper) error {
	tx, err := cached(db, k)
	if err != nil {
		return err
	}
	_, err = tx.Exec("SELECT 1")
	return err
}

type view struct{ tx *sql.Tx }

func (v view) exec() error { _, err := v.tx.Exec("SELECT 1"); return err }

// A result that cannot release it says nothing.
func (f *factory) view() (view, error) {
	tx, err := f.db.Begin()
	if err != nil {
		return view{}, err
	}
	f.new(tx)
	return view{tx}, nil
}

func usesView(f *factory) error {
	v, err := f.view()
	if err != nil {
		return err
	}
	return v.exec()
}
