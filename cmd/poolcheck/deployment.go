package main

import (
	"cmp"
	"os"
	"path/filepath"

	"github.com/connvet/connvet/internal/deployment"
	"github.com/connvet/connvet/internal/slash"
	"github.com/connvet/connvet/poolcheck"
)

// deployment plans what a deployment file lists.
func (p *plan) deployment(s *settings, e *env) error {
	f, err := os.Open(s.deployment)
	if err != nil {
		return usagef("%v", err)
	}
	defer f.Close()
	file, err := deployment.Read(f)
	if err != nil {
		return usagef("%s: %v", s.deployment, err)
	}
	dir := filepath.Dir(s.deployment)
	servers := file.Servers
	if len(servers) == 0 {
		servers = []deployment.Server{{DSN: deployment.DSN{Env: "POOLCHECK_DSN"}, AdminDSN: deployment.DSN{Env: "POOLCHECK_ADMIN_DSN"}}}
	}
	for i := range servers {
		server := &serverPlan{budget: budgetOf(&servers[i], s)}
		p.servers = append(p.servers, server)
		for j := range file.Services {
			if sv := &file.Services[j]; sv.Server == servers[i].Name {
				service, err := serviceOf(sv, dir, e)
				if err != nil {
					return err
				}
				server.budget.Services = append(server.budget.Services, service)
			}
		}
		if err := server.openDeclared(&servers[i], dir, len(file.Servers) > 0, e); err != nil {
			return err
		}
	}
	return nil
}

// openDeclared opens the databases that a deployment file names for a server.
func (s *serverPlan) openDeclared(d *deployment.Server, dir string, named bool, e *env) error {
	dsn := sourceOf(d.DSN, dir)
	if dsn == (source{}) && d.Assume == "" {
		dsn.env = "POOLCHECK_DSN"
	}
	if err := s.open(e, dsn, sourceOf(d.AdminDSN, dir), named); err != nil {
		return err
	}
	admin, err := sourceOf(d.Proxy.AdminDSN, dir).open(e, true)
	if err != nil || admin == nil {
		return err
	}
	s.proxyAdmin, s.budget.Proxy.Admin = admin, admin.db
	return nil
}

// sourceOf returns where a DSN of a deployment file comes from.
func sourceOf(d deployment.DSN, dir string) source {
	if d.File != "" {
		return source{file: beside(dir, d.File)}
	}
	return source{env: d.Env}
}

// beside returns a path of a deployment file, relative to its directory.
func beside(dir, name string) string { return slash.In(dir, name) }

// budgetOf returns the budget of a server without its services.
func budgetOf(d *deployment.Server, s *settings) poolcheck.Budget {
	return poolcheck.Budget{
		Server: d.Name, Overhead: d.Overhead.Total(), Replicas: d.Replicas, RAM: d.RAM, Middlebox: d.Middlebox, Assume: d.Assume,
		Proxy: poolcheck.Proxy{
			Kind: poolcheck.ProxyKind(d.Proxy.Kind), Instances: d.Proxy.Instances,
			MaxClients: d.Proxy.MaxClients, MaxBackend: d.Proxy.MaxBackend, Percent: d.Proxy.Percent,
		},
		Window: s.window, Deep: s.budget.Deep, Timeout: s.budget.Timeout,
	}
}

// serviceOf returns a service of a deployment file.
func serviceOf(d *deployment.Service, dir string, e *env) (poolcheck.Service, error) {
	s := poolcheck.Service{
		Name: d.Name, Main: d.Main, Pools: d.Pools, Set: d.Env, User: d.User,
		Instances: cmp.Or(d.Instances, 1), MaxInstances: d.MaxInstances,
		FunctionConcurrency: d.FunctionConcurrency, Goroutines: d.Goroutines, LongestTx: d.LongestTransaction,
	}
	var err error
	if d.Surge != "" {
		if s.Surge, err = poolcheck.ParseSurge(d.Surge); err != nil {
			return s, usagef("service %s: surge: %v", d.Name, err)
		}
	}
	if d.Manifest != "" {
		if s.Manifest, err = readManifest(beside(dir, d.Manifest), e); err != nil {
			return s, err
		}
	}
	if pool := poolOf(d); d.Manifest == "" || pool != (poolcheck.Pool{}) {
		s.Pool = &pool
	}
	return s, nil
}

// poolOf returns the settings that a deployment file has for a pool.
func poolOf(d *deployment.Service) poolcheck.Pool {
	p := poolcheck.Pool{MaxLifetime: d.MaxLifetime, MaxIdleTime: d.MaxIdleTime}
	if d.Manifest == "" && p == (poolcheck.Pool{}) {
		p.MaxLifetime, p.MaxIdleTime = -1, -1 // the file does not say
	}
	if d.PoolMax != nil {
		p.MaxOpen = cmp.Or(*d.PoolMax, -1) // 0 is unlimited, and not "as in the manifest"
	}
	if d.PoolMaxIdle != nil {
		p.MaxIdle = cmp.Or(*d.PoolMaxIdle, -1)
	}
	return p
}
