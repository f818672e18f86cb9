package main

import (
	"bytes"
	"io"
	"os"

	"github.com/connvet/connvet/poolcheck"
)

// A plan is what to check: servers, each with its budget.
type plan struct{ servers []*serverPlan }

// A serverPlan is one server with the budget for it.
type serverPlan struct {
	budget        poolcheck.Budget
	target, admin *target // nil if there is none
	proxyAdmin    *target
}

// close closes what was opened.
func (p *plan) close() {
	for _, s := range p.servers {
		for _, t := range []*target{s.target, s.admin, s.proxyAdmin} {
			if t != nil {
				t.db.Close()
			}
		}
	}
}

// newPlan makes a plan of the settings.
func newPlan(s *settings, e *env) (*plan, error) {
	p := new(plan)
	var err error
	if s.deployment != "" {
		err = p.deployment(s, e)
	} else {
		err = p.flags(s, e)
	}
	if err == nil {
		err = p.validate()
	}
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// validate reports what is wrong with budgets before a server is asked.
func (p *plan) validate() error {
	for _, s := range p.servers {
		if err := s.budget.Validate(); err != nil {
			return usagef("%v", err)
		}
	}
	return nil
}

// flags plans the one service of a command line.
func (p *plan) flags(s *settings, e *env) error {
	server := &serverPlan{budget: s.budget}
	server.budget.Window = s.window
	service := s.service
	if s.pool != (poolcheck.Pool{MaxLifetime: -1, MaxIdleTime: -1}) || s.given["max-open"] || s.given["max-idle"] {
		service.Pool = &s.pool
		if s.pool.MaxIdle == 0 && s.given["max-idle"] {
			service.Pool.MaxIdle = -1 // none
		}
		if s.pool.MaxOpen == 0 && s.given["max-open"] {
			service.Pool.MaxOpen = -1 // unlimited
		}
	}
	if s.manifest != "" {
		m, err := readManifest(s.manifest, e)
		if err != nil {
			return err
		}
		service.Manifest = m
		if unused := service.UnusedSettings(); len(unused) > 0 {
			return usagef("-set %s: no setting of the manifest has that name", unused[0])
		}
	}
	server.budget.Services = []poolcheck.Service{service}
	p.servers = []*serverPlan{server}
	return server.open(e, source{s.dsnFile, "POOLCHECK_DSN"}, source{s.adminFile, "POOLCHECK_ADMIN_DSN"}, false)
}

// open opens the server's databases. required says that the variables were named
// and must be set.
func (s *serverPlan) open(e *env, dsn, admin source, required bool) (err error) {
	if s.target, err = dsn.open(e, required); err != nil {
		return err
	}
	if s.admin, err = admin.open(e, required); err != nil {
		return err
	}
	if s.target == nil && s.admin != nil {
		s.target, s.admin = s.admin, nil
	}
	if s.target == nil && s.budget.Assume == "" {
		return usagef("no server to ask: put its DSN, user:password@tcp(host:3306)/, in %s or in a file for -dsn-file; -assume NAME answers without a server", dsn)
	}
	if s.target != nil {
		s.budget.Host = s.target.host
	}
	return nil
}

// readManifest reads the manifest of a file, or of standard input.
func readManifest(name string, e *env) (*poolcheck.Manifest, error) {
	var data []byte
	var err error
	if name == "-" {
		data, err = io.ReadAll(e.stdin)
		name = "standard input"
	} else {
		data, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, usagef("%v", err)
	}
	m, err := poolcheck.ReadManifest(bytes.NewReader(data))
	if err != nil {
		return nil, usagef("%s: %v", name, err)
	}
	return m, nil
}
