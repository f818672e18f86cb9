package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/connvet/connvet/analyzers"
	"github.com/connvet/connvet/internal/report"
	"github.com/connvet/connvet/internal/slash"
)

// A usageError is a mistake on the command line.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

// usagef returns a usageError.
func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// settings is what a command line says.
type settings struct {
	dir        string   // working directory, absolute
	buildFlags []string // for the go command
	passFlags  []string // flags of single passes, -pass.flag=value

	strict    bool
	generated bool
	models    string

	passes map[string]bool // -pass, -pass=false
	rules  string

	tests    bool
	format   string
	json     bool
	color    string
	exitCode int // -1: the format's own
	fix      bool
	diff     bool

	since         string // what was there at this revision is known
	baseline      string // what is in this file is known
	writeBaseline string
	at            string // for progress: " at REVISION", if it is not now

	args []string // packages, or what else a subcommand takes
}

// parseSettings parses the flags of a subcommand; name is for error messages.
func parseSettings(e *env, name string, args []string) (*settings, error) {
	s := &settings{passes: make(map[string]bool)}
	if err := s.parse(e, name, args, s.declareBuild, s.declareSources, s.declareAnalysis, s.declareOutput, s.declareKnown); err != nil {
		return nil, err
	}
	return s, s.check()
}

// parse parses a command line whose flags some functions declare.
func (s *settings) parse(e *env, name string, args []string, declare ...func(*flag.FlagSet)) error {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints what is wrong
	for _, d := range declare {
		d(flags)
	}
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return usagef("%v", err)
	}
	s.args = flags.Args()
	for _, a := range s.args {
		if strings.HasPrefix(a, "-") {
			return usagef("flag %s comes after the packages; flags come first", a)
		}
	}
	dir, err := filepath.Abs(e.dir)
	if s.dir = slash.In(dir, s.dir); !filepath.IsAbs(s.dir) {
		return err
	}
	return nil
}

// Flags of "go build" that decide what is analysed. They are passed on.
var (
	buildBools  = []string{"a", "asan", "buildvcs", "linkshared", "modcacherw", "msan", "race", "trimpath"}
	buildValues = []string{"asmflags", "buildmode", "compiler", "gccgoflags", "gcflags", "installsuffix", "ldflags", "mod", "modfile", "overlay", "p", "pgo", "pkgdir", "tags", "toolexec"}
)

// declareBuild declares the flags that the go command gets.
func (s *settings) declareBuild(flags *flag.FlagSet) {
	flags.StringVar(&s.dir, "C", "", "change to `dir` first")
	pass := func(name string) func(string) error {
		return func(value string) error {
			s.buildFlags = append(s.buildFlags, "-"+name+"="+value)
			return nil
		}
	}
	for _, name := range buildBools {
		flags.BoolFunc(name, "build flag", pass(name))
	}
	for _, name := range buildValues {
		flags.Func(name, "build flag", pass(name))
	}
}

// declareSources declares the flags that decide what is known and looked at.
func (s *settings) declareSources(flags *flag.FlagSet) {
	flags.StringVar(&s.models, "models", "", "read more models of libraries from `file`")
	flags.BoolVar(&s.tests, "tests", true, "report what is in test files")
}

// declareAnalysis declares the flags that decide what is looked for.
func (s *settings) declareAnalysis(flags *flag.FlagSet) {
	flags.BoolVar(&s.strict, "strict", false, "demand a deferred release")
	flags.BoolVar(&s.generated, "generated", false, "report findings in generated files too")
	flags.StringVar(&s.rules, "rules", "", "report only these `rules`")
	for _, name := range analyzers.Passes() {
		flags.BoolFunc(name, "report this pass", func(value string) error {
			on, err := strconv.ParseBool(value)
			if err != nil {
				return errors.New("want true or false")
			}
			s.passes[name] = on
			return nil
		})
	}
	for _, a := range analyzers.All() {
		if a.Name == "connvet" {
			continue // its flags have short forms
		}
		a.Flags.VisitAll(func(f *flag.Flag) {
			long := a.Name + "." + f.Name
			pass := func(value string) error {
				s.passFlags = append(s.passFlags, "-"+long+"="+value)
				return nil
			}
			if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
				flags.BoolFunc(long, f.Usage, pass)
			} else {
				flags.Func(long, f.Usage, pass)
			}
		})
	}
}

// declareOutput declares the flags that decide what is done with the result.
func (s *settings) declareOutput(flags *flag.FlagSet) {
	flags.StringVar(&s.format, "format", "", "output `format`")
	flags.BoolVar(&s.json, "json", false, "the same as -format json")
	flags.StringVar(&s.color, "color", "auto", "auto, always or never")
	flags.BoolVar(&s.fix, "fix", false, "apply fixes")
	flags.BoolVar(&s.diff, "diff", false, "print fixes as a diff")
	s.exitCode = -1
	flags.Func("exit-code", "exit with `code` if there are findings", func(value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > 125 {
			return errors.New("want a number from 0 to 125")
		}
		s.exitCode = n
		return nil
	})
}

// check finds flags that make no sense, alone or together.
func (s *settings) check() error {
	if s.json {
		if s.format != "" && s.format != "json" {
			return usagef("-json and -format %s contradict each other", s.format)
		}
		s.format = "json"
	}
	if s.format == "" {
		s.format = report.Formats[0].Name
	}
	if _, ok := report.LookupFormat(s.format); !ok {
		return usagef("unknown format %q: the formats are %s", s.format, report.FormatNames(", "))
	}
	switch s.color {
	case "auto", "always", "never":
	default:
		return usagef("-color %s: want auto, always or never", s.color)
	}
	if s.diff && s.format != report.Formats[0].Name {
		return usagef("-diff prints a diff: it has no other format")
	}
	if s.rules != "" && len(s.passes) > 0 {
		return usagef("use either -rules or the flags of passes")
	}
	if err := s.checkKnown(); err != nil {
		return err
	}
	_, err := s.keep()
	return err
}

// keep returns which rules are wanted.
func (s *settings) keep() (func(rule string) bool, error) {
	const always = "connvet/models" // a setting that does not work
	if s.rules != "" {
		wanted := map[string]bool{always: true}
		for _, name := range strings.Split(s.rules, ",") {
			rules, err := analyzers.Lookup(strings.TrimSpace(name))
			if err != nil {
				return nil, usagef("-rules: %v", err)
			}
			for _, r := range rules {
				wanted[r.ID] = true
			}
		}
		return func(rule string) bool { return wanted[rule] }, nil
	}
	// As with go vet: passes that are switched on exclude the others, except
	// for the one that speaks about settings and comments.
	only := false
	for _, on := range s.passes {
		only = only || on
	}
	return func(rule string) bool {
		pass, _, _ := strings.Cut(rule, "/")
		on, mentioned := s.passes[pass]
		return on || !mentioned && (!only || pass == "connvet")
	}, nil
}
