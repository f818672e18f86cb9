package preset

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/connvet/connvet/internal/spell"
)

// A Preset is the max_connections default of a size of a managed service.
type Preset struct {
	Name           string // in the form that [Names] has
	Service        string // for people, such as "Amazon Aurora MySQL"
	MaxConnections int64
	Hardware       string // for people
	// Estimate is set if a formula made MaxConnections, from a memory that is
	// not quite the one that the service puts in. Note says more.
	Estimate bool
	Note     string // for people; "" is none
	Source   string // where it was read
	Date     string // of the source, YYYY-MM-DD
}

// Services returns the names of the services, sorted.
func Services() []string {
	var names []string
	for _, s := range known() {
		names = append(names, s.name)
	}
	slices.Sort(names)
	return names
}

// Names returns the names of all rows, sorted. [Lookup] knows more: any memory
// of a service that has a formula.
func Names() []string {
	var names []string
	for _, s := range known() {
		for _, p := range s.presets {
			names = append(names, p.Name)
		}
	}
	slices.Sort(names)
	return names
}

// Lookup returns the preset of a name, in upper or lower case. AWS's own names
// of instance classes, which start with "db.", will do. An error says what there
// is instead.
func Lookup(name string) (Preset, error) {
	prefix, size, _ := strings.Cut(strings.ToLower(name), ":")
	for _, s := range known() {
		if s.name == prefix {
			return s.lookup(size)
		}
	}
	return Preset{}, fmt.Errorf("unknown service: want one of %s, with a size, such as azure-flex:gp2", strings.Join(Services(), ", "))
}

func (s *service) lookup(size string) (Preset, error) {
	if s.formula != nil {
		size = strings.TrimPrefix(size, "db.")
		if gib, ok := parseGiB(size); ok {
			return s.ofMemory(gib)
		}
	}
	for _, p := range s.presets {
		if s.size(p) == size {
			return p, nil
		}
	}
	found, others := s.instead(size)
	if s.formula != nil {
		others += ", or a memory, such as 16GiB"
	}
	return Preset{}, fmt.Errorf("%s has no %s: want %s", s.name, found, others)
}

// ofMemory returns what the formula makes of a memory.
func (s *service) ofMemory(gib float64) (Preset, error) {
	p := s.origin
	p.Name = s.name + ":" + formatGiB(gib) + "GiB"
	p.Hardware = formatGiB(gib) + " GiB"
	p.MaxConnections = s.formula(bytesOf(gib))
	p.Estimate = true
	if gib < minGiB || gib > maxGiB || p.MaxConnections < 1 {
		return Preset{}, fmt.Errorf("%s has no instances with that memory", s.name)
	}
	return p, nil
}

// size returns the name of a preset without that of the service.
func (s *service) size(p Preset) string { return p.Name[len(s.name)+1:] }

// instead returns how to call a size that is not known, and sizes to have
// instead: all, if they are few, or those that are most like it. It does not
// repeat what is anything but a word: it may be what was meant for another flag.
func (s *service) instead(size string) (found, others string) {
	const all, few = 20, 4
	sizes := make([]string, 0, len(s.presets))
	for _, p := range s.presets {
		sizes = append(sizes, s.size(p))
	}
	found = "such size"
	if isWord(size) {
		found = `"` + size + `"`
		if len(sizes) > all {
			slices.SortStableFunc(sizes, func(a, b string) int { return cmp.Compare(spell.Unlike(size, a), spell.Unlike(size, b)) })
		}
	}
	if len(sizes) > all {
		return found, "one like " + strings.Join(sizes[:few], ", ")
	}
	return found, "one of " + strings.Join(sizes, ", ")
}

// isWord reports whether a text looks like a size.
func isWord(text string) bool {
	const longest = 20
	part := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' }
	return text != "" && len(text) <= longest && !strings.ContainsFunc(text, func(r rune) bool { return !part(r) })
}
