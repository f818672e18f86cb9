package owners

import (
	"database/sql"
	"fmt"
)

// A map of statements: an error in the middle drops those prepared before.
func prepareAll(db *sql.DB, texts map[string]string) (map[string]*sql.Stmt, error) {
	stmts := make(map[string]*sql.Stmt, len(texts))
	for name, text := range texts {
		stmt, err := db.Prepare(text) // want "stmt.*connleak/stmt"
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		stmts[name] = stmt
	}
	return stmts, nil
}

// An error in the middle closes those prepared before.
func prepareAllClosed(db *sql.DB, texts map[string]string) (map[string]*sql.Stmt, error) {
	stmts := make(map[string]*sql.Stmt, len(texts))
	for name, text := range texts {
		stmt, err := db.Prepare(text)
		if err != nil {
			for _, s := range stmts {
				s.Close()
			}
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		stmts[name] = stmt
	}
	return stmts, nil
}

// A slice of rows that is closed as a whole.
func columnsOfAll(db *sql.DB, tables []string) (n int, err error) {
	var all []*sql.Rows
	defer func() {
		for _, rows := range all {
			rows.Close()
		}
	}()
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table)
		if err != nil {
			return 0, err
		}
		all = append(all, rows)
	}
	for _, rows := range all {
		cols, err := rows.Columns()
		if err != nil {
			return 0, err
		}
		n += len(cols)
	}
	return n, nil
}

// A slice of rows that nobody closes.
func columnsOfAllLeft(db *sql.DB, tables []string) (n int, err error) {
	var all []*sql.Rows
	for _, table := range tables {
		rows, err := db.Query("SELECT * FROM " + table) // want "rows.*connleak/rows"
		if err != nil {
			return 0, err
		}
		all = append(all, rows)
	}
	for _, rows := range all {
		cols, err := rows.Columns()
		if err != nil {
			return 0, err
		}
		n += len(cols)
	}
	return n, nil
}

// stmtCache keeps statements for the program's life.
type stmtCache struct {
	db    *sql.DB
	stmts map[string]*sql.Stmt
}

// A statement cached in a map of the receiver is kept, not lost.
func (c *stmtCache) get(text string) (*sql.Stmt, error) {
	if stmt, ok := c.stmts[text]; ok {
		return stmt, nil
	}
	stmt, err := c.db.Prepare(text)
	if err != nil {
		return nil, err
	}
	c.stmts[text] = stmt
	return stmt, nil
}

// What the cache lends is not the caller's to close.
func (c *stmtCache) deleteUser(id int) error {
	stmt, err := c.get("DELETE FROM users WHERE id = ?")
	if err != nil {
		return err
	}
	_, err = stmt.Exec(id)
	return err
}
