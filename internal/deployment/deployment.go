package deployment

import (
	_ "embed"
	"time"
)

// JSONSchema is the JSON Schema (draft 2020-12) of a deployment file.
//
//go:embed deployment-v1.schema.json
var JSONSchema []byte

// A File is what a deployment file says, in its order.
type File struct {
	// Servers may be none: then there is one, of which the file says nothing.
	Servers  []Server
	Services []Service // one or more
}

// A Server is a database server, with what stands before it.
type Server struct {
	Name string
	Line int // in the file

	// DSN says where to connect to. It may be zero, as with a server that Assume
	// stands in for.
	DSN DSN
	// AdminDSN is a way in for when the server is full.
	AdminDSN DSN
	// Assume names the preset that stands in for a server that cannot be reached,
	// such as azure-flex:gp2; "" is none.
	Assume string

	// Replicas counts the replicas that read from the server.
	Replicas int
	// Overhead is who else may hold connections.
	Overhead Overhead
	Proxy    Proxy

	RAM       int64         // of the server's machine, in bytes; 0 is not known
	Middlebox time.Duration // how long firewalls let a connection idle; 0 is not known
}

// A DSN says where a data source name is, which is one or the other. The zero DSN
// is nowhere.
type DSN struct {
	Env  string // the name of an environment variable
	File string // a path, relative to that of the deployment file
}

// An Overhead is the connections that are no service's: of backups, reports,
// people.
type Overhead []Share

// A Share is a part of the overhead.
type Share struct {
	Name        string // for people; "" if the file has a number only
	Connections int
}

// Total returns the sum of the shares.
func (o Overhead) Total() int {
	n := 0
	for _, s := range o {
		n += s.Connections
	}
	return n
}

// A Proxy is what clients connect to instead of the server. The zero Proxy is one
// of which the file says nothing.
type Proxy struct {
	Kind string // none, proxysql, rdsproxy, router, vitess; "" is not declared

	Instances  int // processes of the proxy; 0 is not known
	MaxClients int // client connections that each accepts; 0 is not known
	MaxBackend int // connections that each opens to the server; 0 is not known
	Percent    int // of the server's connections, from 1 to 100; 0 is not known

	AdminDSN DSN // of the proxy's own administration
}

// A Service is a program that runs in one or more processes.
type Service struct {
	Name string
	Line int // in the file

	// Manifest is the path of a pool manifest, relative to that of the deployment
	// file; "" is none. Then there is a PoolMax.
	Manifest string
	// Main is the import path of the program; "" if the manifest has one only.
	Main string
	// Pools are the IDs of those of the manifest's pools that connect to the
	// server; empty is all.
	Pools []string
	// Env gives values to the manifest's environment variables, flags and fields.
	// Any of them may be a secret.
	Env map[string]string

	// Server is the name of one of the file's servers; "" if it has none.
	Server string
	User   string // the account; "" is not known

	Instances    int    // processes; 0 is not given, which is 1
	MaxInstances int    // processes when scaled out; 0 is not given
	Surge        string // processes more during a roll-out: "2" or "25%"; "" is none

	// FunctionConcurrency is how many instances of a cloud function may run; 0 if
	// it is none.
	FunctionConcurrency int
	// Goroutines counts those of a process that may at the same time be in a place
	// that holds several connections; 0 is not known.
	Goroutines int
	// LongestTransaction is the longest time that one is left idle; 0 is not known.
	LongestTransaction time.Duration

	// The settings of the pool of a service without a manifest. With one they
	// replace those of the manifest.

	PoolMax     *int          // connections; 0 is unlimited, nil is not given
	PoolMaxIdle *int          // connections; 0 is none, nil is not given
	MaxLifetime time.Duration // 0 is unlimited, or not given
	MaxIdleTime time.Duration // 0 is unlimited, or not given
}
