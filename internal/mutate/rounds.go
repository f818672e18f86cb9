package mutate

// rounds distributes the mutants that compile. In a round a declaration is
// mutated once at most, and all of the round's mutants compile together: two
// may each delete one of the last two uses of an import.
func (p *Program) rounds(mutants []*Mutant) ([][]*Mutant, error) {
	var waiting []*Mutant
	for _, m := range mutants {
		if m.Dropped == "" {
			waiting = append(waiting, m)
		}
	}
	var all [][]*Mutant
	for len(waiting) > 0 {
		var round, rest []*Mutant
		taken := make(map[any]bool) // declarations
		for _, m := range waiting {
			if decl := m.Site.decl.Node(); !taken[decl] {
				taken[decl] = true
				round = append(round, m)
			} else {
				rest = append(rest, m)
			}
		}
		round, late, err := p.together(round)
		if err != nil {
			return nil, err
		}
		all = append(all, round)
		waiting = append(late, rest...)
	}
	return all, nil
}

// together returns those mutants that compile together, and the others. The
// first of each package is among the former.
func (p *Program) together(mutants []*Mutant) (fit, others []*Mutant, err error) {
	byPackage := make(map[*Package][]*Mutant)
	var order []*Package
	for _, m := range mutants {
		pkg := m.Site.pkg
		if byPackage[pkg] == nil {
			order = append(order, pkg)
		}
		byPackage[pkg] = append(byPackage[pkg], m)
	}
	for _, pkg := range order {
		list := byPackage[pkg]
		ok, err := p.compatible(pkg, list)
		if err != nil {
			return nil, nil, err
		}
		if ok {
			fit = append(fit, list...)
			continue
		}
		accepted := list[:1:1]
		for _, m := range list[1:] {
			if ok, err = p.compatible(pkg, append(accepted, m)); err != nil {
				return nil, nil, err
			}
			if ok {
				accepted = append(accepted, m)
			} else {
				others = append(others, m)
			}
		}
		fit = append(fit, accepted...)
	}
	return fit, others, nil
}

// compatible reports whether mutants of a package compile together.
func (p *Program) compatible(pkg *Package, mutants []*Mutant) (bool, error) {
	versions, err := p.versions(mutants)
	if err != nil {
		return false, err
	}
	_, _, err = p.compile(pkg, versions)
	return err == nil, nil
}

// versions returns the files that mutants change, with the edits of all.
func (p *Program) versions(mutants []*Mutant) (map[string]*version, error) {
	edits := make(map[string][]Edit)
	for _, m := range mutants {
		edits[m.Site.At.Filename] = append(edits[m.Site.At.Filename], m.Edits...)
	}
	versions := make(map[string]*version)
	for name, list := range edits {
		text, err := p.source(name)
		if err != nil {
			return nil, err
		}
		versions[name] = newVersion(text, list)
	}
	return versions, nil
}
