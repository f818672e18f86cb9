package main

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// stop stops the service, and has the server forget what it counted.
func (d *demo) stop() error {
	s := d.service
	d.service = nil
	d.print("\n$ kill %1\n")
	if err := s.stop(); err != nil {
		return err
	}
	return d.asRoot(d.ctx, func(db *sql.DB) error {
		// What is still connected when it forgets is the first of the new count.
		for range maxTries {
			var name, n string
			if err := db.QueryRowContext(d.ctx, "SHOW GLOBAL STATUS LIKE 'Threads_connected'").Scan(&name, &n); err == nil && n == "1" {
				_, err := db.ExecContext(d.ctx, "FLUSH STATUS")
				return err
			}
			d.sleep(pollInterval)
		}
		return errors.New("its connections are still there")
	})
}

// fixLeak does what connvet suggests.
func (d *demo) fixLeak() error {
	d.say("The service is stopped, and FLUSH STATUS has reset the server's counters.\nconnvet can mend the leak.")
	output, err := d.run(3, "connvet -diff ./...")
	if err == nil && !strings.Contains(output, "\n+\tdefer rows.Close()\n") {
		err = errors.New("connvet does not close the rows")
	}
	if err != nil {
		return err
	}
	output, err = d.run(3, "connvet -fix ./...")
	if err == nil && strings.Contains(output, "[connleak/") {
		err = errors.New("the leak is still there")
	}
	return err
}

// fixPool does what poolcheck suggests, until it has nothing more to suggest: of
// a pool without a limit there is less to say than of one with a limit.
func (d *demo) fixPool() error {
	d.say("poolcheck says what to paste where the pool is opened.")
	for range maxRounds {
		if _, err := d.run(0, writePools); err != nil {
			return err
		}
		at, statements, err := d.suggested()
		if err != nil {
			return err
		}
		if n, ok := limitOf(statements); ok {
			d.limit = n
		}
		if len(statements) == 0 && d.limit == "" {
			return errors.New("poolcheck suggests no limit")
		}
		if len(statements) == 0 {
			return nil
		}
		diff, err := d.apply(at, statements)
		if err != nil {
			return err
		}
		d.print(diff)
	}
	return fmt.Errorf("poolcheck still has something to paste after %d rounds", maxRounds)
}

// suggested returns what poolcheck suggests to paste, and where.
func (d *demo) suggested() (at place, statements []string, err error) {
	const line = poolcheck + " -json >report.json"
	output, code, err := d.capture(line)
	if err != nil {
		return at, nil, err
	}
	report, err := os.ReadFile(filepath.Join(d.dir, "report.json"))
	if err != nil {
		return at, nil, err
	}
	if at, statements, err = suggestions(report); err != nil {
		return at, nil, err
	}
	d.print("$ " + line + "\n" + output)
	if len(statements) == 0 && code != 0 {
		err = fmt.Errorf("%s: exit code %d, and nothing to paste", line, code)
	}
	return at, statements, err
}

// loadAgain sends the same requests to the service with the fixes.
func (d *demo) loadAgain() error {
	d.say("With the fixes the same load does not fail.")
	if _, err := d.run(0, "go install ."); err != nil {
		return err
	}
	if err := d.start(); err != nil {
		return err
	}
	_, err := d.run(0, d.load())
	return err
}

// lookAgain runs all tools on the service with the fixes.
func (d *demo) lookAgain() error {
	d.say("And the tools have nothing to say against it.")
	output, err := d.run(0, "connvet ./...")
	if err == nil && output != "" {
		err = errors.New("connvet prints something")
	}
	if err != nil {
		return err
	}
	if output, err = d.run(0, "connvet pools ./..."); err != nil {
		return err
	}
	if err := holds(output, `(?m)^main\.go:\d+ +sql\.Open +mysql +\$BOOKSHOP_DSN +`+d.limit+` +`+d.limit+` `); err != nil {
		return err
	}
	if output, err = d.run(0, poolcheck); err != nil {
		return err
	}
	if regexp.MustCompile(`(?m)^(error|warn) `).MatchString(output) {
		return errors.New("poolcheck has an error or a warning")
	}
	return holds(output, `\Afits: `)
}
