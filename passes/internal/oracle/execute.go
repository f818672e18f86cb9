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
	"strconv"
	"strings"
	"time"

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
	"os"
	"strconv"
	"time"

	_ "oracle.test/gen"
	"oracle.test/rt"
)

func main() {
	first, _ := strconv.Atoi(os.Args[1])
	longest, _ := time.ParseDuration(os.Args[2])
	rt.Main(os.Stdout, %d, first, longest)
}
`

// An executor builds and runs programs in a module of its own.
type executor struct {
	dir     string
	longest time.Duration // that the runs of one program may take
}

// newExecutor makes the module in dir.
func newExecutor(dir string) (*executor, error) {
	e := &executor{dir, 20 * time.Second}
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

// run executes the programs; the results are in the same order. A program that
// does not come to an end is cut, and its result says so.
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
	if err := e.build(ctx); err != nil {
		return nil, err
	}
	results := make([]rt.Result, len(programs))
	for next := 0; next < len(programs); {
		some, err := e.runFrom(ctx, next)
		for _, r := range some {
			results[r.ID], next = r, r.ID+1
		}
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil && next < len(programs):
			// The process ended within a program, which must not take the others with it.
			why, _, _ := strings.Cut(err.Error(), "\n\n")
			results[next] = rt.Result{ID: next, Dropped: "crash: " + why}
			next++
		case len(some) == 0:
			return nil, fmt.Errorf("oracle: no result for program %d", next)
		}
	}
	return results, nil
}

// A buildError says that programs do not compile.
type buildError struct{ error }

func (e *executor) build(ctx context.Context) error {
	_, err := e.command(ctx, "go", "build", "-gcflags=oracle.test/...=-N -l -e -dwarf=false", "-ldflags=-s -w", "-o", "run.exe", ".")
	if err != nil {
		return &buildError{err}
	}
	return nil
}

// runFrom runs what was built from program number first on, as far as one
// process gets.
func (e *executor) runFrom(ctx context.Context, first int) ([]rt.Result, error) {
	out, failed := e.command(ctx, filepath.Join(e.dir, "run.exe"), strconv.Itoa(first), e.longest.String())
	var all []rt.Result
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var r rt.Result
		if err := dec.Decode(&r); err != nil {
			return all, errors.Join(failed, err)
		}
		all = append(all, r)
	}
	return all, failed
}

func (e *executor) command(ctx context.Context, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = e.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOGC=400")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return stdout.Bytes(), fmt.Errorf("%s: %w\n%s", filepath.Base(name), err, &stderr)
	}
	return stdout.Bytes(), nil
}
