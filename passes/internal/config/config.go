// Package config is the analyzer that owns the settings which all passes
// share. Every pass Requires it and reads its result, so one flag set governs
// them all, whichever driver runs them.
package config

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/passes/internal/resource"
)

// Settings are the values of the shared flags.
type Settings struct {
	Strict    bool   // also demand that releases are deferred
	Models    string // file of user-defined resources, "" for none
	Generated bool   // report in generated files, too
	Notes     bool   // report what was given up on, as diagnostics of category budget and internal
	Explain   string // FILE:LINE whose acquisitions are to be explained
}

var settings Settings

// Analyzer holds the flags. Its result is *Settings.
var Analyzer = &analysis.Analyzer{
	Name:             "connvet",
	Doc:              "settings that all passes of connvet share\n\nIt reports nothing but mistakes in its own settings.",
	URL:              "https://github.com/connvet/connvet",
	Run:              func(*analysis.Pass) (any, error) { return &settings, nil },
	ResultType:       reflect.TypeFor[*Settings](),
	RunDespiteErrors: true,
}

func init() {
	f := &Analyzer.Flags
	f.BoolVar(&settings.Strict, "strict", false, "also demand a deferred release")
	f.StringVar(&settings.Models, "models", "", "absolute `file` of user-defined resources")
	f.BoolVar(&settings.Generated, "generated", false, "report in generated files, too")
	f.BoolVar(&settings.Notes, "notes", false, "report functions that were given up on")
	f.StringVar(&settings.Explain, "explain", "", "explain the acquisitions at `FILE:LINE`")
}

var load = sync.OnceValues(func() (*resource.Set, error) {
	base := resource.Builtin()
	if settings.Models == "" {
		return base, nil
	}
	if !filepath.IsAbs(settings.Models) {
		return base, fmt.Errorf("-connvet.models=%s: the path must be absolute, as go vet runs the tool in many directories", settings.Models)
	}
	f, err := os.Open(settings.Models)
	if err != nil {
		return base, fmt.Errorf("-connvet.models: %w", err)
	}
	defer f.Close()
	return resource.Parse(base, settings.Models, f)
})

// Models returns the built-in resource models with the user's added.
func Models() (*resource.Set, error) { return load() }
