package manifest

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// String describes the value in a few words: 20, mysql,
// $DB_MAX_OPEN (default 20), 5 to 20.
func (v Value) String() string {
	return v.format(func(n int64) string { return strconv.FormatInt(n, 10) })
}

// DurationString is like String for a value in milliseconds: 5m.
func (v Value) DurationString() string { return v.format(durationString) }

// format describes the value; number writes integers.
func (v Value) format(number func(int64) string) string {
	scalar := func(s Scalar) string {
		if n, ok := s.Int(); ok {
			return number(n)
		}
		return s.String()
	}
	switch v = v.clean(); v.Kind {
	case KindConst:
		return scalar(v.Value)
	case KindEnv, KindFlag:
		text := reference(v.Kind, v.Name)
		if !v.Default.IsZero() {
			text += " (default " + scalar(v.Default) + ")"
		}
		return text
	case KindConfig:
		return v.Path
	case KindExpr:
		return v.Text
	case KindRange:
		return rangeString(scalar(v.Min), scalar(v.Max), v.Unlimited)
	}
	return string(v.Kind)
}

// reference writes a name as people do where they use it.
func reference(kind Kind, name string) string {
	switch kind {
	case KindEnv:
		return "$" + name
	case KindFlag:
		return "-" + name
	}
	return name
}

// rangeString describes a range; a bound that is not known is "".
func rangeString(min, max string, unlimited bool) string {
	var text string
	switch {
	case min != "" && max != "" && min != max:
		text = min + " to " + max
	case max != "" && min == max:
		text = max
	case max != "":
		text = "up to " + max
	case min != "":
		text = min + " or more"
	default:
		text = "varies"
	}
	if unlimited {
		text += " or unlimited"
	}
	return text
}

// durationString writes a duration without trailing zeros.
func durationString(ms int64) string {
	text := (time.Duration(ms) * time.Millisecond).String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, zero) {
			text = text[:len(text)-len("0s")]
		}
	}
	return text
}

// String describes the source in a few words: where it comes from, and what is
// known of it.
func (d DSN) String() string {
	d = d.clean()
	text := reference(d.Kind, d.Name)
	if parts := d.parts(); parts != "" {
		return strings.TrimSpace(text + " " + parts)
	}
	switch d.Kind {
	case KindConst:
		return "constant"
	case KindExpr:
		return "expression"
	}
	return cmp.Or(text, string(d.Kind))
}

// parts writes the known parts as go-sql-driver/mysql does: tcp(db:3306)/orders.
func (d DSN) parts() string {
	text := cmp.Or(d.Address, d.Network)
	if d.Network != "" && d.Address != "" {
		text = d.Network + "(" + d.Address + ")"
	}
	if d.DB != "" {
		text += "/" + d.DB
	}
	return text
}
