package main

import (
	"path/filepath"

	"github.com/connvet/connvet/internal/cli"
	"github.com/connvet/connvet/internal/report"
)

// Sources are where the source is that a manifest's places are in, if the command
// runs in a checkout of the module. A manifest names files from the module's
// root; who reads a report takes them to be named from the repository's.
type sources struct {
	module     string // its root, absolute, or "" if it is not here
	repository string // around it, or ""
}

// findSources looks for the source from the working directory upwards, and then
// from where the manifest is. The places of several modules cannot be told apart:
// they stay as they are.
func findSources(p *plan, dirs ...string) sources {
	path := ""
	for _, server := range p.servers {
		for _, service := range server.budget.Services {
			switch m := service.Manifest; {
			case m == nil:
			case path != "" && path != m.Module:
				return sources{}
			default:
				path = m.Module
			}
		}
	}
	for _, dir := range dirs {
		dir, err := filepath.Abs(dir)
		if err != nil {
			continue
		}
		if root := cli.Module(dir, path); root != "" {
			return sources{root, cli.Repository(root)}
		}
	}
	return sources{}
}

// files returns access to the files that a report names.
func (s sources) files() *report.Sources {
	if s.module == "" {
		return nil
	}
	return report.NewSources(s.module, nil)
}
