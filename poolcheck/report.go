package poolcheck

import (
	"cmp"
	"slices"

	"github.com/connvet/connvet/poolcheck/internal/count"
)

// Schema names the schema of a report as JSON. Its version changes when a field
// is removed or changes its meaning; new fields may be added at any time.
const Schema = "poolcheck/v1"

// A Count is a number of connections or processes, "unlimited" or "unknown".
type Count = count.Count

// A Report is what a check found out about one server.
type Report struct {
	Server  string `json:"server,omitempty"`  // the budget's name for it
	Flavour string `json:"flavour"`           // such as "MariaDB"
	Version string `json:"version,omitempty"` // as the server writes it
	Assumed string `json:"assumed,omitempty"` // the table entry that stands in for the server
	Basis   string `json:"basis,omitempty"`   // what that entry is of and where it was read

	// Summary is the outcome in one line.
	Summary string `json:"summary"`

	Demand   Demand    `json:"demand"`
	Live     Live      `json:"live"`
	Verdicts []Verdict `json:"verdicts"` // the most severe first, then by rule

	// Fault is what kept the check from reading everything, "" if nothing did.
	Fault string `json:"fault,omitempty"`
}

// A Demand is what services may open, and what the server allows.
type Demand struct {
	Services []ServiceDemand `json:"services"`
	Overhead Count           `json:"overhead"` // connections of others
	Steady   Count           `json:"steady"`   // of everybody, when nothing is deployed
	Peak     Count           `json:"peak"`     // scaled out, and while a deployment rolls out
	Limit    Count           `json:"limit"`    // what clients are allowed: max_connections, or what a proxy accepts
}

// A ServiceDemand is what one service may open.
type ServiceDemand struct {
	Name          string `json:"name"`
	Instances     int64  `json:"instances"`
	PeakInstances int64  `json:"peak_instances"`
	PerProcess    Count  `json:"per_process"`
	Steady        Count  `json:"steady"`
	Peak          Count  `json:"peak"`
	Idle          Count  `json:"idle"` // what stays open all day
	Fit           Count  `json:"fit"`  // the largest size of its pool that fits beside the others
}

// Live are the counters of the server that change all the time. What could not
// be read is unknown.
type Live struct {
	Connected Count `json:"connected"`           // Threads_connected
	Running   Count `json:"running"`             // Threads_running
	Peak      Count `json:"peak"`                // Max_used_connections
	Refused   Count `json:"refused"`             // Connection_errors_max_connections
	New       Count `json:"new_connections"`     // within the window
	Aborted   Count `json:"aborted_clients"`     // Aborted_clients
	Prepared  Count `json:"prepared_statements"` // Prepared_stmt_count
	WindowMS  int64 `json:"window_ms"`
}

// A Status is how a verdict came out.
type Status string

const (
	Pass    Status = "pass"
	Info    Status = "info"    // nothing is wrong, but somebody should know
	Warn    Status = "warn"    // it works, until something else happens
	Error   Status = "error"   // it fails, or it will
	Unknown Status = "unknown" // it could not be decided; never a pass
)

// severity orders statuses as they are read.
var severity = map[Status]int{Error: 0, Warn: 1, Unknown: 2, Info: 3, Pass: 4}

// A Verdict is what one rule says, of the server or of one pool, service or
// account.
type Verdict struct {
	Rule   string `json:"rule"` // such as "C01"
	Name   string `json:"name"` // such as "capacity-steady"
	Status Status `json:"status"`

	Service string `json:"service,omitempty"`
	Account string `json:"account,omitempty"`
	File    string `json:"file,omitempty"` // of the pool: slash-separated, relative to its module's root
	Line    int    `json:"line,omitempty"`

	Message    string           `json:"message"`              // one sentence
	Arithmetic string           `json:"arithmetic,omitempty"` // the sum, to be checked by a person
	Numbers    map[string]Count `json:"numbers,omitempty"`    // what the rule used
	Advice     string           `json:"advice,omitempty"`     // what to do
	Paste      string           `json:"paste,omitempty"`      // a line to paste: of Go, SQL or a command line

	// Needs names the input that was not given, if that is why the verdict is
	// unknown.
	Needs string `json:"needs,omitempty"`
}

// Status returns the most severe status of the verdicts.
func (r *Report) Status() Status {
	worst := Pass
	for _, v := range r.Verdicts {
		if severity[v.Status] < severity[worst] {
			worst = v.Status
		}
	}
	return worst
}

// Decided reports whether it could be told that the pools fit the server and the
// accounts, or that they do not.
func (r *Report) Decided() bool {
	return !slices.ContainsFunc(r.Verdicts, func(v Verdict) bool {
		return v.Status == Unknown && slices.Contains(deciding, v.Rule)
	})
}

// deciding are the rules that a check is made for.
var deciding = []string{"C01", "C02", "C11"}

// OK reports whether the pools are known to fit and nothing is wrong: a start-up
// check can go on.
func (r *Report) OK() bool { return r.Fault == "" && r.Decided() && r.Status() != Error }

// sort puts the verdicts in the order in which they are read.
func (r *Report) sort() {
	slices.SortStableFunc(r.Verdicts, func(a, b Verdict) int {
		return cmp.Or(
			cmp.Compare(severity[a.Status], severity[b.Status]),
			cmp.Compare(a.Rule, b.Rule),
		)
	})
}
