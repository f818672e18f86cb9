package deployment

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// maxCount is more than there is of anything, and too little to overflow.
const maxCount = 1_000_000_000

func (n node) isMapping() bool { return n.given() && n.yaml.Kind == yaml.MappingNode }
func (n node) isNull() bool    { return n.tag() == "!!null" }
func (n node) isNumber() bool  { return n.tag() == "!!int" || n.tag() == "!!float" }

// tag returns the YAML tag of a scalar, "" for anything else.
func (n node) tag() string {
	if !n.given() || n.yaml.Kind != yaml.ScalarNode {
		return ""
	}
	return n.yaml.ShortTag()
}

// typeName says what a node is.
func (n node) typeName() string {
	switch n.tag() {
	case "!!null":
		return "nothing"
	case "!!bool":
		return "a boolean"
	case "!!int", "!!float":
		return "a number"
	case "!!timestamp":
		return "a date"
	case "":
		if n.yaml.Kind == yaml.SequenceNode {
			return "a list"
		}
		return "a mapping"
	}
	return "a string"
}

// text returns a string that is not empty.
func (n node) text() string {
	if !n.given() {
		return ""
	}
	if n.tag() != "!!str" {
		n.fail("want a string, found %s", n.typeName())
	} else if n.yaml.Value == "" {
		n.fail("is empty")
	}
	return n.yaml.Value
}

// texts returns a list of strings, which is not empty.
func (n node) texts() []string {
	if !n.given() {
		return nil
	}
	if n.yaml.Kind != yaml.SequenceNode {
		n.fail("want a list, found %s", n.typeName())
		return nil
	}
	if len(n.yaml.Content) == 0 {
		n.fail("is empty")
	}
	var all []string
	for i, child := range n.yaml.Content {
		all = append(all, node{n.d, n.path + "[" + strconv.Itoa(i) + "]", child}.text())
	}
	return all
}

// scalar returns a string, a number or a boolean as it is written.
func (n node) scalar() string {
	switch n.tag() {
	case "", "!!null":
		n.fail("want a string, a number or a boolean, found %s", n.typeName())
		return ""
	}
	return n.yaml.Value
}

// numberRE matches the numbers of JSON. YAML has more, in which 010 is 8.
var numberRE = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// integer returns a whole number from min to max.
func (n node) integer(min, max int64) int64 {
	if !n.given() {
		return 0
	}
	if !n.isNumber() {
		n.fail("want a whole number, found %s", n.typeName())
		return 0
	}
	f, err := strconv.ParseFloat(n.yaml.Value, 64)
	switch {
	case !numberRE.MatchString(n.yaml.Value) || err != nil || f != math.Trunc(f):
		n.fail("want a whole number, such as 10")
	case f < 0:
		n.fail("%.0f is negative", f)
	case f < float64(min):
		n.fail("want %d or more, found %.0f", min, f)
	case f > float64(max): // of which all are less than 1<<53, so exact
		n.fail("want %d or less", max)
	default:
		return int64(f)
	}
	return 0
}

// count returns a number of things, at least min.
func (n node) count(min int64) int { return int(n.integer(min, maxCount)) }

// optional returns a number of things, nil if it is not given.
func (n node) optional() *int {
	if !n.given() {
		return nil
	}
	count := n.count(0)
	return &count
}

// bytes returns a number of bytes.
func (n node) bytes() int64 {
	if !n.given() || n.isNumber() {
		return n.integer(0, maxBytes)
	}
	b, err := ParseBytes(n.text())
	if err != nil {
		n.fail("%w", err)
	}
	return b
}

// surgePattern matches a number or percentage of instances, up to a million.
const surgePattern = `^([0-9]{1,6}|1000000)%?$`

var surgeRE = regexp.MustCompile(surgePattern)

const maxSurge = 1_000_000

// surge returns a number or percentage of instances, as text.
func (n node) surge() string {
	if !n.given() {
		return ""
	}
	if n.isNumber() {
		return strconv.FormatInt(n.integer(0, maxSurge), 10)
	}
	s := n.text()
	if !surgeRE.MatchString(s) {
		n.fail("want a number of instances, such as 2, or a percentage, such as 25%%")
	}
	return s
}

// durationPattern matches the durations of Go that are not negative.
const durationPattern = `^(0|([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+)$`

var durationRE = regexp.MustCompile(durationPattern)

// duration returns a duration.
func (n node) duration() time.Duration {
	if !n.given() || n.isNumber() && n.yaml.Value == "0" {
		return 0
	}
	const want = "want a duration, such as 90s or 5m"
	switch n.tag() {
	case "!!str":
	case "!!int", "!!float":
		n.fail("%s: a number needs its unit", want)
	default:
		n.fail("%s, found %s", want, n.typeName())
	}
	d, err := time.ParseDuration(n.yaml.Value)
	switch {
	case strings.HasPrefix(n.yaml.Value, "-") && err == nil:
		n.fail("is negative")
	case err != nil || !durationRE.MatchString(n.yaml.Value):
		n.fail(want)
	}
	return d
}

// positiveDuration returns a duration that is not 0, except if it is not given.
func (n node) positiveDuration() time.Duration {
	d := n.duration()
	if n.given() && d == 0 {
		n.fail("want more than 0")
	}
	return d
}
