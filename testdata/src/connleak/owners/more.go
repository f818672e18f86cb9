package owners

import (
	"context"
	"database/sql"
)

// unit is a transaction in a struct that travels by value.
type unit struct {
	tx   *sql.Tx
	name string
}

func beginUnit(ctx context.Context, db *sql.DB, name string) (unit, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return unit{}, err
	}
	return unit{tx: tx, name: name}, nil
}

func (u unit) exec(text string) error {
	_, err := u.tx.Exec(text)
	return err
}

func (u unit) Done() error { return u.tx.Commit() }

func (u unit) Abort() { _ = u.tx.Rollback() }

// A failing call stands between the beginning and the first Abort.
func work(ctx context.Context, db *sql.DB, load func() (string, error)) error {
	u, err := beginUnit(ctx, db, "work") // want "u.*connleak/(wrapper|tx)"
	if err != nil {
		return err
	}
	text, err := load()
	if err != nil {
		return err
	}
	if err := u.exec(text); err != nil {
		u.Abort()
		return err
	}
	return u.Done()
}

// Every exit aborts or is done.
func workAborted(ctx context.Context, db *sql.DB, load func() (string, error)) error {
	u, err := beginUnit(ctx, db, "work")
	if err != nil {
		return err
	}
	text, err := load()
	if err != nil {
		u.Abort()
		return err
	}
	if err := u.exec(text); err != nil {
		u.Abort()
		return err
	}
	return u.Done()
}

// adminStore embeds an owner and gets Close by promotion.
type adminStore struct {
	*Store
	role string
}

func openAdmin(dsn string) (*adminStore, error) {
	s, err := openedStore(dsn)
	if err != nil {
		return nil, err
	}
	return &adminStore{Store: &s, role: "admin"}, nil
}

// The promoted Close of the embedded owner.
func checkAdmin(dsn string) error {
	s, err := openAdmin(dsn)
	if err != nil {
		return err
	}
	defer s.Close()
	return s.db.Ping()
}

// Nobody closes the embedded owner.
func checkAdminLeft(dsn string) error {
	s, err := openAdmin(dsn) // want "s.*connleak/wrapper"
	if err != nil {
		return err
	}
	return s.db.Ping()
}

// holder lends its rows by a getter.
type holder struct{ rows *sql.Rows }

func hold(db *sql.DB) (*holder, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	return &holder{rows}, nil
}

// Rows are the holder's rows.
func (h *holder) Rows() *sql.Rows { return h.rows }

// Release closes them.
func (h *holder) Release() { h.rows.Close() }

// Closed through the getter.
func throughGetter(db *sql.DB) error {
	h, err := hold(db)
	if err != nil {
		return err
	}
	defer h.Rows().Close()
	if !h.Rows().Next() {
		return errStop
	}
	return nil
}

// Read through the getter, and not closed.
func throughGetterLeft(db *sql.DB) error {
	h, err := hold(db) // want "h.*connleak/wrapper"
	if err != nil {
		return err
	}
	if !h.Rows().Next() {
		return errStop
	}
	return nil
}

// scanner is a project's interface over *sql.Rows.
type scanner interface {
	Next() bool
	Scan(dest ...any) error
	Close() error
}

func openScanner(db *sql.DB) (scanner, error) {
	rows, err := db.Query("SELECT id FROM users")
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// The rows behind the interface are closed.
func firstScanned(db *sql.DB) (id int, err error) {
	s, err := openScanner(db)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if !s.Next() {
		return 0, errStop
	}
	err = s.Scan(&id)
	return id, err
}

// The rows behind the interface are not closed.
func firstScannedLeft(db *sql.DB) (id int, err error) {
	s, err := openScanner(db) // want "s.*connleak/rows"
	if err != nil {
		return 0, err
	}
	if !s.Next() {
		return 0, errStop
	}
	err = s.Scan(&id)
	return id, err
}

// report is a fluent wrapper: its last method closes.
type report struct {
	rows *sql.Rows
	err  error
}

func reportOf(db *sql.DB) *report {
	rows, err := db.Query("SELECT id FROM users")
	return &report{rows: rows, err: err}
}

func (r *report) skip() *report {
	if r.err == nil {
		r.rows.Next()
	}
	return r
}

func (r *report) count() (n int, err error) {
	if r.err != nil {
		return 0, r.err
	}
	defer r.rows.Close()
	for r.rows.Next() {
		n++
	}
	return n, r.rows.Err()
}

// A chain whose last call closes inside.
func reported(db *sql.DB) (int, error) {
	return reportOf(db).skip().count()
}

// Two resources in one owner; the second fails and the half-built owner is closed.
type pair struct {
	read  *sql.Stmt
	write *sql.Stmt
}

func (p *pair) Close() {
	for _, stmt := range []*sql.Stmt{p.read, p.write} {
		if stmt != nil {
			stmt.Close()
		}
	}
}

func newPair(db *sql.DB) (_ *pair, err error) {
	p := &pair{}
	defer func() {
		if err != nil {
			p.Close()
		}
	}()
	if p.read, err = db.Prepare("SELECT id FROM users"); err != nil {
		return nil, err
	}
	if p.write, err = db.Prepare("DELETE FROM users"); err != nil {
		return nil, err
	}
	return p, nil
}

// The second fails and the half-built owner is dropped.
func newPairLeft(db *sql.DB) (_ *pair, err error) {
	p := &pair{}
	if p.read, err = db.Prepare("SELECT id FROM users"); err != nil { // want "connleak/stmt"
		return nil, err
	}
	if p.write, err = db.Prepare("DELETE FROM users"); err != nil {
		return nil, err
	}
	return p, nil
}
