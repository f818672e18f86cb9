package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/report"
)

// A past is packages as they were at the revision that is checked out.
type past struct {
	since    *since
	checkout *checkout

	s      *settings // of their analysis
	e      *env
	module string // go.mod of the main module as it is now

	files    map[string]string // that are read in place of those of the checkout
	overlaid bool              // the user has an overlay, which this replaces
}

// newPast returns the packages of a checkout.
func newPast(f *since, c *checkout) *past {
	return &past{since: f, checkout: c, files: make(map[string]string)}
}

// targets returns those of some packages that were there, in a form that the go
// command understands. Where it has doubts that they are the same, it notes that.
func (p *past) targets(ctx context.Context, packages []string) ([]string, error) {
	if err := p.prepare(ctx); err != nil {
		return nil, p.doubt(ctx, packages, err)
	}
	if isGoFile(p.since.s.patterns()[0]) {
		return p.goFiles(), nil
	}
	now, err := findPackages(ctx, p.since.s, p.since.e, p.since.s.patterns())
	if err != nil {
		return nil, err
	}
	want := p.former(packages, now)
	if len(want) == 0 {
		return nil, nil
	}
	ask := slices.Sorted(maps.Keys(want))
	then, err := findPackages(ctx, p.s, p.e, ask)
	if err != nil {
		return nil, p.doubt(ctx, ask, err)
	}
	var targets []string
	for _, name := range ask {
		if then[name] == "" || want[name] != "" && want[name] != then[name] {
			p.doubt(ctx, []string{name}, errors.New("is another package, or none"))
			continue
		}
		targets = append(targets, name)
	}
	return targets, nil
}

// former returns those of some packages that were there, and where they are to
// be found, "" if they are not in the repository. now tells where they are now.
func (p *past) former(packages []string, now map[string]string) map[string]string {
	want := make(map[string]string)
	for _, name := range packages {
		if now[name] == "" {
			name = strings.TrimSuffix(name, "_test")
		}
		dir, inside := p.inCheckout(now[name])
		switch {
		case !inside:
			want[name] = ""
		case hasGoFiles(dir) && !p.isNewModule():
			want[name] = dir
		}
	}
	return want
}

// doubt notes that something is not known of packages, unless the run was
// interrupted.
func (p *past) doubt(ctx context.Context, packages []string, why error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	// Files go by their names in the repository.
	dir := p.checkout.dir + string(filepath.Separator)
	reason := strings.NewReplacer(dir, "", filepath.ToSlash(dir), "").Replace(why.Error())
	for _, name := range packages {
		p.since.doubts = append(p.since.doubts, doubt{NotAnalysed: report.NotAnalysed{Package: name, Reason: reason}})
	}
	return nil
}

// goFiles returns those of the files that the user names that were there. They
// make up a package without a name of its own.
func (p *past) goFiles() []string {
	var files []string
	for _, name := range p.since.s.args {
		dir, name := filepath.Split(below(p.since.s.dir, name))
		if dir, inside := p.inCheckout(dir); inside {
			if file := filepath.Join(dir, name); exists(file) {
				files = append(files, file)
			}
		}
	}
	return files
}

// findPackages returns the directories of the packages that patterns name.
func findPackages(ctx context.Context, s *settings, e *env, patterns []string) (map[string]string, error) {
	args := append([]string{"list"}, s.buildFlags...)
	args = append(args, "-e", "-find", "-json=ImportPath,Dir", "--")
	out, err := output(ctx, e, s.dir, "go", append(args, patterns...)...)
	if err != nil {
		return nil, err
	}
	found := make(map[string]string)
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var p listedPackage
		if err := dec.Decode(&p); err != nil {
			return nil, fmt.Errorf("cannot read the output of go list: %v", err)
		}
		found[p.ImportPath] = p.Dir
	}
	return found, nil
}

// analyse analyses packages as they were. If that is not possible at all, each
// has that in common.
func (p *past) analyse(ctx context.Context, targets []string) (*report.Report, error) {
	r, err := p.attempt(ctx, targets)
	if ctx.Err() == nil && (err != nil || len(r.NotAnalysed) > 0) {
		patterns := targets
		if isGoFile(targets[0]) {
			patterns = p.since.s.args
		}
		more, carryErr := p.carryIgnored(ctx, patterns)
		if carryErr != nil {
			return nil, carryErr
		}
		if more {
			r, err = p.attempt(ctx, targets)
		}
	}
	if err != nil {
		return new(report.Report), p.doubt(ctx, p.named(targets), err)
	}
	return r, nil
}

// attempt runs the analysis once.
func (p *past) attempt(ctx context.Context, targets []string) (*report.Report, error) {
	p.s.args = targets
	result, err := analyse(ctx, p.s, p.e)
	if err != nil {
		return nil, err
	}
	return result.Report, nil
}

// named returns what findings call targets.
func (p *past) named(targets []string) []string {
	if isGoFile(targets[0]) {
		return []string{"command-line-arguments"}
	}
	return targets
}

// inCheckout returns where a file or directory of the repository is in the
// checkout, and whether it is one of the repository.
func (p *past) inCheckout(name string) (string, bool) {
	if name == "" {
		return "", false
	}
	top := p.top()
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name, top = real, p.since.repo.top
	}
	rel, inside := relative(top, name)
	return filepath.Join(p.checkout.dir, filepath.FromSlash(rel)), inside
}

// top returns where the repository begins in the user's words, which may lead
// through symbolic links.
func (p *past) top() string {
	top := filepath.FromSlash(strings.TrimSuffix(filepath.ToSlash(p.since.s.dir)+"/", "/"+p.since.repo.prefix))
	if real, err := filepath.EvalSymlinks(top); err != nil || real != p.since.repo.top {
		return p.since.repo.top
	}
	return top
}

// isGoFile reports whether a pattern is a file, as all with it are then.
func isGoFile(pattern string) bool { return strings.HasSuffix(pattern, ".go") }

// hasGoFiles reports whether a directory has Go files.
func hasGoFiles(dir string) bool {
	files, _ := os.ReadDir(dir)
	return slices.ContainsFunc(files, func(f os.DirEntry) bool { return filepath.Ext(f.Name()) == ".go" })
}

// exists reports whether there is a file or directory.
func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
