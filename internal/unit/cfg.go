package unit

import (
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/internal/unit/vetcfg"
)

// A unit is a package to analyse.
type unit struct {
	*vetcfg.Config
}

// readUnit reads a *.cfg file.
func readUnit(filename string) (unit, error) {
	data, err := os.ReadFile(filename)
	if err != nil {
		return unit{}, err
	}
	config, ok := vetcfg.Scan(data)
	if !ok {
		config = new(vetcfg.Config)
		if err := json.Unmarshal(data, config); err != nil {
			return unit{}, fmt.Errorf("cannot decode JSON config file %s: %v", filename, err)
		}
	}
	return unit{config}, nil
}

// module returns what analyzers are told about the package's module, or nil.
func (u unit) module() *analysis.Module {
	if u.Module != nil {
		module := new(analysis.Module)
		if json.Unmarshal(u.Module, module) == nil {
			return module
		}
	}
	if u.ModulePath == "" {
		return nil
	}
	return &analysis.Module{Path: u.ModulePath, Version: u.ModuleVersion, GoVersion: u.GoVersion}
}
