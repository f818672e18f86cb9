package poolinventory

import (
	_ "embed"
	"fmt"
	"net"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/passes/internal/config"
	"github.com/connvet/connvet/passes/internal/diag"
	"github.com/connvet/connvet/passes/internal/pools"
)

//go:embed doc.go
var doc string

// Analyzer tells of declared pools.
var Analyzer = &analysis.Analyzer{
	Name:     "poolinventory",
	Doc:      diag.Doc(doc, "poolinventory"),
	URL:      "https://pkg.go.dev/github.com/connvet/connvet/passes/poolinventory",
	Run:      run,
	Requires: []*analysis.Analyzer{config.Analyzer, pools.Analyzer},
}

var emit, secrets bool

func init() {
	Analyzer.Flags.BoolVar(&emit, "emit", false, "tell of each pool, as JSON")
	Analyzer.Flags.BoolVar(&secrets, "dsnsecret", false, "report constant data source names that hold a password")
}

func run(pass *analysis.Pass) (any, error) {
	r, err := diag.New(pass)
	if err != nil {
		return nil, err
	}
	res := pass.ResultOf[pools.Analyzer].(*pools.Result)
	for _, d := range res.Declared {
		if emit {
			if err := tell(pass, r, d); err != nil {
				return nil, err
			}
		}
		if secrets && d.Secret && !local(d.Record.Pool.DSN) {
			secret(r, d)
		}
	}
	if emit && len(res.Main) > 0 && len(pass.Files) > 0 {
		text, err := manifest.EncodeRecord(manifest.Record{Package: pass.Pkg.Path(), Reaches: res.Main})
		if err != nil {
			return nil, err
		}
		pass.Report(analysis.Diagnostic{Pos: pass.Files[0].Package, Category: "pool", Message: text})
	}
	r.Finish()
	return nil, nil
}

// tell emits the record of a pool. What is declared in a test is no part of
// the program.
func tell(pass *analysis.Pass, r *diag.Reporter, d pools.Declared) error {
	pos := pass.Files[0].Package
	if d.Pool != nil {
		pos = d.Pool.Call.Pos()
	}
	rec := d.Record
	if strings.HasSuffix(pass.Fset.Position(pos).Filename, "_test.go") {
		p := *rec.Pool
		p.Scope = manifest.ScopeTest
		rec.Pool = &p
	}
	text, err := manifest.EncodeRecord(rec)
	if err != nil {
		return err
	}
	pass.Report(analysis.Diagnostic{Pos: pos, Category: "pool", Message: text})
	if !d.Unsure {
		return nil
	}
	text, err = manifest.EncodeRecord(manifest.Record{Package: d.At.Pkg, Unresolved: &manifest.Unresolved{
		Pos: diag.At(d.At),
		Why: "it may be configured where it cannot be followed",
	}})
	if err != nil {
		return err
	}
	pass.Report(analysis.Diagnostic{Pos: pos, Category: "pool", Message: text})
	return nil
}

// secret reports a password in the source.
func secret(r *diag.Reporter, d pools.Declared) {
	if d.Pool == nil {
		return
	}
	if pos, end, ok := r.CallSite(d.Pool.Call.Pos()); ok {
		r.Report(diag.Report{
			Pos: pos, End: end, Category: "dsnsecret",
			Message: fmt.Sprintf("the data source name of %s holds a password: whoever reads the source or the binary has it", d.Record.Pool.Opener),
		})
	}
}

// local reports whether a data source name leads to the same machine.
func local(d manifest.DSN) bool {
	host, _, err := net.SplitHostPort(d.Address)
	if err != nil {
		host = d.Address
	}
	if d.Network == "unix" || host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
