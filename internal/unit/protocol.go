package unit

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A tool is one invocation: its flags, and where its words go.
type tool struct {
	Config
	analyzers []*analysis.Analyzer // the selected ones

	json    bool
	context int // lines of context around a diagnostic; -1 for not even its own
	fix     bool
	diff    bool
	deps    bool // report on packages that are only dependencies, too

	stdout io.Writer
	stderr io.Writer
}

// run handles one invocation and returns its exit code.
func run(config Config, args []string) int {
	t := &tool{Config: config, stdout: os.Stdout, stderr: os.Stderr}
	flags := flag.NewFlagSet(config.Name, flag.ContinueOnError)
	flags.SetOutput(t.stderr)
	version := flags.String("V", "", "print version and exit (-V=full)")
	describe := flags.Bool("flags", false, "print analyzer flags in JSON")
	flags.BoolVar(&t.json, "json", false, "emit JSON output")
	flags.IntVar(&t.context, "c", -1, "display offending line with this many lines of context")
	flags.BoolVar(&t.fix, "fix", false, "apply all suggested fixes")
	flags.BoolVar(&t.diff, "diff", false, "with -fix, don't update the files, but print a unified diff")
	flags.BoolVar(&t.deps, "deps", false, "report on packages that are only dependencies, too")
	flags.String("salt", "", "no effect: cmd/go keeps results apart if the flags differ")
	enabled := analyzerFlags(flags, config.Analyzers)

	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2 // flags has printed it
	}
	switch {
	case *version != "":
		return t.printVersion(*version)
	case *describe:
		return t.printFlags(flags)
	case flags.NArg() != 1 || !strings.HasSuffix(flags.Arg(0), ".cfg"):
		return t.fail(fmt.Errorf("want one *.cfg file, as cmd/go passes it; to analyse packages use go vet -vettool"))
	}
	t.analyzers = selected(config.Analyzers, enabled)
	u, err := readUnit(flags.Arg(0))
	if err != nil {
		return t.fail(err)
	}
	if err := t.check(); err != nil {
		// What would be left to cmd/go it would take for the result, also
		// when the settings work. It keeps what a dependency does not write
		// as little as what fails, and one complaint will do.
		if u.VetxOnly {
			return 0
		}
		return t.fail(err)
	}
	return t.runUnit(u)
}

// check reports settings that cannot be used.
func (t *tool) check() error {
	if t.Check == nil {
		return nil
	}
	return t.Check()
}

// fail prints err and returns the exit code for it.
func (t *tool) fail(err error) int {
	fmt.Fprintf(t.stderr, "%s: %v\n", t.Name, err)
	return 1
}

// analyzerFlags declares -NAME and -NAME.FLAG for each analyzer and returns
// the states of the former.
func analyzerFlags(flags *flag.FlagSet, analyzers []*analysis.Analyzer) map[*analysis.Analyzer]*triState {
	enabled := make(map[*analysis.Analyzer]*triState)
	for _, a := range analyzers {
		enabled[a] = new(triState)
		flags.Var(enabled[a], a.Name, "enable "+strconv.Quote(a.Name)+" analysis")
		a.Flags.VisitAll(func(f *flag.Flag) {
			flags.Var(f.Value, a.Name+"."+f.Name, f.Usage)
		})
	}
	return enabled
}

// selected returns the analyzers to run: those set to true if there are any,
// else all but those set to false.
func selected(analyzers []*analysis.Analyzer, enabled map[*analysis.Analyzer]*triState) []*analysis.Analyzer {
	want := unset
	for _, state := range enabled {
		if *state == setTrue {
			want = setTrue
		}
	}
	var keep []*analysis.Analyzer
	for _, a := range analyzers {
		if *enabled[a] == want {
			keep = append(keep, a)
		}
	}
	return keep
}

// printFlags tells cmd/go which flags it may pass on.
func (t *tool) printFlags(flags *flag.FlagSet) int {
	// Asked once per "go vet": the place to find a registry that is broken.
	if err := analysis.Validate(t.Analyzers); err != nil {
		return t.fail(err)
	}
	type jsonFlag struct {
		Name  string
		Bool  bool
		Usage string
	}
	var list []jsonFlag
	flags.VisitAll(func(f *flag.Flag) {
		switch f.Name {
		case "V", "flags", "fix":
			return // between cmd/go and the tool
		}
		b, ok := f.Value.(interface{ IsBoolFlag() bool })
		list = append(list, jsonFlag{f.Name, ok && b.IsBoolFlag(), f.Usage})
	})
	data, err := json.MarshalIndent(list, "", "\t")
	if err != nil {
		return t.fail(err)
	}
	t.stdout.Write(data)
	return 0
}

// printVersion tells cmd/go what identifies this executable: cached results
// of any other are not used.
func (t *tool) printVersion(value string) int {
	if value != "full" {
		return t.fail(fmt.Errorf("unsupported flag value: -V=%s (use -V=full)", value))
	}
	name, err := os.Executable()
	if err != nil {
		return t.fail(err)
	}
	file, err := os.Open(name)
	if err != nil {
		return t.fail(err)
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return t.fail(err)
	}
	fmt.Fprintf(t.stdout, "%s version devel comments-go-here buildID=%x\n", t.Name, hash.Sum(nil))
	return 0
}

// A triState is a boolean flag that knows whether it was set at all.
type triState int

const (
	unset triState = iota
	setTrue
	setFalse
)

// Set implements flag.Value.
func (ts *triState) Set(value string) error {
	b, err := strconv.ParseBool(value)
	if err != nil {
		return errors.New("want true or false")
	}
	*ts = setFalse
	if b {
		*ts = setTrue
	}
	return nil
}

// String implements flag.Value. An analyzer that is not mentioned runs.
func (ts *triState) String() string {
	return strconv.FormatBool(*ts != setFalse)
}

// IsBoolFlag lets -NAME stand for -NAME=true.
func (*triState) IsBoolFlag() bool { return true }
