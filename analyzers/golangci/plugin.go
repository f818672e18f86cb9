package golangci

import (
	"sync"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
)

// name is that of the linter, which is what //nolint and configurations say.
const name = "connvet"

func init() { register.Plugin(name, New) }

// New returns the plugin for the settings in golangci-lint's configuration. They
// hold for the process: the passes have one set of flags.
func New(conf any) (register.LinterPlugin, error) {
	s, err := parseSettings(conf)
	if err != nil {
		return nil, err
	}
	if err := s.apply(); err != nil {
		return nil, err
	}
	return &plugin{newLinter(s.rules)}, nil
}

// A plugin is the linter as golangci-lint asks for it.
type plugin struct{ linter *analysis.Analyzer }

// BuildAnalyzers returns the linter and the analyzer that identifies this build.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	id, err := identity()
	if err != nil {
		return nil, err
	}
	markOnce.Do(func() { markFacts(p.linter, id) })
	return []*analysis.Analyzer{p.linter, marker(id)}, nil
}

// GetLoadMode tells that types are needed.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// markOnce guards the names of analyzers that all linters of a process share.
var markOnce sync.Once
