package resource

import (
	"fmt"
	"slices"
	"strings"
)

// opens parses "result0 driver=arg0 dsn=arg1", "result0 via=arg0" and
// "result0 bounded".
func (p *funcParser) opens(args []string) string {
	if len(args) == 0 {
		return "opens wants: opens resultN [driver=argN] [dsn=argN] [via=argN] [bounded]"
	}
	n, ok := numbered(args[0], "result")
	if !ok {
		return fmt.Sprintf("opens wants a result like result0, not %q", args[0])
	}
	o := Opener{Result: n, Driver: NoParam, DSN: NoParam, Via: NoParam}
	for _, attr := range args[1:] {
		key, value, _ := strings.Cut(attr, "=")
		ok := true
		switch key {
		case "driver":
			o.Driver, ok = numbered(value, "arg")
		case "dsn":
			o.DSN, ok = numbered(value, "arg")
		case "via":
			o.Via, ok = numbered(value, "arg")
		case "bounded":
			o.Bounded, ok = true, value == ""
		default:
			ok = false
		}
		if !ok {
			return fmt.Sprintf("opens does not know %q: want driver=argN, dsn=argN, via=argN or bounded", attr)
		}
	}
	p.f.Opens = append(p.f.Opens, o)
	return ""
}

// sets parses "max_open=arg0".
func (p *funcParser) sets(args []string) string {
	const want = "sets wants: sets SETTING=argN, with max_open, max_idle, max_lifetime or max_idle_time"
	if len(args) != 1 {
		return want
	}
	name, value, _ := strings.Cut(args[0], "=")
	setting := slices.Index(settingNames[:], name)
	param, ok := numbered(value, "arg")
	if setting < 0 || !ok {
		return want
	}
	if !p.method {
		return "sets speaks of the receiver: it belongs to a method"
	}
	p.f.Sets = append(p.f.Sets, Apply{Setting(setting), param})
	return ""
}

// lends parses "result0=receiver".
func (p *funcParser) lends(args []string) string {
	a, msg := p.view("lends", args)
	if msg == "" {
		p.f.Lends = append(p.f.Lends, a)
	}
	return msg
}
