package golangci

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"

	"golang.org/x/tools/go/analysis"
)

// module is that of connvet.
const module = "github.com/connvet/connvet"

// identity tells this build of connvet from others, in letters that may be part of
// a name.
//
// It goes by the checksums of the modules in the binary: they are the same in each
// build of the same sources, so that results which CI keeps are of use although
// "golangci-lint custom" writes the time into each binary. Sources in a directory,
// which a replace directive names, have no checksum. Then it is the binary itself:
// the version that "golangci-lint custom" makes up does not see a change below the
// top of such a directory.
var identity = sync.OnceValues(func() (string, error) {
	hash := sha256.New()
	if info, ok := debug.ReadBuildInfo(); !ok || !hashModules(hash, info) {
		hash.Reset()
		if err := hashBinary(hash); err != nil {
			return "", fmt.Errorf("connvet cannot tell which build it is: %w", err)
		}
	}
	return fmt.Sprintf("%x", hash.Sum(nil)[:8]), nil
})

// hashModules hashes the checksums of all modules. It fails if one has none, or if
// connvet is not among them.
func hashModules(w io.Writer, info *debug.BuildInfo) bool {
	found := false
	for _, m := range info.Deps {
		found = found || m.Path == module
		if m.Replace != nil {
			m = m.Replace
		}
		if m.Sum == "" {
			return false
		}
		fmt.Fprintln(w, m.Path, m.Version, m.Sum)
	}
	return found
}

// hashBinary hashes the file of the running program.
func hashBinary(w io.Writer) error {
	name, err := os.Executable()
	if err != nil {
		return err
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// markFacts makes the identity part of the names of all analyzers with facts, by
// which golangci-lint keeps those.
func markFacts(a *analysis.Analyzer, id string) {
	marked := make(map[*analysis.Analyzer]bool)
	var visit func(a *analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if marked[a] {
			return
		}
		marked[a] = true
		if len(a.FactTypes) > 0 {
			a.Name += "_" + id
		}
		for _, req := range a.Requires {
			visit(req)
		}
	}
	visit(a)
}

// marker is an analyzer that does nothing but bear the identity in its name: it
// keeps issues by the names of the linters' own analyzers.
func marker(id string) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name: name + "_" + id,
		Doc:  "identifies the build of connvet",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	}
}
