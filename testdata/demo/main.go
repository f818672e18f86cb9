// Demo shows on a real server what connvet and poolcheck are for:
//
//	go run ./testdata/demo
//
// A sample service, a bookshop, has a leak and a pool without a limit. Demo starts
// a MariaDB that allows ten connections and sends the service requests until it
// meets error 1040. It then runs connvet and poolcheck, does to the service what
// they suggest, and sends the same requests again. What it prints is a transcript
// of a terminal: the commands, and what they printed.
//
// Each step is checked: if one does not come out as it is told, the last line says
// so and the exit code is 1. Nothing but the loopback interface is used, no
// password is printed, and nothing is left when it ends or is interrupted.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/connvet/connvet/internal/dbtest"
)

// patience is for all of it. Most of the time goes into compiling.
const patience = 10 * time.Minute

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	switch {
	case errors.Is(err, dbtest.ErrNotInstalled):
		fmt.Fprintln(os.Stderr, "demo: MariaDB is not installed; on Debian and Ubuntu: apt-get install mariadb-server-core")
	case err != nil && ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "demo: interrupted")
	case err != nil:
		fmt.Fprintln(os.Stderr, "demo:", err)
	}
	stop()
	if err != nil {
		os.Exit(1)
	}
}

// run makes the demo, plays it, and cleans up.
func run(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	d := new(demo)
	defer func() { err = errors.Join(err, d.close()) }()
	if err := d.setUp(ctx); err != nil {
		return err
	}
	for _, s := range stages {
		if err := cmp.Or(s.play(d), d.err); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// stages are the demo, in order.
var stages = []struct {
	name string
	play func(*demo) error
}{
	{"load until the server is full", (*demo).fill},
	{"the leak", (*demo).nameLeak},
	{"the pool", (*demo).namePool},
	{"the full server", (*demo).lookAtServer},
	{"stopping the service", (*demo).stop},
	{"the fix of the leak", (*demo).fixLeak},
	{"the fix of the pool", (*demo).fixPool},
	{"the same load", (*demo).loadAgain},
	{"the tools after the fixes", (*demo).lookAgain},
	{"the end", (*demo).stop},
}
