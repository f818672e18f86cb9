package oracle

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/connvet/connvet/passes/internal/oracle/rt"
)

// MaxRuns is how many tapes of one program are tried before it is given up.
const MaxRuns = 1024

//go:embed rt/*.go
var runtimeSource embed.FS

const executedPreamble = `package gen

import "oracle.test/rt"

// A BusyError is an error that programs tell from others.
type BusyError = rt.BusyError

// ErrBusy is one.
var ErrBusy = rt.ErrBusy

// ErrFailed is any other error.
var ErrFailed = rt.ErrFailed

// In gives a program its inputs.
type In = rt.In
`

const mainSource = `package main

import (
	"encoding/json"
	"os"

	_ "oracle.test/gen"
	"oracle.test/rt"
)

func main() {
	json.NewEncoder(os.Stdout).Encode(rt.ExploreAll(%d))
}
`

// An executor builds and runs programs in a module of its own.
type executor struct{ dir string }

// newExecutor makes the module in dir.
func newExecutor(dir string) (*executor, error) {
	e := &executor{dir}
	for _, sub := range []string{"rt", "gen"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o777); err != nil {
			return nil, err
		}
	}
	files := map[string]string{
		"go.mod":          "module oracle.test\n\ngo 1.25.0\n",
		"main.go":         fmt.Sprintf(mainSource, MaxRuns),
		"gen/preamble.go": executedPreamble,
	}
	err := fs.WalkDir(runtimeSource, "rt", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := runtimeSource.ReadFile(path)
		files[path] = string(src)
		return err
	})
	for name, src := range files {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(src), 0o666))
	}
	return e, err
}

// run executes the programs; the results are in the same order.
func (e *executor) run(ctx context.Context, programs []*Program) ([]rt.Result, error) {
	old, err := filepath.Glob(filepath.Join(e.dir, "gen", "p*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range old {
		if filepath.Base(name) != "preamble.go" {
			err = errors.Join(err, os.Remove(name))
		}
	}
	for id, p := range programs {
		src, _ := p.render(executed, id)
		err = errors.Join(err, os.WriteFile(filepath.Join(e.dir, "gen", fileName(id)), []byte(src), 0o666))
	}
	if err != nil {
		return nil, err
	}
	if _, err := e.command(ctx, "go", "build", "-gcflags=oracle.test/...=-N -l -e", "-ldflags=-s -w", "-o", "run.exe", "."); err != nil {
		return nil, err
	}
	out, err := e.command(ctx, filepath.Join(e.dir, "run.exe"))
	if err != nil {
		return nil, err
	}
	found := map[int]rt.Result{}
	var results []rt.Result
	if err := json.Unmarshal(out, &results); err != nil {
		return nil, err
	}
	for _, r := range results {
		found[r.ID] = r
	}
	results = results[:0]
	for id := range programs {
		results = append(results, found[id])
	}
	return results, nil
}

func (e *executor) command(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = e.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, &stderr)
	}
	return stdout.Bytes(), nil
}
