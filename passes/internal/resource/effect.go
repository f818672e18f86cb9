package resource

import (
	"fmt"
	"strings"
)

// funcParser collects the effects of one row.
type funcParser struct {
	f      *Func
	method bool
}

const wantEffect = "want ->, release, alias, calls, opens, sets, lends, noreturn, noreturn-if, nilness, nilness-if, pure or borrow"

// effect parses one effect, split into words. It returns what is wrong with
// it, or "".
func (p *funcParser) effect(words []string) string {
	if len(words) == 0 {
		return "an effect is missing: " + wantEffect
	}
	args := words[1:]
	switch words[0] {
	case acquires:
		return p.acquire(args)
	case "release":
		return p.release(args)
	case "alias":
		return p.alias(args)
	case "calls":
		return p.calls(args)
	case "opens":
		return p.opens(args)
	case "sets":
		return p.sets(args)
	case "lends":
		return p.lends(args)
	case "noreturn":
		return p.noReturn(args)
	case "noreturn-if":
		return p.noReturnIf(args)
	case "nilness":
		return p.nilness(args)
	case "nilness-if":
		return p.nilnessIf(args)
	case "pure":
		return p.pure(args)
	case "borrow":
		return p.borrow(args)
	}
	return fmt.Sprintf("unknown effect %q: %s", words[0], wantEffect)
}

// acquire parses "0:rows err=1 ctx=0 owner=receiver".
func (p *funcParser) acquire(args []string) string {
	if len(args) == 0 {
		return "-> wants a result and a kind, like: -> 0:rows err=1"
	}
	num, kindWord, _ := strings.Cut(args[0], ":")
	into := 0
	if arg, isArg := strings.CutPrefix(num, "arg"); isArg {
		if n, ok := number(arg); ok {
			into, num = n+1, "0"
		}
	}
	result, ok := number(num)
	if !ok {
		return fmt.Sprintf("-> wants a result and a kind, like 0:rows, not %q", args[0])
	}
	kind, msg := parseKind(kindWord)
	if msg != "" {
		return msg
	}
	a := Acquire{Result: result, Into: into, Kind: kind, Err: NoResult, Ctx: NoResult, From: NoParam}
	if p.method {
		a.From = Receiver
	}
	for _, attr := range args[1:] {
		if msg := p.attribute(&a, attr); msg != "" {
			return msg
		}
	}
	if a.Err == a.Result && into == 0 {
		return fmt.Sprintf("result %d cannot be its own error", a.Err)
	}
	p.f.Acquires = append(p.f.Acquires, a)
	return ""
}

// attribute parses one KEY=VALUE of an acquisition.
func (p *funcParser) attribute(a *Acquire, attr string) string {
	const want = "want err=N, err=field:NAME, ctx=N, from=argN, owner=receiver, ends=receiver or move=receiver"
	key, value, _ := strings.Cut(attr, "=")
	var ok bool
	switch key {
	case "err":
		if a.ErrField, ok = strings.CutPrefix(value, "field:"); ok {
			ok = isIdent(a.ErrField)
			break
		}
		a.ErrField = ""
		a.Err, ok = number(value)
	case "ctx":
		a.Ctx, ok = number(value)
	case "from":
		a.From, ok = p.param(value)
	case "owner":
		a.Owned, ok = true, value == "receiver"
	case "ends":
		a.Ends, ok = true, value == "receiver"
	case "move":
		a.Move, ok = true, value == "receiver"
	default:
		return fmt.Sprintf("unknown attribute %q of an acquisition: %s", attr, want)
	}
	if !ok || (a.Owned || a.Ends || a.Move) && !p.method {
		return fmt.Sprintf("attribute %q makes no sense here: %s", attr, want)
	}
	return ""
}

