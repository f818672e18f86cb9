package resource

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// parseRow parses a row within package p and returns the function it is about.
func parseRow(t *testing.T, row string) (member, *Func) {
	t.Helper()
	s, err := Parse(nil, "f", strings.NewReader("package p\n"+row))
	if err != nil {
		t.Fatal(err)
	}
	funcs := s.index().blocks["p"].load().funcs
	if len(funcs) != 1 {
		t.Fatalf("%d functions in %q", len(funcs), row)
	}
	for key, f := range funcs {
		return key, f
	}
	panic("unreachable")
}

func TestEffects(t *testing.T) {
	fresh := Acquire{Kind: DB, Err: NoResult, Ctx: NoResult, From: NoParam}
	with := func(change func(a *Acquire)) []Acquire {
		a := fresh
		change(&a)
		return []Acquire{a}
	}
	for _, test := range []struct {
		row  string
		key  member
		want Func
	}{
		{"func F -> 0:db", member{"", "F"}, Func{Acquires: []Acquire{fresh}}},
		{"func F -> 1:db err=2", member{"", "F"}, Func{Acquires: with(func(a *Acquire) { a.Result, a.Err = 1, 2 })}},
		{"func F -> 0:db err=field:Error", member{"", "F"}, Func{Acquires: with(func(a *Acquire) { a.ErrField = "Error" })}},
		{"func F -> 0:rows ctx=3 from=arg1", member{"", "F"}, Func{Acquires: with(func(a *Acquire) { a.Kind, a.Ctx, a.From = Rows, 3, 1 })}},
		{"method *T.M -> 0:tx", member{"T", "M"}, Func{Acquires: with(func(a *Acquire) { a.Kind, a.From = Tx, Receiver })}},
		{"method T.M -> 0:stmt owner=receiver", member{"T", "M"}, Func{Acquires: with(func(a *Acquire) { a.Kind, a.From, a.Owned = Stmt, Receiver, true })}},
		{"method T.M -> 0:row ends=receiver", member{"T", "M"}, Func{Acquires: with(func(a *Acquire) { a.Kind, a.From, a.Ends = Row, Receiver, true })}},
		{"method T.M -> 0:conn move=receiver", member{"T", "M"}, Func{Acquires: with(func(a *Acquire) { a.Kind, a.From, a.Move = Conn, Receiver, true })}},
		{"func F -> 0:batch; -> 1:db", member{"", "F"}, Func{Acquires: []Acquire{
			{Result: 0, Kind: Batch, Err: NoResult, Ctx: NoResult, From: NoParam},
			{Result: 1, Kind: DB, Err: NoResult, Ctx: NoResult, From: NoParam},
		}}},
		{"func F(string) (*T, error) -> 0:db err=1", member{"", "F"}, Func{Acquires: with(func(a *Acquire) { a.Err = 1 })}},

		{"func F release arg1", member{"", "F"}, Func{Effects: []Effect{{Param: 1}}}},
		{"method *T.M release receiver", member{"T", "M"}, Func{Effects: []Effect{{Param: Receiver}}}},
		{"method *T.M release receiver if result0=false", member{"T", "M"}, Func{Effects: []Effect{{Receiver, Cond{Result, 0, False}}}}},
		{"method *T.M release arg0 if result1!=nil", member{"T", "M"}, Func{Effects: []Effect{{0, Cond{Result, 1, NonNil}}}}},
		{"func F release arg0 if arg1=nil", member{"", "F"}, Func{Effects: []Effect{{0, Cond{Param, 1, Nil}}}}},
		{"method T.M release arg0 if receiver=nil", member{"T", "M"}, Func{Effects: []Effect{{0, Cond{Param, Receiver, Nil}}}}},

		{"func F alias result0=arg1", member{"", "F"}, Func{Aliases: []Alias{{0, 1}}}},
		{"method T.M alias result0=receiver; alias result0=arg0", member{"T", "M"}, Func{Aliases: []Alias{{0, Receiver}, {0, 0}}}},
		{"func F calls arg1", member{"", "F"}, Func{Calls: []Call{{Param: 1}}}},
		{"func F calls arg0 later", member{"", "F"}, Func{Calls: []Call{{Param: 0, Later: true}}}},
		{"func F opens result0", member{"", "F"}, Func{Opens: []Opener{{Driver: NoParam, DSN: NoParam, Via: NoParam}}}},
		{"func F opens result1 driver=arg0 dsn=arg2 bounded", member{"", "F"}, Func{Opens: []Opener{{Result: 1, Driver: 0, DSN: 2, Via: NoParam, Bounded: true}}}},
		{"func F opens result0 via=arg1", member{"", "F"}, Func{Opens: []Opener{{Driver: NoParam, DSN: NoParam, Via: 1}}}},
		{"method T.M sets max_open=arg0", member{"T", "M"}, Func{Sets: []Apply{{MaxOpen, 0}}}},
		{"method T.M sets max_idle_time=arg1", member{"T", "M"}, Func{Sets: []Apply{{MaxIdleTime, 1}}}},
		{"method T.M lends result0=receiver", member{"T", "M"}, Func{Lends: []Alias{{0, Receiver}}}},
		{"func F noreturn", member{"", "F"}, Func{NoReturn: true}},
		{"func F noreturn-if arg1!=nil; noreturn-if arg0=true", member{"", "F"}, Func{NoReturnIf: []Cond{{Param, 1, NonNil}, {Param, 0, True}}}},
		{"func F pure; nilness result0!=nil", member{"", "F"}, Func{Pure: true, Nilness: []Nilness{{Result: 0, Param: NeverNil}}}},
		{"func F nilness result0!=nil", member{"", "F"}, Func{Nilness: []Nilness{{Result: 0, Param: NeverNil}}}},
		{"func F nilness result1<=>arg2", member{"", "F"}, Func{Nilness: []Nilness{{Result: 1, Param: 2}}}},
		{"func F nilness result0<=>arg0...", member{"", "F"}, Func{Nilness: []Nilness{{Variadic: true}}}},
		{"func F nilness-if result0=true => arg0!=nil", member{"", "F"}, Func{Implies: []Implication{{Cond{Result, 0, True}, Cond{Param, 0, NonNil}}}}},
		{"func F borrow", member{"", "F"}, Func{}},
		{"\t func F \t calls  arg1 \r", member{"", "F"}, Func{Calls: []Call{{Param: 1}}}},
		{"func F calls arg1 # a comment # of two", member{"", "F"}, Func{Calls: []Call{{Param: 1}}}},
	} {
		t.Run(test.row, func(t *testing.T) {
			key, f := parseRow(t, test.row)
			if key != test.key {
				t.Errorf("row is about %v, not %v", key, test.key)
			}
			if !reflect.DeepEqual(*f, test.want) {
				t.Errorf("got  %+v\nwant %+v", *f, test.want)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct {
		text string
		line int
		want string // part of the message
	}{
		{"func F borrow", 1, `"func" stands before the first package line`},
		{"# ok\n\npackage", 3, "import path"},
		{"package a//b", 1, `"a//b" is no import path`},
		{"package a b:c", 1, `"b:c" is no import path`},
		{"noreturn Fatal", 1, "log.Fatal"},
		{"noreturn (*log.Logger.Fatal", 1, "log.Fatal"},
		{"noreturn log.Fatal,Fatalf", 1, "log.Fatal"},
		{"package p\nfunky F", 2, `unknown statement "funky"`},
		{"package p\nfunc", 2, `name of a func`},
		{"package p\nfunc *T.M borrow", 2, `name of a func`},
		{"package p\nfunc F,", 2, `name of a func`},
		{"package p\nfunc F", 2, "effect is missing"},
		{"package p\nfunc F borrow;", 2, "effect is missing"},
		{"package p\nfunc F explodes", 2, `unknown effect "explodes"`},
		{"package p\nfunc F borrow\nfunc F borrow", 3, "F already has a row"},
		{"package p\nmethod T.M borrow\nnoreturn (*p.T).M", 3, "T.M already has a row"},
		{"package p\nmethod M borrow", 2, "*TYPE.METHOD"},
		{"package p\nmethod *T.1 borrow", 2, "name of a method"},
		{"package p\nfunc F ->", 2, "-> wants"},
		{"package p\nfunc F -> rows", 2, "0:rows"},
		{"package p\nfunc F -> 0:row err=0", 2, "its own error"},
		{"package p\nfunc F -> 0:cursor", 2, `unknown kind "cursor": want rows, row`},
		{"package p\nfunc F -> 0:rows err=x", 2, `"err=x"`},
		{"package p\nfunc F -> 0:rows err=field:", 2, "err=field:NAME"},
		{"package p\nfunc F -> 0:rows err=-1", 2, `"err=-1"`},
		{"package p\nfunc F -> 0:rows err=12345678901234567890", 2, "err=N"},
		{"package p\nfunc F -> 0:rows owner=receiver", 2, `"owner=receiver" makes no sense`},
		{"package p\nmethod T.M -> 0:rows owner=arg0", 2, `"owner=arg0" makes no sense`},
		{"package p\nfunc F -> 0:rows color=red", 2, `unknown attribute "color=red"`},
		{"package p\nfunc F release", 2, "release wants"},
		{"package p\nfunc F release receiver", 2, "a func has no receiver"},
		{"package p\nfunc F release result0", 2, `"result0"`},
		{"package p\nfunc F release arg0 when arg1=nil", 2, "release wants"},
		{"package p\nfunc F release arg0 if arg1", 2, `not "arg1"`},
		{"package p\nfunc F release arg0 if arg1!=true", 2, `not "arg1!=true"`},
		{"package p\nfunc F alias arg0=result0", 2, "alias wants"},
		{"package p\nfunc F alias result0=db", 2, "alias wants receiver or an argument"},
		{"package p\nfunc F calls", 2, "calls wants"},
		{"package p\nfunc F calls fn", 2, `"fn"`},
		{"package p\nfunc F calls arg0 sometimes", 2, "calls wants"},
		{"package p\nfunc F opens db", 2, "opens wants"},
		{"package p\nfunc F noreturn sometimes", 2, "noreturn-if"},
		{"package p\nfunc F pure arg0", 2, "pure stands alone"},
		{"package p\nfunc F noreturn-if", 2, "noreturn-if wants"},
		{"package p\nfunc F noreturn-if result0=nil", 2, "of an argument"},
		{"package p\nfunc F nilness", 2, "nilness wants"},
		{"package p\nfunc F nilness result0=nil", 2, "nilness wants"},
		{"package p\nfunc F nilness result0<=>result1", 2, "nilness wants"},
		{"package p\nfunc F nilness-if result0=true arg0!=nil", 2, "nilness-if wants"},
		{"package p\nfunc F nilness-if true => arg0!=nil", 2, `"true"`},
		{"package p\nfunc F borrow arg0", 2, "borrow stands alone"},
		{"package p\nborrow", 2, "borrow *"},
		{"package p\nforks", 2, "forks wants"},
		{"package p\nchain", 2, "chain wants"},
		{"package p\nchain a.b", 2, `"a.b"`},
		{"package p\nresource T", 2, "resource wants"},
		{"package p\nresource 1 tx", 2, `"1" is no type name`},
		{"package p\nresource T pool", 2, `unknown kind "pool"`},
		{"package p\nresource T tx release=", 2, "release=METHOD"},
		{"package p\nresource T tx\nresource *T tx", 3, "T already has a resource line"},
		{"package p\nfunc F(string *T -> 0:db", 2, "unbalanced"},
		{"package p\nfunc F(string) (*T -> 0:db", 2, "unbalanced"},
		{"package p\nfunc F(string) -> 0:db", 2, "has a result"},
		{"package p\nfunc F(string) *T borrow", 2, "only an acquisition"},
		// The first mistake of the file is the one to report.
		{"package p\nfunc F\npackage q\nfunc G\npackage", 2, "effect is missing"},
		{"package p\nfunc F borrow\npackage //\nfunc G", 3, "no import path"},
	} {
		t.Run(test.text, func(t *testing.T) {
			_, err := Parse(Builtin(), "x.models", strings.NewReader(test.text))
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("error is %v", err)
			}
			if e.File != "x.models" || e.Line != test.line || !strings.Contains(e.Msg, test.want) {
				t.Errorf("got %v\nwant line %d: ...%s...", e, test.line, test.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, t := range tables() {
		f.Add(t.text)
	}
	f.Add("package p\nfunc F(a((b) c) -> 0:db err=field:Error ctx=1; release arg0 if result0!=nil\nnoreturn (*a/b.c.D).E\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(Builtin(), "f", strings.NewReader(text))
		if err != nil {
			if _, ok := err.(*Error); !ok {
				t.Errorf("%T: %v", err, err)
			}
			return
		}
		s.Packages()
		for path := range s.index().blocks {
			s.Modelled(path)
			s.BorrowsAll(path)
		}
	})
}
