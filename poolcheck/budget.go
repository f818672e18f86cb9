package poolcheck

import (
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// A Budget is what is to fit on one server, and what else a check has to know.
// The zero Budget is one process with the pool that [Check] is given.
type Budget struct {
	// Server is a name for the server, for people; "" is none.
	Server string
	// Services share the server. With none, it is one that runs once.
	Services []Service

	// Overhead counts the connections that others may hold at a time: backups,
	// reports, people. It replaces what is seen on the server if that is less.
	Overhead int
	// Replicas counts the replicas that read from the server, one connection
	// each.
	Replicas int
	// Proxy is what clients connect to instead of the server.
	Proxy Proxy

	// RAM is the memory of the server's machine in bytes; 0 is not known.
	RAM int64
	// Middlebox is how long firewalls and load balancers let a connection idle; 0
	// is [DefaultMiddlebox].
	Middlebox time.Duration

	// Account is the user name of the account of services that do not declare
	// one; "" is that of the check's own connection.
	Account string
	// Host is the name that was dialled. It tells some managed services and
	// proxies apart; "" is not known.
	Host string
	// Assume names a table entry that stands in for a server that cannot be
	// reached, see [Presets]; "" is none. What a server says always wins.
	Assume string
	// Window is how long the counters are watched for new connections; 0 is not
	// at all.
	Window time.Duration
	// Deep looks for lock waits, too.
	Deep bool
	// Timeout is how long the check may take, with the wait for a connection and
	// besides Window; 0 is [DefaultTimeout].
	Timeout time.Duration

	// Refused is what a first attempt to connect met, if the check is made by
	// another way in: an administrator's account, say. Nil is none.
	Refused error
}

// Defaults of a [Budget].
const (
	DefaultMiddlebox = 5 * time.Minute
	DefaultTimeout   = 10 * time.Second
)

// A Service is a program that runs in one or more processes, each with its own
// pools.
type Service struct {
	Name string // for people; "" is none

	// Manifest lists the pools of the program, as "connvet pools -json" wrote
	// them. With neither Manifest nor Pool, [Check] takes the pool it is given.
	Manifest *Manifest
	// Main is the import path of the program's main package; "" if the manifest
	// has one only.
	Main string
	// Pools are those of the manifest's pools that connect to the server, by ID or
	// as file:line; empty for all MySQL pools of the program.
	Pools []string
	// Set gives values to settings that are no constants, by the name of the
	// environment variable, flag or configuration field. The value "default" is
	// the default that the source has.
	Set map[string]string

	// Pool is the pool of a service without a manifest. With one, which must
	// then have one pool, the settings that are not zero replace those of the
	// manifest.
	Pool *Pool

	Instances    int   // processes; 0 is 1
	MaxInstances int   // processes when scaled out; 0 is Instances
	Surge        Surge // processes more while a deployment rolls out

	// FunctionConcurrency is how many instances of a cloud function may run; 0
	// if it is none.
	FunctionConcurrency int

	// User is the name of the account that the service connects with. "" is that
	// of the check's own connection.
	User string
	// Goroutines counts those of a process that may at the same time be in a
	// place that holds several connections; 0 is not known.
	Goroutines int
	// LongestTx is the longest time that a transaction is left idle; 0 is not
	// known.
	LongestTx time.Duration
}

// A Pool holds the settings of a pool, named as in database/sql.
type Pool struct {
	MaxOpen     int           // connections; 0 or less: unlimited
	MaxIdle     int           // connections; 0: [DefaultMaxIdle], less: none
	MaxLifetime time.Duration // 0: unlimited, less: not known
	MaxIdleTime time.Duration // 0: unlimited, less: not known
}

// DefaultMaxIdle is database/sql's default.
const DefaultMaxIdle = 2

// A Proxy is what stands between clients and the server. Then there are two
// limits: clients of the proxy, and connections from the proxy to the server.
// The zero Proxy is none, or one that the check finds out itself.
type Proxy struct {
	Kind ProxyKind

	Instances  int // processes of the proxy; 0 is 1
	MaxClients int // client connections that each accepts; 0 is not known
	MaxBackend int // connections that each opens to the server; 0 is not known

	// Percent is RDS Proxy's MaxConnectionsPercent; 0 is its default of 100.
	Percent int

	// Admin reads a ProxySQL's own limits on its admin port; nil is none.
	Admin *sql.DB
}

// A ProxyKind is a kind of proxy.
type ProxyKind string

const (
	ProxyNone    ProxyKind = "none"
	ProxySQL     ProxyKind = "proxysql"
	ProxyRDS     ProxyKind = "rdsproxy"
	ProxyRouter  ProxyKind = "router"
	ProxyVitess  ProxyKind = "vitess"
	ProxyUnknown ProxyKind = "" // not declared
)

// known reports whether there is such a kind.
func (k ProxyKind) known() bool {
	switch k {
	case ProxyNone, ProxySQL, ProxyRDS, ProxyRouter, ProxyVitess, ProxyUnknown:
		return true
	}
	return false
}

// Validate reports what is wrong with the budget, such as a negative number.
func (b *Budget) Validate() error {
	numbers := []struct {
		name string
		n    int64
	}{
		{"overhead", int64(b.Overhead)}, {"replicas", int64(b.Replicas)}, {"RAM", b.RAM},
		{"middlebox timeout", int64(b.Middlebox)}, {"window", int64(b.Window)}, {"timeout", int64(b.Timeout)},
		{"proxy instances", int64(b.Proxy.Instances)}, {"proxy clients", int64(b.Proxy.MaxClients)},
		{"proxy backend connections", int64(b.Proxy.MaxBackend)}, {"proxy percentage", int64(b.Proxy.Percent)},
	}
	for _, n := range numbers {
		if n.n < 0 {
			return fmt.Errorf("%s: %d is negative", n.name, n.n)
		}
	}
	if !b.Proxy.Kind.known() {
		return errors.New("unknown proxy: want none, proxysql, rdsproxy, router or vitess")
	}
	if b.Proxy.Percent > 100 {
		return errors.New("proxy percentage: more than 100")
	}
	for i := range b.Services {
		if err := b.Services[i].validate(); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) validate() error {
	prefix := ""
	if s.Name != "" {
		prefix = s.Name + ": "
	}
	for _, n := range []struct {
		name string
		n    int
	}{
		{"instances", s.Instances}, {"max instances", s.MaxInstances}, {"surge", s.Surge.n}, {"function concurrency", s.FunctionConcurrency}, {"goroutines", s.Goroutines},
	} {
		if n.n < 0 {
			return fmt.Errorf("%s%s: %d is negative", prefix, n.name, n.n)
		}
	}
	if s.MaxInstances > 0 && s.MaxInstances < s.Instances {
		return fmt.Errorf("%smax instances: %d is less than the %d instances", prefix, s.MaxInstances, s.Instances)
	}
	return nil
}
