package unit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/unit"
	"github.com/connvet/connvet/internal/unit/vetcfg"
)

// The test binary doubles as the vet tool under test. These variables, which
// reach it through cmd/go, say so and vary what it does.
const (
	envTool  = "UNIT_TEST_TOOL"  // be the tool; the value identifies it in place of its hash
	envLog   = "UNIT_TEST_LOG"   // append to this file what is analysed and skimmed
	envBlank = "UNIT_TEST_BLANK" // hide export data from the driver
	envVetx  = "UNIT_TEST_VETX"  // copy vetx files to this directory
	envCheck = "UNIT_TEST_CHECK" // take this file for one that the settings need
)

func TestMain(m *testing.M) {
	id := os.Getenv(envTool)
	if id == "" {
		os.Exit(m.Run())
	}
	config := unit.Config{Name: "toy", Analyzers: toyAnalyzers, Check: checkFile, Gate: toyGate{}}
	args := os.Args[1:]
	last := args[len(args)-1]
	switch {
	case last == "-V=full" && id != "hash":
		// Without this, results cached by an earlier "go test" would be used.
		fmt.Printf("toy version devel comments-go-here buildID=%s\n", id)
		os.Exit(0)
	case !strings.HasSuffix(last, ".cfg"):
		unit.Main(config)
	}
	if os.Getenv(envBlank) != "" {
		blank(last)
	}
	if dir := os.Getenv(envVetx); dir != "" {
		code := unit.Run(config, args)
		keepVetx(last, dir)
		os.Exit(code)
	}
	unit.Main(config)
}

// checkFile fails if the file is named and missing.
func checkFile() error {
	if name := os.Getenv(envCheck); name != "" {
		if _, err := os.Stat(name); err != nil {
			return fmt.Errorf("missing %s", filepath.Base(name))
		}
	}
	return nil
}

// blank removes all export data from a *.cfg file.
func blank(filename string) {
	var cfg map[string]any
	data, err := os.ReadFile(filename)
	if err == nil {
		err = json.Unmarshal(data, &cfg)
	}
	if err == nil {
		delete(cfg, "PackageFile")
		data, err = json.MarshalIndent(cfg, "", "\t")
	}
	if err == nil {
		err = os.WriteFile(filename, data, 0666)
	}
	if err != nil {
		panic(err)
	}
}

// keepVetx copies the vetx file of a package of the test's module.
func keepVetx(filename, dir string) {
	data, err := os.ReadFile(filename)
	if err != nil {
		panic(err)
	}
	cfg := new(vetcfg.Config)
	if err := json.Unmarshal(data, cfg); err != nil {
		panic(err)
	}
	if cfg.ModulePath == "" {
		return
	}
	vetx, err := os.ReadFile(cfg.VetxOutput)
	if err != nil {
		return // failed
	}
	name := fmt.Sprintf("%s,%v", strings.ReplaceAll(cfg.ImportPath, "/", ","), cfg.VetxOnly)
	if err := os.WriteFile(filepath.Join(dir, name), vetx, 0666); err != nil {
		panic(err)
	}
}

// logf appends a line to the log.
func logf(format string, args ...any) {
	name := os.Getenv(envLog)
	if name == "" {
		return
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0666)
	if err != nil {
		panic(err)
	}
	var buf bytes.Buffer
	fmt.Fprintf(&buf, format+"\n", args...)
	file.Write(buf.Bytes())
	file.Close()
}
