package mutate

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Finding is something that the tool reports.
type Finding struct {
	File         string // absolute
	Line, Column int
	Rule         string
	Message      string
}

// at is the place of a finding.
type at struct {
	file         string
	line, column int
}

// A Vet runs the tool over the program, with files replaced as in go's overlay:
// contents of the files that are the values are read in the place of the keys.
type Vet func(replace map[string]string) ([]Finding, error)

// A Result is what came of a run.
type Result struct {
	Mutants []*Mutant
	Known   []*Site   // sites that the tool reports without any mutation: not mutated
	Idle    []*Site   // sites without a mutant
	Strays  []Finding // findings in other functions than the mutated ones
	Rounds  int
}

// Run makes mutants of sites and runs the tool over them, many at once but never
// two in one declaration. The program is only read: mutated files are written
// below dir.
func (p *Program) Run(sites []*Site, dir string, vet Vet) (*Result, error) {
	found, err := vet(nil)
	if err != nil {
		return nil, err
	}
	known := make(map[at]bool)
	for _, f := range found {
		known[at{f.File, f.Line, f.Column}] = true
	}
	r := new(Result)
	var fresh []*Site
	for _, s := range sites {
		if hasFindingAt(found, s) {
			r.Known = append(r.Known, s)
			continue
		}
		fresh = append(fresh, s)
	}
	if r.Mutants, err = p.Mutants(fresh); err != nil {
		return nil, err
	}
	for _, s := range fresh {
		if !hasMutant(r.Mutants, s) {
			r.Idle = append(r.Idle, s)
		}
	}
	rounds, err := p.rounds(r.Mutants)
	if err != nil {
		return nil, err
	}
	for _, round := range rounds {
		r.Rounds++
		if err := p.round(r, round, known, dir, vet); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// hasFindingAt reports whether one of the findings is on the line of a site.
func hasFindingAt(found []Finding, s *Site) bool {
	for _, f := range found {
		if f.File == s.At.Filename && f.Line == s.At.Line {
			return true
		}
	}
	return false
}

// hasMutant reports whether one of the mutants is of a site.
func hasMutant(mutants []*Mutant, s *Site) bool {
	for _, m := range mutants {
		if m.Site == s {
			return true
		}
	}
	return false
}

// round runs the tool over mutants of different declarations.
func (p *Program) round(r *Result, mutants []*Mutant, known map[at]bool, dir string, vet Vet) error {
	versions, err := p.versions(mutants)
	if err != nil {
		return err
	}
	replace := make(map[string]string)
	origin := make(map[string]string) // by the base name of the mutated file
	for name, v := range versions {
		base := fmt.Sprintf("%x.go", sha256.Sum256(append([]byte(name), v.text...)))
		replace[name], origin[base] = filepath.Join(dir, base), name
		if err := os.WriteFile(replace[name], v.text, 0o666); err != nil {
			return err
		}
	}
	found, err := vet(replace)
	if err != nil {
		return err
	}
	for _, f := range found {
		// The go command replays what the tool said of equal code in an earlier
		// run, whose directory was another.
		if name, ok := origin[filepath.Base(f.File)]; ok {
			f.File = name
		}
		f, err := p.original(f, versions[f.File])
		if err != nil {
			return err
		}
		if known[at{f.File, f.Line, f.Column}] || strings.HasSuffix(f.File, "_test.go") {
			continue
		}
		if !p.credit(mutants, f) {
			r.Strays = append(r.Strays, f)
		}
	}
	return nil
}

// original returns a finding as it would be without the edits of its file.
func (p *Program) original(f Finding, v *version) (Finding, error) {
	if v == nil {
		return f, nil
	}
	text, err := p.source(f.File)
	if err != nil {
		return f, err
	}
	f.Line, f.Column = lineColumn(text, v.back(offsetOf(v.text, f.Line, f.Column)))
	return f, nil
}

// credit gives a finding to the mutant in whose declaration it is. Of several
// findings a mutant keeps the one at its site.
func (p *Program) credit(mutants []*Mutant, f Finding) bool {
	for _, m := range mutants {
		decl := m.Site.decl.Node()
		first, last := p.position(decl.Pos()), p.position(decl.End())
		if f.File != first.Filename || f.Line < first.Line || f.Line > last.Line {
			continue
		}
		if m.Found == nil || f.Line == m.Site.At.Line {
			m.Found = &f
		}
		return true
	}
	return false
}
