package golangci

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/connvet/connvet/analyzers"
	"github.com/connvet/connvet/internal/spell"
)

// place is where the settings stand, for errors.
const place = "linters.settings.custom.connvet.settings"

// settings are what a configuration says.
type settings struct {
	strict    bool   // demand deferred releases
	generated bool   // report in generated files, too
	models    string // more libraries, in the format of -models
	rules     rules  // what is reported
}

// keys has a function for each setting, which reads it into settings.
var keys = map[string]func(s *settings, v value){
	"strict":    func(s *settings, v value) { s.strict = v.bool() },
	"generated": func(s *settings, v value) { s.generated = v.bool() },
	"models":    func(s *settings, v value) { s.models = v.text() },
	"default":   func(s *settings, v value) { s.rules.base = v.oneOf(standard, all, none) },
	"enable":    func(s *settings, v value) { s.rules.enable = v.list("rules") },
	"disable":   func(s *settings, v value) { s.rules.disable = v.list("rules") },
}

// parseSettings reads what golangci-lint found below the key settings: nothing, or
// what a YAML, TOML or JSON parser makes of a mapping.
func parseSettings(conf any) (*settings, error) {
	s := new(settings)
	m, err := mapping(conf)
	if err != nil {
		return nil, err
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		read := keys[key]
		if read == nil {
			return nil, unknownKey(key)
		}
		if m[key] == nil {
			continue // a key with nothing behind it
		}
		read(s, value{at: place + "." + key, v: m[key], err: &err})
		if err != nil {
			return nil, err
		}
	}
	return s, s.rules.choose()
}

// mapping returns conf in the types of JSON, whichever parser it is from.
func mapping(conf any) (map[string]any, error) {
	data, err := json.Marshal(conf)
	if err != nil {
		return nil, fmt.Errorf("%s: %v", place, err)
	}
	var plain any
	if err := json.Unmarshal(data, &plain); err != nil {
		return nil, fmt.Errorf("%s: %v", place, err)
	}
	m, ok := plain.(map[string]any)
	if !ok && plain != nil {
		return nil, fmt.Errorf("%s: want a mapping, not %s", place, describe(plain))
	}
	return m, nil
}

// unknownKey is the error about a key that is none of ours.
func unknownKey(key string) error {
	names := slices.Sorted(maps.Keys(keys))
	nearest := slices.MinFunc(names, func(a, b string) int { return spell.Unlike(key, a) - spell.Unlike(key, b) })
	if spell.Unlike(key, nearest) <= 2 {
		return fmt.Errorf("%s has no key %q: did you mean %q?", place, key, nearest)
	}
	return fmt.Errorf("%s has no key %q: it has %s", place, key, strings.Join(names, ", "))
}

// apply gives the settings to the passes.
func (s *settings) apply() error {
	set := map[string]bool{"connvet.strict": s.strict, "connvet.generated": s.generated}
	for _, r := range analyzers.Rules() {
		if f := r.Flag(); f != "" {
			set[f] = s.rules.on[r.ID]
		}
	}
	for _, a := range analyzers.All() {
		for f, v := range set {
			if err := setFlag(a, f, v); err != nil {
				return err
			}
		}
	}
	return loadModels(s.models)
}

// setFlag sets a flag, called pass.flag, if the analyzer has it.
func setFlag(a *analysis.Analyzer, flag string, v bool) error {
	pass, flag, _ := strings.Cut(flag, ".")
	if a.Name != pass {
		return nil
	}
	return a.Flags.Set(flag, fmt.Sprint(v))
}
