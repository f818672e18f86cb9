package review

import (
	"strings"
	"testing"
)

// A pull is a repository with a branch that a pull request is about.
type pull struct {
	dir        string
	base, head string // commits
}

// The files of the repository before the pull request.
var before = map[string]string{
	"go.mod": "module example.com/shop\n\ngo 1.25.0\n",
	"shop.go": `package shop

import "database/sql"

func done(rows *sql.Rows) { rows.Close() }
`,
	"orders/orders.go": `package orders

import "database/sql"

func Old(db *sql.DB) error {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		return err
	}
	rows.Next()
	return nil
}

func First(db *sql.DB) (id int, err error) {
	rows, err := db.Query("SELECT id FROM orders")
	if err != nil {
		return 0, err
	}
	if rows.Next() {
		err = rows.Scan(&id)
	}
	if err == nil {
		err = rows.Err()
	}
	// What else there is, is of no interest.
	rows.Close()
	return id, err
}
`,
	"report.go": `package shop

import "database/sql"

func Report(db *sql.DB) error {
	rows, err := db.Query("SELECT 1")
	if err != nil {
		return err
	}
	done(rows)
	return nil
}
`,
}

// added is a file that the pull request adds.
const added = `package users

import "database/sql"

func Names(db *sql.DB) (names []string, err error) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
`

// newPull returns a repository whose pull request leaks three times: in lines
// that are new, in a line that is not but in a file that has changed, and in a
// file that has not changed.
func newPull(t *testing.T) *pull {
	t.Helper()
	needTools(t)
	p := &pull{dir: t.TempDir()}
	p.git(t, "init", "--quiet", "--initial-branch=main")
	for name, text := range before {
		write(t, p.dir, name, text)
	}
	p.base = p.commit(t)
	p.git(t, "checkout", "--quiet", "-b", "topic")
	write(t, p.dir, "users/users.go", added)
	write(t, p.dir, "orders/orders.go", strings.ReplaceAll(before["orders/orders.go"], "\trows.Close()\n", ""))
	write(t, p.dir, "shop.go", strings.ReplaceAll(before["shop.go"], "rows.Close()", "rows.Next()"))
	p.head = p.commit(t)
	// In the meantime the target branch has lost a leak that this one has had.
	p.git(t, "checkout", "--quiet", "main")
	write(t, p.dir, "orders/orders.go", strings.Replace(before["orders/orders.go"], "\trows.Next()", "\tdefer rows.Close()\n\trows.Next()", 1))
	p.base = p.commit(t)
	p.git(t, "checkout", "--quiet", "topic")
	return p
}

// git runs git and returns what it prints.
func (p *pull) git(t *testing.T, args ...string) string {
	t.Helper()
	return must(t, p.dir, "git", args...)
}

// commit commits all files and returns the commit.
func (p *pull) commit(t *testing.T) string {
	t.Helper()
	p.git(t, "add", "--all")
	p.git(t, "commit", "--quiet", "--message=.")
	return p.git(t, "rev-parse", "HEAD")
}

// diff returns the diff of the pull request, as code hosts show it.
func (p *pull) diff(t *testing.T) string {
	t.Helper()
	return p.git(t, "diff", p.base+"..."+p.head) + "\n"
}

// rdjsonl returns what connvet finds in the pull request.
func (p *pull) rdjsonl(t *testing.T) string {
	t.Helper()
	return must(t, p.dir, "connvet", "-since", p.base+"...", "-format", "rdjsonl", "./...") + "\n"
}
