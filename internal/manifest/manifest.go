package manifest

import (
	_ "embed"
	"strings"
)

// Schema names the schema of a manifest.
const Schema = "dbpools/v1"

// JSONSchema is the JSON Schema (draft 2020-12) of a manifest.
//
//go:embed dbpools-v1.schema.json
var JSONSchema []byte

// A Manifest lists the pools that the packages of one module declare.
type Manifest struct {
	Schema string `json:"schema"` // always [Schema]; Write sets it
	Module string `json:"module"` // path of the main module, "" outside of modules
	Go     string `json:"go"`     // the module's language version, such as "1.26"; "" if not known
	Commit string `json:"commit"` // the revision that was analysed, "" if not known

	// Complete says that each package that was asked for has been analysed.
	// Otherwise there may be more pools than listed.
	Complete bool `json:"complete"`

	Pools []Pool `json:"pools"`

	Held         []Held `json:"held"`
	HeldComplete bool   `json:"held_complete"` // whether Held was looked for at all

	Unresolved []Unresolved `json:"unresolved"`
}

// A Pool is one place that opens a pool, with the settings that reach it. If
// the opening function returns the pool and its callers settle it, each of them
// makes a pool of its own.
//
// The zero values of Driver, Multiplicity, Scope and Role stand for unknown,
// those of the settings for unset.
type Pool struct {
	// ID identifies the pool within the module without line numbers:
	// "example.com/orders/internal/db.Open#1" is the first pool opened in
	// function Open, and "example.com/orders/internal/db.Open#1 via
	// example.com/orders/cmd/api.main#1" the same settled by a caller.
	ID     string `json:"id"`
	File   string `json:"file"`   // slash-separated, relative to the module's root
	Line   int    `json:"line"`   // from 1
	Opener string `json:"opener"` // the function that makes the pool, such as "database/sql.Open"

	Driver Value `json:"driver"`
	DSN    DSN   `json:"dsn"`

	MaxOpen       Value `json:"max_open"`         // connections; unset, 0 or less: unlimited
	MaxIdle       Value `json:"max_idle"`         // connections; unset: 2; 0 or less: none
	MaxLifetimeMS Value `json:"max_lifetime_ms"`  // milliseconds; unset, 0 or less: unlimited
	MaxIdleTimeMS Value `json:"max_idle_time_ms"` // milliseconds; unset, 0 or less: unlimited

	Scope        string `json:"scope"`        // how often the place is reached, see [ScopeProcess]
	Multiplicity Value  `json:"multiplicity"` // pools that one process makes here, if the scope is process

	// Mains are the import paths of the main packages, among those analysed,
	// whose programs open the pool.
	Mains []string `json:"mains"`

	Role string `json:"role"` // what the pool is for, see [RoleUnknown]
}

// Scopes say how often a pool is opened. For any other than ScopeProcess, also
// for one that a reader does not know, there is no limit to the number of pools.
const (
	ScopeProcess   = "process"   // once, or as often as Multiplicity says
	ScopeHandler   = "handler"   // for each HTTP request
	ScopeRPC       = "rpc"       // for each call of a service
	ScopeLambda    = "lambda"    // for each invocation of a cloud function
	ScopeConsumer  = "consumer"  // for each message
	ScopeLoop      = "loop"      // in each round of a loop
	ScopeGoroutine = "goroutine" // in each of many goroutines
	ScopeTest      = "test"      // in tests only
	ScopeUnknown   = "unknown"   // for lack of a caller that was analysed
)

// Roles of a pool.
const (
	RoleWriter  = "writer"
	RoleReader  = "reader" // meant for a replica
	RoleUnknown = "unknown"
)

// Held is a place at which one goroutine holds several connections of a pool:
// if the pool allows fewer, it blocks there for ever.
type Held struct {
	Pool string `json:"pool"` // the pool's ID
	Pos  string `json:"pos"`  // file:line, the file as in [Pool]
	N    int    `json:"n"`    // connections
	What string `json:"what"` // what holds them, for people
}

// Unresolved is something that keeps the manifest from being the whole truth.
type Unresolved struct {
	Pos string `json:"pos"` // file:line, the file as in [Pool], or an import path
	Why string `json:"why"` // for people
}

// Idle returns the greatest number of idle connections that the pool keeps, if
// it is known: MaxIdle with database/sql's default, and never more than the pool
// may open.
func (p *Pool) Idle() (n int64, known bool) {
	switch v := p.MaxIdle; v.kind() {
	case KindUnset:
		n, known = defaultMaxIdle, true
	case KindConst:
		n, known = v.Value.Int()
	case KindRange:
		n, known = v.Max.Int()
		if v.Unlimited { // on some path it is left as it is
			n = max(n, defaultMaxIdle)
		}
	}
	if !known {
		return 0, false
	}
	if limit, unlimited, known := p.MaxOpen.Upper(); known && !unlimited {
		n = min(n, limit)
	}
	return max(n, 0), true
}

// defaultMaxIdle is what database/sql does if MaxIdle is unset.
const defaultMaxIdle = 2

// Via returns the caller that settles the pool, as import path and function, or
// "" if the function that opens it does.
func (p *Pool) Via() string {
	i := strings.LastIndex(p.ID, viaMark)
	if i < 0 {
		return ""
	}
	via, _, _ := strings.Cut(p.ID[i+len(viaMark):], "#")
	return via
}