// release parses "receiver if result0=false".
func (p *funcParser) release(args []string) string {
	if len(args) != 1 && (len(args) != 3 || args[1] != "if") {
		return "release wants: release receiver|argN [if CONDITION]"
	}
	param, ok := p.param(args[0])
	if !ok {
		return p.badParam("release", args[0])
	}
	e := Effect{Param: param}
	if len(args) == 3 {
		if e.Cond, ok = p.cond(args[2]); !ok {
			return badCond("release", args[2])
		}
	}
	p.f.Effects = append(p.f.Effects, e)
	return ""
}

// alias parses "result0=arg0".
func (p *funcParser) alias(args []string) string {
	a, msg := p.view("alias", args)
	if msg == "" {
		p.f.Aliases = append(p.f.Aliases, a)
	}
	return msg
}

// view parses "result0=arg0", the argument of the effect called word.
func (p *funcParser) view(word string, args []string) (a Alias, msg string) {
	want := word + " wants: " + word + " resultN=receiver|argN"
	if len(args) != 1 {
		return a, want
	}
	left, right, _ := strings.Cut(args[0], "=")
	result, ok := numbered(left, "result")
	if !ok {
		return a, want
	}
	param, ok := p.param(right)
	if !ok {
		return a, p.badParam(word, right)
	}
	return Alias{result, param}, ""
}

// calls parses "arg1 later".
func (p *funcParser) calls(args []string) string {
	if len(args) != 1 && (len(args) != 2 || args[1] != "later") {
		return "calls wants: calls argN [later]"
	}
	n, ok := numbered(args[0], "arg")
	if !ok {
		return fmt.Sprintf("calls wants an argument like arg0, not %q", args[0])
	}
	p.f.Calls = append(p.f.Calls, Call{Param: n, Later: len(args) == 2})
	return ""
}

func (p *funcParser) noReturn(args []string) string {
	if len(args) != 0 {
		return "noreturn stands alone in a row; with a condition it is noreturn-if"
	}
	p.f.NoReturn = true
	return ""
}

func (p *funcParser) noReturnIf(args []string) string {
	cond, ok := Cond{}, false
	if len(args) == 1 {
		cond, ok = p.cond(args[0])
	}
	if !ok || cond.Subject != Param {
		return badCond("noreturn-if", strings.Join(args, " ")) + " of an argument"
	}
	p.f.NoReturnIf = append(p.f.NoReturnIf, cond)
	return ""
}

func (p *funcParser) pure(args []string) string {
	if len(args) != 0 {
		return "pure stands alone: it speaks of all arguments"
	}
	p.f.Pure = true
	return ""
}

// borrow adds nothing: a row without effects says that arguments are borrowed.
func (p *funcParser) borrow(args []string) string {
	if len(args) != 0 {
		return "borrow stands alone in a row: it speaks of all arguments"
	}
	return ""
}

// nilness parses "result0!=nil", "result0<=>arg0" and "result0<=>arg0...".
func (p *funcParser) nilness(args []string) string {
	const want = "nilness wants: nilness resultN!=nil, resultN<=>argN or resultN<=>argN..."
	if len(args) != 1 {
		return want
	}
	left, right, iff := strings.Cut(args[0], "<=>")
	if !iff {
		left, right, _ = strings.Cut(args[0], "!=")
	}
	result, ok := numbered(left, "result")
	n := Nilness{Result: result, Param: NeverNil}
	switch {
	case !ok:
		return want
	case iff:
		right, n.Variadic = strings.CutSuffix(right, "...")
		if n.Param, ok = numbered(right, "arg"); !ok {
			return want
		}
	case right != "nil":
		return want
	}
	p.f.Nilness = append(p.f.Nilness, n)
	return ""
}

// nilnessIf parses "result0=true => arg0!=nil".
func (p *funcParser) nilnessIf(args []string) string {
	if len(args) != 3 || args[1] != "=>" {
		return "nilness-if wants: nilness-if CONDITION => CONDITION"
	}
	var im Implication
	var ok bool
	if im.If, ok = p.cond(args[0]); !ok {
		return badCond("nilness-if", args[0])
	}
	if im.Then, ok = p.cond(args[2]); !ok {
		return badCond("nilness-if", args[2])
	}
	p.f.Implies = append(p.f.Implies, im)
	return ""
}
