package poolcheck

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/connvet/connvet/internal/manifest"
	"github.com/connvet/connvet/poolcheck/internal/count"
)

// A resolver gives values to settings that the source leaves to the environment,
// to flags and to configurations.
type resolver struct {
	set      map[string]string
	used     map[string]bool // names in set that some setting has
	defaults bool            // use the source's defaults for what is not set
	missing  []missingName
	err      error // the first value that is none
}

// A missingName is a name that nobody gave a value.
type missingName struct {
	name     string // as -set takes it
	text     string // as people write it
	fallback string // the default in the source, "" if there is none
}

// A setting is a value of a pool, with the names that -set knows it by besides
// its own.
type setting struct {
	pool  *manifest.Pool
	field string // such as "max_open"
	value manifest.Value
}

// names lists the names of a setting, the best first.
func (s setting) names() []string {
	v := s.value
	var names []string
	switch v.Kind {
	case manifest.KindEnv:
		names = append(names, v.Name)
	case manifest.KindFlag:
		names = append(names, v.Name, "-"+v.Name)
	case manifest.KindConfig:
		names = append(append(names, tagNames(v.Tag)...), v.Path)
	case manifest.KindExpr:
		names = append(names, v.Text)
	}
	return append(names, fmt.Sprintf("%s:%d.%s", s.pool.File, s.pool.Line, s.field), s.pool.ID+"."+s.field)
}

// tagNames lists the names of environment variables that a field's tag gives it,
// as the common configuration libraries read them.
func tagNames(tag string) []string {
	var names []string
	for _, key := range []string{"env", "envconfig", "flag", "long", "mapstructure", "koanf", "yaml", "json", "toml"} {
		name, _, _ := strings.Cut(reflect.StructTag(tag).Get(key), ",")
		if name != "" && name != "-" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// given looks a setting up in what was set.
func (r *resolver) given(s setting) (text string, ok bool) {
	for _, name := range s.names() {
		if text, ok = r.set[name]; ok {
			r.used[name] = true
			if text == "default" && !s.value.Default.IsZero() {
				return s.value.Default.String(), true
			}
			return text, true
		}
	}
	return "", false
}

// resolve returns a setting as a number; unset is what stands for a setting that
// nothing sets, and parse reads what is given for it.
func (r *resolver) resolve(s setting, unset Count, of func(int64) Count, parse func(string) (int64, error)) Count {
	v := s.value
	if text, ok := r.given(s); ok {
		n, err := parse(text)
		if err != nil {
			r.err = cmp.Or(r.err, fmt.Errorf("the value for %s: %w", s.names()[0], err))
			return count.Unknown
		}
		return of(n)
	}
	switch v.Kind {
	case manifest.KindUnset, "":
		return unset
	case manifest.KindConst:
		if n, ok := v.Value.Int(); ok {
			return of(n)
		}
	case manifest.KindRange:
		return upper(v, unset, of)
	case manifest.KindEnv, manifest.KindFlag:
		if n, err := parse(v.Default.String()); err == nil && r.defaults {
			return of(n)
		}
	}
	r.missing = append(r.missing, missingName{name: s.names()[0], text: v.String(), fallback: v.Default.String()})
	return count.Unknown
}

// upper returns the greatest value of a range.
func upper(v manifest.Value, unset Count, of func(int64) Count) Count {
	c := count.Unknown
	if n, ok := v.Max.Int(); ok {
		c = of(n)
	}
	if !v.Unlimited || c.IsUnlimited() {
		return c
	}
	// On some path it is left as it is.
	if n, ok := c.Int(); ok && !unset.IsUnlimited() {
		m, _ := unset.Int()
		return of(max(n, m))
	}
	if unset.IsUnlimited() {
		return unset
	}
	return count.Unknown
}

// unused lists the names in set that no setting has.
func (r *resolver) unused() []string {
	var names []string
	for name := range maps.Keys(r.set) {
		if !r.used[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// parseNumber reads a number of connections or pools.
func parseNumber(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("want a whole number")
	}
	return n, nil
}

// parseMilliseconds reads a duration. A number alone would leave the unit to
// guesses: sources use seconds, minutes and nanoseconds alike.
func parseMilliseconds(text string) (int64, error) {
	d, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("want a duration such as 5m or 90s")
	}
	if d > 0 && d < time.Millisecond {
		return 1, nil
	}
	return d.Milliseconds(), nil
}
