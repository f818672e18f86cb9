package pools

import (
	"slices"
	"strings"

	"github.com/connvet/connvet/passes/internal/summary"
)

// embedded are parts of the names of drivers, or of the import paths of
// connectors and dialectors, whose database lives in the process: no server
// counts their connections.
var embedded = []string{"sqlite", "duckdb", "sqlmock", "ramsql", "go-mysql-server", "txdb", "genji", "chai", "cznic/ql"}

// Embedded reports whether a pool has no server: its driver is known, on all
// paths, to keep the database in the process.
func Embedded(p *summary.Pool) bool {
	if len(p.Driver) == 0 {
		return false
	}
	for _, a := range p.Driver {
		if a.Kind != summary.FromConst || !a.IsText || !isEmbedded(a.Text) {
			return false
		}
	}
	return true
}

// mocked reports whether there is no database at all.
func mocked(p *summary.Pool) bool {
	return slices.ContainsFunc(p.Driver, func(a summary.Amount) bool { return strings.Contains(a.Text, "sqlmock") })
}

func isEmbedded(name string) bool {
	name = strings.ToLower(name)
	if name == "ql" || name == "ql-mem" {
		return true
	}
	for _, part := range embedded {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
