package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/connvet/connvet/internal/dbtest"
)

// maxConnections is what the server allows.
const maxConnections = 10

// A demo is what a transcript is made with.
type demo struct {
	*shell
	temp    string // directory for everything
	server  *dbtest.Server
	service *service // nil while it does not run
	limit   string   // of the pool, as poolcheck suggests it
}

// setUp makes everything that the first command needs.
func (d *demo) setUp(ctx context.Context) error {
	root, err := checkout(ctx)
	if err != nil {
		return err
	}
	d.server, err = dbtest.Start(ctx, dbtest.Config{
		Kind:       dbtest.MariaDB,
		Args:       []string{fmt.Sprintf("--max_connections=%d", maxConnections)},
		NoSideDoor: true, // as nearly everywhere
	})
	if err != nil {
		return err
	}
	if d.temp, err = os.MkdirTemp("", "connvet-demo-"); err != nil {
		return err
	}
	bin, dir := filepath.Join(d.temp, "bin"), filepath.Join(d.temp, "bookshop")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "testdata", "demo", "service"))); err != nil {
		return err
	}
	if err := build(ctx, root, bin); err != nil {
		return err
	}
	// Nobody has to remember them.
	shop, dba := newPassword(), newPassword()
	if err := d.createAccounts(ctx, shop, dba); err != nil {
		return err
	}
	d.shell = &shell{ctx: ctx, out: os.Stdout, dir: dir, bin: bin, secrets: []string{shop, dba, "@tcp("}, env: append(environ(),
		"PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"),
		"GOBIN="+bin,
		"BOOKSHOP_DSN="+d.server.DSN("shop", shop, "shop"),
		"POOLCHECK_DSN="+d.server.DSN("shop", shop, "shop"),
		"POOLCHECK_ADMIN_DSN="+d.server.DSN("dba", dba, ""),
	)}
	return nil
}

// close stops what runs and removes what was made.
func (d *demo) close() error {
	var errs []error
	if d.service != nil {
		errs = append(errs, d.service.stop())
	}
	if d.server != nil {
		errs = append(errs, d.server.Close())
	}
	if d.temp != "" {
		errs = append(errs, os.RemoveAll(d.temp))
	}
	return errors.Join(errs...)
}

// environ is the environment of all commands. What they need is in the module
// cache: this module needs it, too.
func environ() []string {
	return append(os.Environ(), "GOPROXY=off", "GOWORK=off", "GOFLAGS=-mod=readonly -buildvcs=false")
}

// checkout returns the root directory of connvet's source.
func checkout(ctx context.Context) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Path}} {{.Dir}}")
	cmd.Env = environ()
	out, err := cmd.Output()
	path, root, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	if err != nil || path != "github.com/connvet/connvet" {
		return "", errors.New("run it in a checkout of connvet: go run ./testdata/demo")
	}
	return root, nil
}

// build builds the commands that the demo runs, but for the service.
func build(ctx context.Context, root, bin string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-o", bin+string(filepath.Separator), "./cmd/connvet", "./cmd/poolcheck", "./testdata/demo/load")
	cmd.Dir, cmd.Env = root, environ()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// newPassword returns a password that a transcript can be searched for.
func newPassword() string { return "hush-" + rand.Text() }

// createAccounts makes the service's database and account, and an administrator
// who can get in when the server is full.
func (d *demo) createAccounts(ctx context.Context, shop, dba string) error {
	return d.asRoot(ctx, func(db *sql.DB) error {
		for _, statement := range []string{
			"CREATE DATABASE shop",
			"CREATE USER shop IDENTIFIED BY '" + shop + "'",
			"GRANT ALL ON shop.* TO shop",
			"CREATE USER dba IDENTIFIED BY '" + dba + "'",
			"GRANT ALL ON *.* TO dba",
		} {
			if _, err := db.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("creating the accounts: %w", err)
			}
		}
		return nil
	})
}

// asRoot calls f with the server's own administrator, on one connection.
func (d *demo) asRoot(ctx context.Context, f func(*sql.DB) error) error {
	db, err := sql.Open("mysql", d.server.DSN("root", "", ""))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	return f(db)
}
