package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// sinceModule has one package for each way in which a leak is old or new. All is
// well but in those that begin with "old".
const sinceModule = `
-- closed/closed.go --
package closed

import "database/sql"

func First(db *sql.DB) (name string, err error) {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return "", err
	}
	if rows.Next() {
		err = rows.Scan(&name)
	}
	rows.Close()
	return name, err
}
-- deferred/deferred.go --
package deferred

import "database/sql"

func All(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec("DELETE FROM users"); err != nil {
		return err
	}
	return tx.Commit()
}
-- called/called.go --
package called

import (
	"database/sql"

	"example.com/m/helper"
)

func Names(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM users")
	if err != nil {
		return err
	}
	return helper.Drain(rows)
}
-- helper/helper.go --
package helper

import "database/sql"

func Drain(rows *sql.Rows) error {
	defer rows.Close()
	if !rows.Next() {
		return sql.ErrNoRows
	}
	return rows.Err()
}
-- oldmoved/a.go --
package oldmoved

import "database/sql"

func Shifted(db *sql.DB) {
	db.Query("SELECT 1")
}

func Moved(db *sql.DB) {
	db.Query("SELECT 2")
}
-- oldmoved/b.go --
package oldmoved

import "database/sql"

func Renamed(db *sql.DB) {
	db.Query("SELECT 3")
}
-- oldmoved/c.go --
package oldmoved
-- oldtwice/twice.go --
package oldtwice

import "database/sql"

func Twice(db *sql.DB) {
	db.Query("SELECT 1")
}
`

// TestSinceReal changes all packages of sinceModule and looks for what is new, by
// hand and in a hook, with the analyzers that users get.
func TestSinceReal(t *testing.T) {
	tool := buildTool(t)
	r := newRepo(t, sinceModule)
	r.tool = func() (string, error) { return tool, nil }
	r.want(t, "1 older finding not shown\nexit 0\n", "-C", "oldtwice", "-since", "HEAD")

	r.replace(t, "closed/closed.go", "\trows.Close()\n", "")
	r.replace(t, "deferred/deferred.go", "\tdefer tx.Rollback()\n", "")
	r.replace(t, "helper/helper.go", "\tdefer rows.Close()\n", "")
	moved := "\nfunc Moved(db *sql.DB) {\n\tdb.Query(\"SELECT 2\")\n}\n"
	r.replace(t, "oldmoved/a.go", moved, "")
	r.replace(t, "oldmoved/a.go", "\nfunc", "\n// Shifted was moved.\n\n\nfunc")
	r.write(t, "oldmoved/c.go", "package oldmoved\n\nimport \"database/sql\"\n"+moved)
	r.write(t, "oldmoved/d.go", r.read(t, "oldmoved/b.go"))
	r.write(t, "oldmoved/b.go", "")
	// The new one of two that are alike is above the old one.
	r.replace(t, "oldtwice/twice.go", "\tdb", "\tdb.Query(\"SELECT 2\")\n\tdb")
	r.write(t, "added/added.go", "package added\n\nimport \"database/sql\"\n"+moved)
	r.git(t, "add", "closed", "added") // the others are not staged

	var lines []string
	out := r.connvet(t, "-since", "HEAD", "./...")
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "\t") {
			place, _, _ := strings.Cut(line, ": ")
			lines = append(lines, strings.TrimSpace(place))
		}
	}
	const want = `added/added.go:6:2
called/called.go:10:15
closed/closed.go:6:15
deferred/deferred.go:6:13
oldtwice/twice.go:6:2
5 findings in 5 packages
4 older findings not shown
exit 3`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got:\n%s\nof:\n%s\nwant:\n%s", got, out, want)
	}
	t.Run("hook", func(t *testing.T) { testHook(t, r, tool) })
}

// testHook commits with a pre-commit hook that looks for what is new: from the
// index, from an index that git makes for the purpose, and in another worktree.
func testHook(t *testing.T, r *testRepo, tool string) {
	if runtime.GOOS == "windows" {
		t.Skip("hooks are shell scripts")
	}
	log, cache := filepath.Join(t.TempDir(), "log"), t.TempDir()
	gocache, err := exec.CommandContext(t.Context(), "go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	hook := fmt.Sprintf(`#!/bin/sh
export XDG_CACHE_HOME='%s' GOCACHE='%s'
echo "GIT_INDEX_FILE=$GIT_INDEX_FILE GIT_DIR=$GIT_DIR" >>'%s'
'%s' -since HEAD ./closed ./oldtwice >>'%s' 2>&1
code=$?
echo "exit $code" >>'%s'
exit $code
`, cache, bytes.TrimSpace(gocache), log, tool, log, log)
	r.write(t, ".git/hooks/pre-commit", hook)
	if err := os.Chmod(filepath.Join(r.dir, ".git", "hooks", "pre-commit"), 0o777); err != nil {
		t.Fatal(err)
	}
	commit := func(args ...string) string {
		t.Helper()
		os.Remove(log)
		before := r.git(t, "ls-files", "--stage") + r.git(t, "status", "--porcelain")
		err := r.gitCommand(t, append([]string{"commit", "-q", "-m", "x"}, args...)...).Run()
		after := r.git(t, "ls-files", "--stage") + r.git(t, "status", "--porcelain")
		if err != nil && before != after {
			t.Errorf("the index was:\n%s\nand is:\n%s", before, after)
		}
		out, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	for _, args := range [][]string{nil, {"-a"}, {"oldtwice"}} {
		got := commit(args...)
		if !strings.Contains(got, "GIT_INDEX_FILE=/") && !strings.Contains(got, "GIT_INDEX_FILE=.git/") {
			t.Errorf("commit %s: no hook's environment: %s", args, got)
		}
		if !strings.HasSuffix(got, "2 findings in 2 packages\n1 older finding not shown\nexit 3\n") {
			t.Errorf("commit %s: %s", args, got)
		}
	}
	r.git(t, "stash", "-q", "-u")
	r.git(t, "worktree", "add", "-q", "../other")
	r.dir = filepath.Join(filepath.Dir(r.dir), "other")
	r.replace(t, "closed/closed.go", "\trows.Close()\n", "")
	if got := commit("-a"); !strings.Contains(got, "GIT_DIR=/") || !strings.HasSuffix(got, "1 finding in 1 package\n1 older finding not shown\nexit 3\n") {
		t.Errorf("in a worktree: %s", got)
	}
	r.git(t, "checkout", "-q", ".")
	r.write(t, "README", "x\n")
	r.git(t, "add", "README")
	if got := commit(); !strings.HasSuffix(got, "1 older finding not shown\nexit 0\n") {
		t.Errorf("without a new leak: %s", got)
	}
}
