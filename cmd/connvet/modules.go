package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// carryModules finds the workspace and the modules of the checkout, and has
// those that are beside the repository found: "use ../lib" and "replace lib =>
// ../lib" mean another place there. gowork is what the go command says now.
func (p *past) carryModules(ctx context.Context, gowork string) error {
	if gowork == "off" {
		return p.carryReplaced(ctx, p.upward("go.mod"))
	}
	file, at := p.workspace(ctx, gowork)
	if file == "" {
		p.e.environ = append(p.e.environ, "GOWORK=off") // none beyond the checkout
		return p.carryReplaced(ctx, p.upward("go.mod"))
	}
	p.e.environ = append(p.e.environ, "GOWORK="+at)
	return p.carryWorkspace(ctx, file, at)
}

// upward returns the file of a name that is in the working directory or nearest
// above it, inside the checkout, or "".
func (p *past) upward(name string) string {
	for dir := p.s.dir; ; dir = filepath.Dir(dir) {
		if file := filepath.Join(dir, name); exists(file) {
			return file
		}
		if dir == p.checkout.dir {
			return ""
		}
	}
}

// isNewModule reports whether there is a main module, and was none.
func (p *past) isNewModule() bool {
	_, inside := p.inCheckout(p.module)
	return inside && p.upward("go.mod") == "" && p.upward("go.work") == ""
}

// workspace returns the file to read as go.work, and where the go command is to
// find it: the one that was there; else, if git does not keep it, the one that is
// there now. It returns "" if there is none.
func (p *past) workspace(ctx context.Context, now string) (file, at string) {
	then, inside := p.inCheckout(now)
	former := p.upward("go.work")
	chosen := now != "" && now == lookup(p.e.environ, "GOWORK")
	switch {
	case inside && exists(then):
		return then, then
	case former != "" && (inside || !chosen):
		return former, former
	case now == "":
		return "", ""
	case !inside:
		return now, filepath.Join(p.checkout.home, "go.work")
	}
	rel, _ := relative(p.checkout.dir, then)
	if len(p.since.repo.ignored(ctx, map[string]string{rel: then})) == 0 {
		return "", ""
	}
	return now, then
}

// A modulePath is a directory, or a module and its version.
type modulePath struct{ Path, Version string }

// A replacement is a replace directive.
type replacement struct{ Old, New modulePath }

// isLocal reports whether a directory is what stands in for the module.
func (r replacement) isLocal() bool { return r.New.Version == "" }

// A workFile is a go.work as the go command prints it.
type workFile struct {
	Go, Toolchain string
	Godebug       []struct{ Key, Value string }
	Use           []struct{ DiskPath string }
	Replace       []replacement
}

// carryWorkspace has a go.work read at a place so that all it names is found,
// and then does the same with the modules that it uses. Those that were not
// there are not used.
func (p *past) carryWorkspace(ctx context.Context, file, at string) error {
	out, err := output(ctx, p.e, p.s.dir, "go", "work", "edit", "-json", file)
	if err != nil {
		return err
	}
	var work workFile
	if err := json.Unmarshal(out, &work); err != nil {
		return err
	}
	vendored := exists(filepath.Join(filepath.Dir(at), "vendor", "modules.txt"))
	carry := file != at
	from := p.original(filepath.Dir(file))
	var text bytes.Buffer
	fmt.Fprintf(&text, "go %s\n", cmp.Or(work.Go, "1.18"))
	if work.Toolchain != "" {
		fmt.Fprintf(&text, "toolchain %s\n", work.Toolchain)
	}
	for _, g := range work.Godebug {
		fmt.Fprintf(&text, "godebug %s=%s\n", g.Key, g.Value)
	}
	for _, use := range work.Use {
		dir, moved := p.place(from, use.DiskPath)
		if !exists(filepath.Join(dir, "go.mod")) {
			carry = true
			continue
		}
		carry = carry || moved
		fmt.Fprintf(&text, "use %q\n", dir)
		if !vendored && !moved {
			if err := p.carryReplaced(ctx, filepath.Join(dir, "go.mod")); err != nil {
				return err
			}
		}
	}
	for _, r := range work.Replace {
		if r.isLocal() {
			var moved bool
			r.New.Path, moved = p.place(from, r.New.Path)
			carry = carry || moved
		}
		fmt.Fprintf(&text, "replace %s %s => %q %s\n", r.Old.Path, r.Old.Version, r.New.Path, r.New.Version)
	}
	if !carry || vendored && file == at {
		return nil // "go mod vendor" has noted what the file says
	}
	if sum := file + ".sum"; file != at && exists(sum) {
		data, err := os.ReadFile(sum)
		if err != nil {
			return err
		}
		if err := p.carry(at+".sum", string(data)); err != nil {
			return err
		}
	}
	return p.carry(at, text.String())
}

// carryReplaced has a go.mod of the checkout read so that the directories that
// replace modules are found.
func (p *past) carryReplaced(ctx context.Context, file string) error {
	data, err := os.ReadFile(file)
	if file == "" || !bytes.Contains(data, []byte("..")) || exists(filepath.Join(filepath.Dir(file), "vendor", "modules.txt")) {
		return nil // nothing leads out of it, or it is a copy that counts
	}
	out, err := output(ctx, p.e, p.s.dir, "go", "mod", "edit", "-json", file)
	if err != nil {
		return err
	}
	var mod struct{ Replace []replacement }
	if err := json.Unmarshal(out, &mod); err != nil {
		return err
	}
	args := []string{"mod", "edit", "-print"}
	for _, r := range mod.Replace {
		if dir, moved := p.place(p.original(filepath.Dir(file)), r.New.Path); r.isLocal() && moved {
			args = append(args, "-replace="+strings.TrimSuffix(r.Old.Path+"@"+r.Old.Version, "@")+"="+dir)
		}
	}
	if len(args) == 3 {
		return nil
	}
	if out, err = output(ctx, p.e, p.s.dir, "go", append(args, file)...); err != nil {
		return err
	}
	return p.carry(file, string(out))
}

// original returns the directory of the repository that one of the checkout is
// a copy of, in the user's words: what ".." is, the go command tells from the
// path and not from where a symbolic link leads.
func (p *past) original(dir string) string {
	rel, inside := relative(p.checkout.dir, dir)
	if !inside {
		return dir
	}
	return filepath.Join(p.top(), filepath.FromSlash(rel))
}

// place returns where the checkout finds a directory that a file in a directory
// of the repository names, and whether that is somewhere else: beside the
// repository.
func (p *past) place(from, dir string) (place string, moved bool) {
	dir = below(from, filepath.FromSlash(dir))
	place, inside := p.inCheckout(dir)
	if inside {
		return place, false
	}
	return dir, true
}
