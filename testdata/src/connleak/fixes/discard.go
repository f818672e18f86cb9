package fixes

import (
	"context"
	"database/sql"

	"github.com/jmoiron/sqlx"
)

// Statements whose rows nobody reads.
func vacuum(ctx context.Context, db *sql.DB, dbx *sqlx.DB) error {
	_, err := db.Query("VACUUM") // want "rows of db.Query.*use Exec .connleak/rows"
	if err != nil {
		return err
	}
	if _, err := db.QueryContext(ctx, "ANALYZE"); err != nil { // want "use ExecContext .connleak/rows"
		return err
	}
	db.QueryRow("ANALYZE users") // want "row of db.QueryRow.*use Exec .connleak/row"

	_ = db.QueryRowContext(ctx, "ANALYZE groups") // want "use ExecContext .connleak/row"

	_, err = dbx.Queryx("ANALYZE things") // want "use Exec .connleak/rows"

	_, err = dbx.NamedQuery("ANALYZE :table", nil) // want "use NamedExec .connleak/rows"

	return err
}

// What is dropped gets a name.
func probe(ctx context.Context, db *sql.DB) error {
	_, err := db.Conn(ctx) // want "connection of db.Conn.*connleak/conn"
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "SELECT 1")
	return err
}

func reused(ctx context.Context, db *sql.DB, n int) error {
	_, err := db.ExecContext(ctx, "SELECT 1")
	if n > 0 {
		return err
	}
	_, err = db.Conn(ctx) // want "connection of db.Conn.*connleak/conn"
	return err
}

func prepare(db *sql.DB) bool {
	_, err := db.Prepare("SELECT 1") // want "statement of db.Prepare.*connleak/stmt"
	return err == nil
}
