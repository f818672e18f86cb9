package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/driver"
)

// A checkout lacks what git does not keep: files that it is told to ignore, and
// what lies beside the repository. Of that no revision is known. It is taken as
// it is now: what differs is what has been committed, or will be.

// prepare makes the settings for the checkout.
func (p *past) prepare(ctx context.Context) error {
	f := p.since
	s, e := *f.s, *f.e
	p.s, p.e = &s, &e
	e.environ = without(f.e.environ, localGit...)
	s.at = " at " + f.s.since
	s.dir = filepath.Join(p.checkout.dir, filepath.FromSlash(f.repo.prefix))
	for !exists(s.dir) {
		s.dir = filepath.Dir(s.dir)
	}
	if s.models != "" {
		s.models = f.s.file(s.models)
	}
	now, err := askGo(ctx, f.e, f.s.dir)
	if err != nil {
		return err
	}
	p.module = now.GOMOD
	s.buildFlags = nil
	overlay := ""
	for _, flag := range append(driver.Words(now.GOFLAGS), f.s.buildFlags...) {
		if value, ok := strings.CutPrefix(strings.TrimLeft(flag, "-"), "overlay="); ok {
			overlay = value
		}
	}
	for _, flag := range f.s.buildFlags {
		s.buildFlags = append(s.buildFlags, p.mapFlag(flag))
	}
	if err := p.carryOverlay(overlay); err != nil {
		return err
	}
	if err := p.carryModules(ctx, now.GOWORK); err != nil {
		return err
	}
	return p.writeOverlay()
}

// goSettings is what "go env" says.
type goSettings struct{ GOFLAGS, GOMOD, GOWORK string }

// askGo asks the go command in a directory for its settings.
func askGo(ctx context.Context, e *env, dir string) (g goSettings, err error) {
	out, err := output(ctx, e, dir, "go", "env", "-json", "GOFLAGS", "GOMOD", "GOWORK")
	if err != nil {
		return g, err
	}
	return g, json.Unmarshal(out, &g)
}

// mapFlag returns a build flag for the checkout: a file that it names is the one
// that was there, if there was one.
func (p *past) mapFlag(flag string) string {
	name, value, _ := strings.Cut(flag, "=")
	if name != "-modfile" && (name != "-pgo" || value == "auto" || value == "off") {
		return flag
	}
	file := below(p.since.s.dir, value)
	if then, inside := p.inCheckout(file); inside && exists(then) {
		file = then
	}
	return name + "=" + file
}

// overlayFile is what the file of an -overlay flag holds.
type overlayFile struct{ Replace map[string]string }

// carryOverlay carries over what an overlay says of files that are not in the
// repository. Of others it says how they are now.
func (p *past) carryOverlay(name string) error {
	if name == "" {
		return nil
	}
	data, err := os.ReadFile(p.since.s.file(name))
	if err != nil {
		return err
	}
	var overlay overlayFile
	if err := json.Unmarshal(data, &overlay); err != nil {
		return fmt.Errorf("cannot read overlay %s: %v", name, err)
	}
	for from, to := range overlay.Replace {
		if from = p.since.s.file(from); to != "" {
			to = p.since.s.file(to)
		}
		if _, inside := p.inCheckout(from); !inside {
			p.files[from] = to
		}
	}
	p.overlaid = true
	return nil
}

// writeOverlay tells the go command which files to read in place of those of the
// checkout.
func (p *past) writeOverlay() error {
	if len(p.files) == 0 && !p.overlaid {
		return nil
	}
	data, err := json.Marshal(overlayFile{p.files})
	if err != nil {
		return err
	}
	name := filepath.Join(p.checkout.home, "overlay.json")
	p.s.buildFlags = append(slices.Clip(p.s.buildFlags), "-overlay="+name) // the last one counts
	return os.WriteFile(name, data, 0o666)
}

// carry has the go command read a text as a file of the checkout.
func (p *past) carry(file, text string) error {
	to := filepath.Join(p.checkout.home, "carried-"+shortHash(file))
	p.files[file] = to
	return os.WriteFile(to, []byte(text), 0o666)
}
