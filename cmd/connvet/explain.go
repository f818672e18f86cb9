package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/connvet/connvet/analyzers"
	"github.com/connvet/connvet/internal/report"
)

// limits is the page of what connvet does not detect, for "connvet explain".
const limits = "limits"

// explain implements "connvet explain": what a rule means, what no rule detects,
// or what the engine thinks of an acquisition.
func explain(ctx context.Context, args []string, e *env) (int, error) {
	s, err := parseSettings(e, "connvet explain", args)
	if err != nil {
		return 0, err
	}
	switch len(s.args) {
	case 0:
		listRules(e)
		return exitClean, nil
	case 1:
	default:
		return 0, usagef("connvet explain takes one rule, or one place as FILE:LINE")
	}
	if file, line, ok := parsePlace(s.args[0]); ok {
		return explainPlace(ctx, s, e, file, line)
	}
	if s.args[0] == limits {
		fmt.Fprint(e.stdout, analyzers.Limits())
		return exitClean, nil
	}
	rules, err := analyzers.Lookup(s.args[0])
	if err != nil {
		return 0, usagef("%v", err)
	}
	for i, r := range rules {
		if i > 0 {
			fmt.Fprintln(e.stdout)
		}
		fmt.Fprint(e.stdout, r.Doc)
	}
	return exitClean, nil
}

// listRules prints one line for each rule, and one for the page of limits.
func listRules(e *env) {
	width := 0
	for _, r := range analyzers.Rules() {
		width = max(width, len(r.ID))
	}
	for _, r := range analyzers.Rules() {
		fmt.Fprintf(e.stdout, "%-*s  %s\n", width, r.ID, r.Title)
	}
	fmt.Fprintf(e.stdout, "%-*s  %s\n", width, limits, "what connvet does not detect")
}

// parsePlace parses FILE.go:LINE. A column may follow, as in what is copied
// from a message.
func parsePlace(arg string) (file string, line int, ok bool) {
	i := strings.LastIndex(arg, ".go:")
	if i < 0 {
		return "", 0, false
	}
	file = arg[:i+len(".go")]
	number, column, hasColumn := strings.Cut(arg[i+len(".go:"):], ":")
	line, err := strconv.Atoi(number)
	if hasColumn && err == nil {
		_, err = strconv.Atoi(strings.TrimSuffix(column, ":"))
	}
	return file, line, err == nil && line > 0
}

// asNamed returns a directory as it is called from the working directory. To the
// go command it is outside of the module if another symbolic link leads there, or
// if letters have another case.
func (s *settings) asNamed(dir string) string {
	rel, inside := relative(s.dir, dir)
	if !inside {
		rel, inside = relative(resolved(s.dir), resolved(dir))
	}
	if !inside {
		return dir
	}
	return filepath.Join(s.dir, filepath.FromSlash(rel))
}

// explainPlace analyses the package of a file and prints what the engine has to
// say about a line.
func explainPlace(ctx context.Context, s *settings, e *env, file string, line int) (int, error) {
	path := s.file(file)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("no file %s", file)
	}
	dir := s.asNamed(filepath.Dir(path))
	s.args, path = []string{dir}, filepath.Join(dir, filepath.Base(path))
	result, err := analyse(ctx, s, e, fmt.Sprintf("-connvet.explain=%s:%d", path, line))
	if err != nil {
		return 0, err
	}
	found := false
	for _, n := range result.Report.Notes {
		if n.Kind == report.NoteExplain {
			found = true
			fmt.Fprintf(e.stdout, "%s: %s\n", n.Location, strings.TrimRight(n.Message, "\n"))
		}
	}
	if found {
		return exitClean, nil
	}
	for _, n := range result.Report.NotAnalysed {
		return 0, fmt.Errorf("not analysed: %s", n)
	}
	return 0, fmt.Errorf("nothing is acquired at %s:%d: give the line of the call that returns the resource", file, line)
}
