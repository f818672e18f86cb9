package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/connvet/connvet/internal/deployment"
	"github.com/connvet/connvet/poolcheck"
)

// settings is what a command line says.
type settings struct {
	manifest   string
	deployment string
	dsnFile    string
	adminFile  string

	service poolcheck.Service // of flags
	pool    poolcheck.Pool
	budget  poolcheck.Budget
	window  time.Duration

	format string
	strict bool
	watch  time.Duration
	color  string

	given map[string]bool // flags on the command line
}

// parseSettings parses a command line.
func parseSettings(args []string) (*settings, error) {
	s := &settings{given: make(map[string]bool)}
	flags := flag.NewFlagSet("poolcheck", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints what is wrong
	s.declareInput(flags)
	s.declareService(flags)
	s.declareServer(flags)
	s.declareOutput(flags)
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, err
		}
		return nil, &usageError{harmless(err, args)}
	}
	if flags.NArg() > 0 {
		// What stands there may be a DSN: it is not repeated.
		return nil, usagef("there is an argument that is no flag; a manifest is given with -manifest FILE, and a DSN in POOLCHECK_DSN or with -dsn-file")
	}
	flags.Visit(func(f *flag.Flag) { s.given[f.Name] = true })
	return s, s.check()
}

// harmless words an error of package flag, which repeats what stands on the
// command line: somebody may have put a DSN there.
func harmless(err error, args []string) string {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: "); ok {
		name, _, _ = strings.Cut(name, "=")
		if strings.Trim(name, "-") == "dsn" {
			return "a DSN on the command line is visible to everybody on the machine: put it in POOLCHECK_DSN, or in a file for -dsn-file"
		}
		if strings.ContainsAny(name, ":@/") {
			return "there is a flag that poolcheck does not have"
		}
		return "there is no flag " + name
	}
	if i := strings.Index(text, " for flag "); i >= 0 { // invalid value "x" for flag -y: reason
		return "invalid value" + text[i:]
	}
	return text
}

func (s *settings) declareInput(f *flag.FlagSet) {
	f.StringVar(&s.manifest, "manifest", "", "")
	f.StringVar(&s.deployment, "deployment", "", "")
	f.StringVar(&s.dsnFile, "dsn-file", "", "")
	f.StringVar(&s.adminFile, "admin-dsn-file", "", "")
	f.StringVar(&s.budget.Assume, "assume", "", "")
}

func (s *settings) declareService(f *flag.FlagSet) {
	f.StringVar(&s.service.Main, "main", "", "")
	f.StringVar(&s.service.User, "user", "", "")
	f.Func("pool", "", func(text string) error {
		s.service.Pools = append(s.service.Pools, text)
		return nil
	})
	f.IntVar(&s.service.Instances, "instances", 1, "")
	f.IntVar(&s.service.MaxInstances, "max-instances", 0, "")
	f.IntVar(&s.service.FunctionConcurrency, "function-concurrency", 0, "")
	f.IntVar(&s.service.Goroutines, "goroutines", 0, "")
	f.IntVar(&s.pool.MaxOpen, "max-open", 0, "")
	f.IntVar(&s.pool.MaxIdle, "max-idle", 0, "")
	f.DurationVar(&s.pool.MaxLifetime, "max-lifetime", -1, "")
	f.DurationVar(&s.pool.MaxIdleTime, "max-idle-time", -1, "")
	f.Func("surge", "", func(text string) (err error) {
		s.service.Surge, err = poolcheck.ParseSurge(text)
		return err
	})
	f.Func("set", "", func(text string) error {
		name, value, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return errors.New("want NAME=VALUE")
		}
		if s.service.Set == nil {
			s.service.Set = make(map[string]string)
		}
		s.service.Set[name] = value
		return nil
	})
}

func (s *settings) declareServer(f *flag.FlagSet) {
	f.IntVar(&s.budget.Overhead, "overhead", 0, "")
	f.IntVar(&s.budget.Replicas, "replicas", 0, "")
	f.DurationVar(&s.budget.Middlebox, "middlebox", poolcheck.DefaultMiddlebox, "")
	f.DurationVar(&s.window, "window", time.Second, "")
	f.DurationVar(&s.budget.Timeout, "timeout", poolcheck.DefaultTimeout, "")
	f.BoolVar(&s.budget.Deep, "deep", false, "")
	f.Func("ram", "", func(text string) (err error) {
		s.budget.RAM, err = deployment.ParseBytes(text)
		return err
	})
}

func (s *settings) declareOutput(f *flag.FlagSet) {
	f.StringVar(&s.format, "format", formats[0].name, "")
	f.BoolFunc("json", "", func(text string) error {
		if text != "true" {
			return fmt.Errorf("-json takes no value")
		}
		s.format = "json"
		return nil
	})
	f.BoolVar(&s.strict, "strict", false, "")
	f.DurationVar(&s.watch, "watch", 0, "")
	f.StringVar(&s.color, "color", "auto", "")
}

// minWatch is the shortest interval of a watch: the server has other things to
// do.
const minWatch = 100 * time.Millisecond

// check reports what is wrong with the settings as a whole.
func (s *settings) check() error {
	if _, err := lookupFormat(s.format); err != nil {
		return err
	}
	switch s.color {
	case "auto", "always", "never":
	default:
		return usagef("-color: want auto, always or never")
	}
	if s.given["watch"] && s.watch < minWatch {
		return usagef("-watch: want a duration of at least %v", minWatch)
	}
	if s.watch > 0 && s.format != "text" {
		return usagef("-watch redraws text: it does not go with -format %s", s.format)
	}
	if s.given["timeout"] && s.budget.Timeout <= 0 {
		return usagef("-timeout: want a duration above 0")
	}
	if s.given["instances"] && s.service.Instances < 1 {
		return usagef("-instances: want at least 1")
	}
	if s.budget.Assume != "" {
		if err := poolcheck.CheckPreset(s.budget.Assume); err != nil {
			return usagef("-assume: %v", err)
		}
	}
	if s.deployment != "" {
		return s.checkDeployment()
	}
	return s.checkFlags()
}

// serviceFlags describe the one service of a command line. A deployment file
// describes all services itself.
var serviceFlags = []string{
	"manifest", "main", "pool", "user", "instances", "max-instances", "surge", "set", "max-open", "max-idle", "max-lifetime", "max-idle-time",
	"function-concurrency", "goroutines", "overhead", "replicas", "ram", "middlebox", "dsn-file", "admin-dsn-file", "assume",
}

func (s *settings) checkDeployment() error {
	for _, name := range serviceFlags {
		if s.given[name] {
			return usagef("-%s and -deployment do not go together: the deployment file says it for each service and server", name)
		}
	}
	return nil
}

func (s *settings) checkFlags() error {
	if s.dsnFile == "-" && s.manifest == "-" {
		return usagef("-dsn-file and -manifest cannot both be standard input")
	}
	if s.dsnFile == "-" && s.adminFile == "-" {
		return usagef("-dsn-file and -admin-dsn-file cannot both be standard input")
	}
	if s.manifest == "" && !s.given["max-open"] {
		return usagef("no pool to check: give the manifest that 'connvet pools -json ./... >pools.json' writes with -manifest pools.json, or the size of the pool with -max-open N")
	}
	for _, name := range []string{"set", "main", "pool"} {
		if s.given[name] && s.manifest == "" {
			return usagef("-%s is about a manifest: there is none", name)
		}
	}
	return nil
}
