package golangci

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/connvet/connvet/analyzers"
)

// parseYAML reads settings as golangci-lint does.
func parseYAML(t *testing.T, text string) (*settings, error) {
	t.Helper()
	var conf any
	if err := yaml.Unmarshal([]byte(text), &conf); err != nil {
		t.Fatal(err)
	}
	return parseSettings(conf)
}

func TestSettings(t *testing.T) {
	tests := []struct {
		yaml string
		want settings
	}{
		{"", settings{}},
		{"{}", settings{}},
		{"strict: true", settings{strict: true}},
		{"generated: true", settings{generated: true}},
		{"strict: false\nmodels:\nenable:", settings{}},
		{"models: |\n  package a\n  resource *R rows\n", settings{models: "package a\nresource *R rows\n"}},
		{"models: [package a, resource *R rows]", settings{models: "package a\nresource *R rows"}},
	}
	for _, test := range tests {
		got, err := parseYAML(t, test.yaml)
		if err != nil {
			t.Errorf("%q: %v", test.yaml, err)
			continue
		}
		if got.rules = (rules{}); !reflect.DeepEqual(*got, test.want) {
			t.Errorf("%q: %+v, want %+v", test.yaml, *got, test.want)
		}
	}
}

// Errors say where the mistake is and what would be right.
func TestSettingsErrors(t *testing.T) {
	tests := []struct{ yaml, want string }{
		{"[strict]", ": want a mapping, not a list"},
		{"strict", `: want a mapping, not "strict"`},
		{"strikt: true", ` has no key "strikt": did you mean "strict"?`},
		{"path: models.txt", ` has no key "path": it has default, disable, enable, generated, models, strict`},
		{"strict: yes please", `.strict: want true or false, not "yes please"`},
		{"strict: 1", `.strict: want true or false, not 1`},
		{"generated: [true]", `.generated: want true or false, not a list`},
		{"models: {package: a}", `.models: want text or a list of rows, not a mapping`},
		{"models: [package a, 1]", `.models: item 2: want a string, not 1`},
		{"default: fast", `.default: want one of standard, all, none, not "fast"`},
		{"enable: connleak", `.enable: want a list of rules, not "connleak"`},
		{"enable: [poollimit/idle, rows]", `.enable: item 2: "rows" is a category, not a rule: say connleak/rows`},
		{"disable: [conleak]", `.disable: item 1: no rule or pass is called "conleak"`},
		{"enable: [poolinventory/pool]", `.enable: item 1: poolinventory/pool is no finding`},
		{"enable: [poolinventory]", `.enable: item 1: no rule of poolinventory is on by default`},
		{"enable: [connleak]\ndisable: [connleak]", `: connleak is both enabled and disabled`},
		{"default: none", `: no rule is enabled`},
		{"enable: [poollimit/idle]\ndisable: [connleak, deferinloop, poollimit, poolperrequest, poollimit/idle]", `: poollimit/idle is both enabled and disabled`},
	}
	for _, test := range tests {
		if _, err := parseYAML(t, test.yaml); err == nil || !strings.HasPrefix(err.Error(), place+test.want) {
			t.Errorf("%q: error %v, want %s%s", test.yaml, err, place, test.want)
		}
	}
}

func TestRules(t *testing.T) {
	const standard = "connleak deferinloop poolperrequest poollimit/unbounded poollimit/partial poollimit/unit"
	tests := []struct{ yaml, want string }{
		{"", standard},
		{"default: standard", standard},
		{"default: all", "connleak deferinloop poolperrequest poollimit poolinventory/dsnsecret"},
		{"enable: [poollimit/idle]", standard + " poollimit/idle"},
		{"disable: [poollimit, poolperrequest/churn, connleak]", "deferinloop poolperrequest/handler poolperrequest/rpc poolperrequest/lambda poolperrequest/consumer poolperrequest/loop poolperrequest/goroutine"},
		{"{default: none, enable: [deferinloop]}", "deferinloop"},
		{"{default: none, enable: [poollimit]}", "poollimit/unbounded poollimit/partial poollimit/unit"},
		{"{disable: [poollimit, connleak, poolperrequest, deferinloop], enable: [poollimit/unit]}", "poollimit/unit"},
		{"{default: none, enable: [connleak], disable: [connleak/stmt, connleak/db, connleak/wrapper, connleak/batch]}", "connleak/rows connleak/row connleak/tx connleak/conn"},
		{"{default: all, disable: [connleak, deferinloop, poolperrequest]}", "poollimit poolinventory/dsnsecret"},
	}
	for _, test := range tests {
		s, err := parseYAML(t, test.yaml)
		if err != nil {
			t.Errorf("%q: %v", test.yaml, err)
			continue
		}
		want := make(map[string]bool)
		for _, n := range append(strings.Fields(test.want), "connvet") {
			list, err := analyzers.Lookup(n)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range list {
				want[r.ID] = true
			}
		}
		for _, r := range analyzers.Rules() {
			if s.rules.on[r.ID] != want[r.ID] {
				t.Errorf("%q: %s is %t", test.yaml, r.ID, s.rules.on[r.ID])
			}
		}
	}
}

// What a person cannot switch is always said, and what is unknown too.
func TestReports(t *testing.T) {
	s, err := parseYAML(t, "disable: [connleak/rows]")
	if err != nil {
		t.Fatal(err)
	}
	for message, want := range map[string]bool{
		"rows is never closed [connleak/rows]":    false,
		"tx is left [of a] [connleak/tx]":         true,
		"the comment is wrong [connvet/ignore]":   true,
		"internal error: oops [connvet/internal]": true,
		"what is this?": true,
	} {
		if got := s.rules.reports(message); got != want {
			t.Errorf("%s: %t", message, got)
		}
	}
}

// The example has each setting, with its default.
func TestExample(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", ".golangci.example.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Linters struct {
			Enable   []string
			Settings struct {
				Custom map[string]struct {
					Type     string
					Settings map[string]any
				}
			}
		}
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	conf := file.Linters.Settings.Custom[name]
	if !slices.Contains(file.Linters.Enable, name) || conf.Type != "module" {
		t.Errorf("the linter is not enabled, or no module: %+v", file)
	}
	got, err := parseSettings(conf.Settings)
	if err != nil {
		t.Fatal(err)
	}
	want, err := parseSettings(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.rules.base == standard {
		got.rules.base = ""
	}
	if fmt.Sprint(*got) != fmt.Sprint(*want) {
		t.Errorf("the example is %+v, the default %+v", *got, *want)
	}
	for key := range keys {
		if _, ok := conf.Settings[key]; !ok {
			t.Errorf("the example has no %s", key)
		}
	}
}
