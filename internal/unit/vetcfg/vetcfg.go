// Package vetcfg reads the *.cfg files in which cmd/go describes a package to
// a vet tool (see vetConfig in cmd/go/internal/work).
package vetcfg

import (
	"os"
	"path/filepath"
	"strings"
)

// A Config describes a package and where to find what is known about its imports.
type Config struct {
	ID           string // identifies the package in JSON output
	Dir          string
	ImportPath   string
	GoVersion    string // such as "go1.24"
	GoFiles      []string
	NonGoFiles   []string
	IgnoredFiles []string

	ModulePath    string // "" for the standard library, GOPATH mode, and module errors
	ModuleVersion string // "" for the main module
	Module        Raw    // an analysis.Module, since Go 1.27

	ImportMap   map[string]string // import path in source -> package path
	PackageFile map[string]string // package path -> file with export data
	Standard    map[string]bool   // package paths of imports that are in the standard library
	PackageVetx map[string]string // package path -> vetx file

	VetxOnly   bool   // the package is only a dependency: no diagnostics
	VetxOutput string // the vetx file to write
	Stdout     string // the file that receives standard output; "" for the real one
	FixArchive string // the zip file that receives fixed sources; "" to edit in place

	SucceedOnTypecheckFailure bool
}

// Raw is JSON that has not been decoded. The null value becomes nil.
type Raw []byte

// UnmarshalJSON implements json.Unmarshaler.
func (r *Raw) UnmarshalJSON(data []byte) error {
	if string(data) != "null" {
		*r = append(Raw(nil), data...)
	}
	return nil
}

// InStandardLibrary reports whether the package is in the standard library.
// The file does not say so, but a standard package has no module, and its
// directory is its import path below a directory src that also holds package
// unsafe, which no other tree can have.
func (c *Config) InStandardLibrary() bool {
	if c.ModulePath != "" || c.Module != nil {
		return false
	}
	root, ok := strings.CutSuffix(filepath.ToSlash(c.Dir), "/src/"+c.ImportPath)
	if !ok {
		return false
	}
	_, err := os.Stat(filepath.FromSlash(root + "/src/unsafe/unsafe.go"))
	return err == nil
}

// MissesExportData reports whether an import has no export data.
func (c *Config) MissesExportData() bool {
	for _, path := range c.ImportMap {
		if hasExportData(path) && c.PackageFile[path] == "" {
			return true
		}
	}
	return false
}

// IsLeaf reports whether the package imports nothing that has export data.
func (c *Config) IsLeaf() bool {
	for _, path := range c.ImportMap {
		if hasExportData(path) {
			return false
		}
	}
	return true
}

// hasExportData reports whether path is that of a package like any other.
func hasExportData(path string) bool { return path != "unsafe" && path != "C" }

// Resolve returns the package path for an import path in source.
func (c *Config) Resolve(importPath string) string {
	if path, ok := c.ImportMap[importPath]; ok {
		return path
	}
	return importPath
}

// PortableDir returns a name for the package's directory that is the same on
// all machines: its import path with the version of a module that has one.
func (c *Config) PortableDir() string {
	rel, ok := strings.CutPrefix(c.ImportPath, c.ModulePath)
	if !ok || c.ModuleVersion == "" {
		return c.ImportPath
	}
	return c.ModulePath + "@" + c.ModuleVersion + rel
}

// DirOf returns the directory of a package of the same module.
func (c *Config) DirOf(path string) (string, bool) {
	own := strings.TrimPrefix(c.ImportPath, c.ModulePath)
	dir := filepath.ToSlash(c.Dir)
	root, ok := strings.CutSuffix(dir, own)
	if !ok { // package p_test lives with p
		root, ok = strings.CutSuffix(dir, strings.TrimSuffix(own, "_test"))
	}
	rel, inside := strings.CutPrefix(path, c.ModulePath)
	if !ok || !inside || c.ModulePath == "" || rel != "" && rel[0] != '/' {
		return "", false
	}
	return filepath.FromSlash(root + rel), true
}
