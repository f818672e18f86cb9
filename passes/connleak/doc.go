// Package connleak defines an analyzer that reports database resources which
// are not released on every path.
//
// # Analyzer connleak
//
// connleak: report database resources that are not released on every path
//
// A *sql.Rows, *sql.Row, *sql.Tx or *sql.Conn holds a connection of its pool
// until it is closed, scanned, committed or rolled back. The garbage collector
// does not do that. Each time control leaves by a path that forgets it, the
// pool has one connection less, until it is empty or the server refuses
// clients with "Too many connections":
//
//	rows, err := db.Query("SELECT id FROM users")
//	if err != nil {
//		return err
//	}
//	for rows.Next() {
//		if err := rows.Scan(&id); err != nil {
//			return err // rows is still open
//		}
//	}
//	return rows.Err()
//
// The loop closes the rows when Next returns false, the return inside it
// leaves before that. A "defer rows.Close()" behind the check of the error
// closes them on every path.
//
// Prepared statements, pools (*sql.DB) that are lost before anything keeps
// them, and types that wrap one of these and have a method to release it are
// followed in the same way, through branches, defers, closures, goroutines and
// calls into other packages; so are their counterparts in sqlx, pgx, gorm, bun,
// ent and squirrel. What is returned, stored where it outlives the function, or
// handed to something that takes it over is no longer the function's to
// release.
//
// Each report names the exit and carries the path to it. Its category is the
// kind of the resource: rows, row, stmt, tx, conn, db, batch, or wrapper. A
// comment "//connvet:ignore connleak/rows why" on the statement or in the
// function's doc comment suppresses it.
package connleak
