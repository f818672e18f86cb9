package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/udiff"
)

// A place is where a pool is opened.
type place struct {
	file string
	line int
}

// suggestions returns what a report of poolcheck suggests to paste after the
// opening of the service's only pool, and where that is.
func suggestions(report []byte) (at place, statements []string, err error) {
	var r struct {
		Servers []struct {
			Verdicts []struct {
				Status, File, Paste string
				Line                int
			}
		}
	}
	if err := json.Unmarshal(report, &r); err != nil {
		return at, nil, fmt.Errorf("the report: %w", err)
	}
	for _, s := range r.Servers {
		for _, v := range s.Verdicts {
			// The same line may be the cure of several ills.
			if !strings.HasPrefix(v.Paste, "db.Set") || slices.Contains(statements, v.Paste) {
				continue
			}
			here := place{v.File, v.Line}
			if len(statements) > 0 && here != at {
				return at, nil, fmt.Errorf("the report is of several pools: %v and %v", at, here)
			}
			at, statements = here, append(statements, v.Paste)
		}
	}
	return at, statements, nil
}

// limitOf returns the argument of SetMaxOpenConns among statements.
func limitOf(statements []string) (string, bool) {
	found := regexp.MustCompile(`db\.SetMaxOpenConns\((\d+)\)`).FindStringSubmatch(strings.Join(statements, "\n"))
	if found == nil {
		return "", false
	}
	return found[1], true
}

// apply pastes statements into the service's source, and returns the diff.
func (d *demo) apply(at place, statements []string) (string, error) {
	name := filepath.Join(d.dir, filepath.FromSlash(at.file))
	before, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	after, err := paste(before, at.line, statements)
	if err != nil {
		return "", fmt.Errorf("%s:%d: %w", at.file, at.line, err)
	}
	diff := udiff.Unified("a/"+at.file, "b/"+at.file, before, after)
	return string(diff), os.WriteFile(name, after, 0o666)
}

// paste inserts statements below an opening: after the check of its error, and
// after what was inserted before.
func paste(source []byte, opening int, statements []string) ([]byte, error) {
	lines := strings.SplitAfter(string(source), "\n")
	end := slices.Index(lines[min(opening, len(lines)):], "\t}\n")
	if end < 0 {
		return nil, errors.New("there is no check of the error")
	}
	at := opening + end + 1
	for strings.HasPrefix(lines[at], "\tdb.Set") {
		at++
	}
	var insert []string
	for _, s := range statements {
		insert = append(insert, "\t"+s+"\n")
	}
	return []byte(strings.Join(slices.Insert(lines, at, insert...), "")), nil
}
