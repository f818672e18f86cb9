// Package schema is a stub of github.com/uptrace/bun/schema.
package schema

import "database/sql"

type Dialect interface {
	Init(db *sql.DB)
}
