package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/connvet/connvet/poolcheck"
)

// check checks each server of the plan once.
func check(ctx context.Context, s *settings, p *plan, e *env) (int, error) {
	var reports []*poolcheck.Report
	for _, server := range p.servers {
		r, err := server.check(ctx)
		if r == nil {
			return 0, err
		}
		reports = append(reports, r)
	}
	f, err := lookupFormat(s.format)
	if err != nil {
		return 0, err
	}
	o := options{color: s.colors(e), version: e.version}
	o.sources = findSources(p, ".", filepath.Dir(cmp.Or(s.manifest, s.deployment)))
	if err := f.write(e.stdout, reports, o); err != nil {
		return 0, err
	}
	for _, r := range reports {
		if r.Fault != "" {
			fmt.Fprintf(e.stderr, "poolcheck: %s%s\n", prefix(r), r.Fault)
		}
	}
	return exitCode(reports, s.strict), nil
}

// prefix names the server of a report, if it has a name.
func prefix(r *poolcheck.Report) string {
	if r.Server == "" {
		return ""
	}
	return r.Server + ": "
}

// check checks the server. If it refuses the connection because it is full, and
// there is an administrator's way in, it takes that. Without a report, the
// budget is wrong.
func (s *serverPlan) check(ctx context.Context) (*poolcheck.Report, error) {
	r, err := poolcheck.Check(ctx, s.db(), s.budget)
	var fault *poolcheck.FaultError
	if err != nil && !errors.As(err, &fault) {
		return nil, usagef("%v", err)
	}
	if fault == nil || !fault.IsFull() || s.admin == nil {
		return r, err
	}
	admin, adminErr := s.checkAsAdmin(ctx, fault)
	if admin == nil || admin.Version == "" {
		return r, err // the administrator did not get in either
	}
	return admin, adminErr
}

// The attempt that was refused may still have the administrator's slot when the
// administrator comes.
const (
	adminTries = 10
	adminPause = 100 * time.Millisecond
)

// checkAsAdmin checks the server by the administrator's way in.
func (s *serverPlan) checkAsAdmin(ctx context.Context, refused error) (r *poolcheck.Report, err error) {
	for try := 1; ; try++ {
		if !pause(ctx, adminPause) {
			return r, err
		}
		r, err = poolcheck.Check(ctx, s.admin.db, s.asAdmin(refused))
		var fault *poolcheck.FaultError
		if try == adminTries || !errors.As(err, &fault) || !fault.IsFull() {
			return r, err
		}
	}
}

// pause waits, and reports whether it was not interrupted.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// db returns the database of the server, nil if there is none.
func (s *serverPlan) db() *sql.DB {
	if s.target == nil {
		return nil
	}
	return s.target.db
}

// asAdmin returns the budget for a check by an administrator's way in.
func (s *serverPlan) asAdmin(refused error) poolcheck.Budget {
	b := s.budget
	b.Refused, b.Account, b.Host = refused, s.target.user, s.admin.host
	return b
}

// exitCode returns the exit code for reports.
func exitCode(reports []*poolcheck.Report, strict bool) int {
	code := exitFits
	for _, r := range reports {
		switch {
		case misfit(r, strict):
			return exitMisfit
		case r.Fault != "" && r.Assumed == "", !r.Decided():
			code = exitUndecided
		}
	}
	return code
}

// misfit reports whether something is wrong. That the server could not be read
// is none: then nothing is known.
func misfit(r *poolcheck.Report, strict bool) bool {
	return slices.ContainsFunc(r.Verdicts, func(v poolcheck.Verdict) bool {
		if v.Rule == "C10" && r.Fault != "" {
			return false
		}
		return v.Status == poolcheck.Error || strict && v.Status == poolcheck.Warn
	})
}

// colors reports whether the output has colour.
func (s *settings) colors(e *env) bool { return s.color == "always" || s.color == "auto" && e.color }

// watch checks the server of the plan until it is interrupted.
func watch(ctx context.Context, s *settings, p *plan, e *env) (int, error) {
	if len(p.servers) != 1 {
		return 0, usagef("-watch watches one server; the deployment file has %d", len(p.servers))
	}
	server := p.servers[0]
	if server.target == nil {
		return 0, usagef("-watch needs a server")
	}
	screen := newScreen(e, s)
	db, budget := server.target.db, server.budget
	var last *poolcheck.Report
	show := func(r *poolcheck.Report) {
		last = r
		screen.show(r, time.Now())
	}
	err := poolcheck.Watch(ctx, db, budget, s.watch, show)
	var fault *poolcheck.FaultError
	if errors.As(err, &fault) && fault.IsFull() && server.admin != nil && pause(ctx, adminPause) {
		err = poolcheck.Watch(ctx, server.admin.db, server.asAdmin(fault), s.watch, show)
	}
	screen.end()
	if err != nil && !errors.As(err, &fault) {
		return 0, usagef("%v", err)
	}
	if last == nil {
		return exitUndecided, err
	}
	if err != nil {
		fmt.Fprintf(e.stderr, "poolcheck: %s%v\n", prefix(last), err)
	}
	return exitCode([]*poolcheck.Report{last}, s.strict), nil
}
