package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// sourceFields are the fields of "go list" that name the files of a package.
var sourceFields = []string{
	"GoFiles", "CgoFiles", "CFiles", "CXXFiles", "HFiles", "SFiles", "SysoFiles", "EmbedFiles",
	"TestGoFiles", "TestEmbedFiles", "XTestGoFiles", "XTestEmbedFiles",
}

// carryIgnored carries over the files that git ignores, such as generated code
// and what programs embed, as far as packages need them now. It reports whether
// there are any.
func (p *past) carryIgnored(ctx context.Context, patterns []string) (bool, error) {
	args := append([]string{"list"}, p.since.s.buildFlags...)
	args = append(args, "-e", "-deps", "-test", "-json=Dir,"+strings.Join(sourceFields, ","), "--")
	out, err := output(ctx, p.since.e, p.since.s.dir, "go", append(args, patterns...)...)
	if err != nil {
		return false, err
	}
	missing := make(map[string]string) // names in the checkout, by those in the repository
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		pkg := make(map[string]any)
		if err := dec.Decode(&pkg); err != nil {
			return false, fmt.Errorf("cannot read the output of go list: %v", err)
		}
		p.missingFiles(pkg, missing)
	}
	ignored := p.since.repo.ignored(ctx, missing)
	for _, name := range ignored {
		p.files[missing[name]] = filepath.Join(p.since.repo.top, filepath.FromSlash(name))
	}
	if len(ignored) == 0 {
		return false, ctx.Err()
	}
	return true, p.writeOverlay()
}

// missingFiles adds the files of a package that the checkout lacks.
func (p *past) missingFiles(pkg map[string]any, missing map[string]string) {
	dir, _ := pkg["Dir"].(string)
	then, inside := p.inCheckout(dir)
	if !inside {
		return
	}
	for _, field := range sourceFields {
		names, _ := pkg[field].([]any)
		for _, name := range names {
			name, _ := name.(string)
			file := filepath.Join(then, name)
			if rel, below := relative(p.checkout.dir, file); below && !filepath.IsAbs(name) && !exists(file) {
				missing[rel] = file
			}
		}
	}
}

// ignored returns those of some files, by their names in the repository, that
// git is told to ignore. If it cannot tell, it is none.
func (g *gitRepo) ignored(ctx context.Context, files map[string]string) []string {
	if len(files) == 0 {
		return nil
	}
	var names bytes.Buffer
	for name := range files {
		names.WriteString(name + "\x00")
	}
	cmd := g.command(ctx, g.top, []string{"GIT_DIR=" + g.dir, "GIT_WORK_TREE=" + g.top}, "check-ignore", "-z", "--stdin")
	cmd.Stdin = &names
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(strings.Split(string(out), "\x00"), func(name string) bool { return files[name] == "" })
}
