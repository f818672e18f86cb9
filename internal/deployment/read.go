package deployment

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/utf"
)

// maxSize is more than any deployment needs, in bytes, and not too much to hold
// in memory.
const maxSize = 1 << 20

// Read reads a deployment file. An error names line and key, as in "line 7:
// services.api.instance: unknown key (did you mean instances?)", and never repeats
// what may be a secret.
func Read(r io.Reader) (*File, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxSize {
		return nil, fmt.Errorf("it is larger than %d bytes", maxSize)
	}
	d := new(decoder)
	f := d.parse(utf.Decode(data)).file()
	if d.err != nil {
		return nil, d.err
	}
	return f, nil
}

func (n node) file() *File {
	m := n.mapping()
	m.only("$schema", "servers", "services")
	m.at("$schema").text()
	f := new(File)
	var servers []string
	for _, e := range m.at("servers").mapping().entries {
		f.Servers = append(f.Servers, e.value.server(e.name))
		servers = append(servers, e.name)
	}
	slices.Sort(servers)
	for _, e := range m.at("services").mapping().entries {
		f.Services = append(f.Services, e.value.service(e.name, servers))
	}
	if len(f.Services) == 0 {
		m.fail("has no services")
	}
	return f
}

func (n node) server(name string) Server {
	m := n.mapping()
	m.only("dsn_env", "dsn_file", "admin_dsn_env", "admin_dsn_file", "assume", "replicas", "overhead", "proxy", "ram", "middlebox")
	return Server{
		Name: name, Line: n.line(),
		DSN: m.dsn("dsn"), AdminDSN: m.dsn("admin_dsn"),
		Assume:    m.at("assume").text(),
		Replicas:  m.at("replicas").count(0),
		Overhead:  m.at("overhead").overhead(),
		Proxy:     m.at("proxy").proxy(),
		RAM:       m.at("ram").bytes(),
		Middlebox: m.at("middlebox").positiveDuration(),
	}
}

// Patterns of the schema, too.
const (
	// envPattern matches the name of an environment variable, and no DSN.
	envPattern = `^[A-Za-z_][A-Za-z0-9_]*$`

	// dsnPattern matches what a DSN has, and no path.
	dsnPattern = `@|://`
)

var (
	envRE = regexp.MustCompile(envPattern)
	dsnRE = regexp.MustCompile(dsnPattern)
)

// dsn reads where a DSN is.
func (m mapping) dsn(name string) DSN {
	env, file := m.at(name+"_env"), m.at(name+"_file")
	if env.given() && file.given() {
		file.fail("there is %s_env, too: want one of them", name)
	}
	d := DSN{Env: env.text(), File: file.text()}
	if env.given() && !envRE.MatchString(d.Env) {
		env.fail("want the name of an environment variable, such as ORDERS_DSN")
	}
	if dsnRE.MatchString(d.File) {
		file.fail("want a path; a DSN has no place here")
	}
	return d
}

// overhead reads a number, or one for each name.
func (n node) overhead() Overhead {
	if !n.given() {
		return nil
	}
	if n.isNumber() {
		return Overhead{{Connections: n.count(0)}}
	}
	if !n.isMapping() {
		n.fail("want a number, or a mapping of names to numbers, found %s", n.typeName())
	}
	var o Overhead
	total := 0
	for _, e := range n.mapping().entries {
		s := Share{Name: e.name, Connections: e.value.count(0)}
		if total += s.Connections; total > maxCount {
			e.value.fail("the sum is more than %d", maxCount)
			return nil
		}
		o = append(o, s)
	}
	return o
}

// proxyKinds are the kinds of a proxy.
var proxyKinds = []string{"none", "proxysql", "rdsproxy", "router", "vitess"}

// proxy reads the kind of a proxy, or all that is known of it.
func (n node) proxy() Proxy {
	if !n.isMapping() {
		return Proxy{Kind: n.proxyKind()}
	}
	m := n.mapping()
	m.only("kind", "instances", "max_clients", "max_backend", "percent", "admin_dsn_env", "admin_dsn_file")
	if !m.at("kind").given() {
		m.fail("has no kind")
	}
	percent := m.at("percent")
	return Proxy{
		Kind:       m.at("kind").proxyKind(),
		Instances:  m.at("instances").count(1),
		MaxClients: m.at("max_clients").count(1),
		MaxBackend: m.at("max_backend").count(1),
		Percent:    int(percent.integer(1, 100)),
		AdminDSN:   m.dsn("admin_dsn"),
	}
}

func (n node) proxyKind() string {
	kind := n.text()
	if n.given() && !slices.Contains(proxyKinds, kind) {
		n.fail("unknown proxy: want one of %s", strings.Join(proxyKinds, ", "))
	}
	return kind
}

// service reads a service; servers are the names of those that there are, sorted.
func (n node) service(name string, servers []string) Service {
	m := n.mapping()
	m.only("manifest", "main", "server", "user", "pools", "instances", "max_instances", "surge", "env",
		"pool_max", "pool_max_idle", "max_lifetime", "max_idle_time", "function_concurrency", "goroutines", "longest_transaction")
	m.needManifest()
	s := Service{
		Name: name, Line: n.line(),
		Manifest: m.at("manifest").text(), Main: m.at("main").text(),
		Pools: m.at("pools").texts(), Env: m.at("env").env(),
		Server: m.server(servers), User: m.at("user").text(),
		Instances: m.at("instances").count(1), MaxInstances: m.at("max_instances").count(1), Surge: m.at("surge").surge(),
		FunctionConcurrency: m.at("function_concurrency").count(1),
		Goroutines:          m.at("goroutines").count(1),
		LongestTransaction:  m.at("longest_transaction").duration(),
		PoolMax:             m.at("pool_max").optional(), PoolMaxIdle: m.at("pool_max_idle").optional(),
		MaxLifetime: m.at("max_lifetime").duration(), MaxIdleTime: m.at("max_idle_time").duration(),
	}
	if s.MaxInstances > 0 && s.MaxInstances < s.Instances {
		m.at("max_instances").fail("%d is less than the %d instances", s.MaxInstances, s.Instances)
	}
	return s
}

// needManifest fails if a service has no pool, or what says more of a manifest
// that is not there.
func (m mapping) needManifest() {
	if m.at("manifest").given() {
		return
	}
	if !m.at("pool_max").given() {
		m.fail("has neither manifest nor pool_max")
	}
	for _, name := range []string{"main", "pools", "env"} {
		if n := m.at(name); n.given() {
			n.fail("there is no manifest")
		}
	}
}

// server reads the name of a service's server, one of several, sorted.
func (m mapping) server(servers []string) string {
	n := m.at("server")
	if n.given() {
		name := n.text()
		if _, ok := slices.BinarySearch(servers, name); !ok {
			n.fail("unknown server%s", instead(name, servers))
		}
		return name
	}
	switch len(servers) {
	case 0:
		return ""
	case 1:
		return servers[0]
	}
	m.fail("has no server%s", instead("", servers))
	return ""
}

// env reads what are values of environment variables, as text.
func (n node) env() map[string]string {
	if !n.given() {
		return nil
	}
	env := make(map[string]string)
	for _, e := range n.mapping().entries {
		if e.value.isNull() {
			// What stands there as a key may be a value that has lost its own.
			e.value.failAt(n.path, `a variable has no value: "" is the empty one`)
		}
		env[e.name] = e.value.scalar()
	}
	return env
}
