package lifecycle

import (
	"go/constant"
	"go/types"
	"reflect"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/connvet/connvet/passes/internal/summary"
)

// flagOf returns the command line flag that a call defines, as a flag package
// or set does: flag.Int(name, value, usage), or with off 1 flag.IntVar(&x, name, ...).
func flagOf(c *ssa.CallCommon, off int) summary.Amount {
	obj, _ := staticTarget(c)
	if obj == nil || obj.Pkg() == nil || obj.Pkg().Name() != "flag" && obj.Pkg().Name() != "pflag" && !strings.HasSuffix(obj.Pkg().Path(), "/pflag") {
		return summary.Amount{}
	}
	if strings.HasSuffix(strings.TrimSuffix(obj.Name(), "P"), "Var") != (off == 1) {
		return summary.Amount{}
	}
	args := c.Args
	if obj.Signature().Recv() != nil && len(args) > 0 {
		args = args[1:]
	}
	if len(args) < off+2 {
		return summary.Amount{}
	}
	name, ok := constText(args[off])
	if !ok {
		return summary.Amount{}
	}
	a := summary.Amount{Kind: summary.FromFlag, Text: name}
	for _, v := range args[off+1 : len(args)-1] {
		if k, ok := v.(*ssa.Const); ok && k.Value != nil && k.Value.Kind() == constant.Int {
			a.N, _ = constant.Int64Val(k.Value)
			a.Default = true
		}
	}
	return a
}

func constText(v ssa.Value) (string, bool) {
	k, ok := strip(v).(*ssa.Const)
	if !ok || k.Value == nil || k.Value.Kind() != constant.String {
		return "", false
	}
	return constant.StringVal(k.Value), true
}

// fieldAmount is the value of a field, at a path below something of type t.
func fieldAmount(kind summary.AmountKind, index int, path string, t types.Type) summary.Amount {
	a := summary.Amount{Kind: kind, Index: index, Text: path}
	name := strings.TrimPrefix(path, ".")
	for _, el := range splitPath(path) {
		if n := NamedOf(t); n != nil {
			name = n.Obj().Name() + el // the innermost that has a name
		}
		if s := structOf(t); s != nil {
			for i := range s.NumFields() {
				if "."+s.Field(i).Name() == el {
					a.Tag = tagName(s.Tag(i))
				}
			}
		}
		if t = elemType(t, el); t == nil {
			break
		}
	}
	if kind == summary.FromConfig {
		a.Text = name
	} else {
		a.Name = name
	}
	return a
}

func structOf(t types.Type) *types.Struct {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, _ := t.Underlying().(*types.Struct)
	return s
}

// tagName keeps the part of a struct tag that names the setting.
func tagName(tag string) string {
	for _, key := range [...]string{"env", "envconfig", "mapstructure", "yaml", "json", "toml", "koanf"} {
		if v, ok := reflect.StructTag(tag).Lookup(key); ok {
			v, _, _ = strings.Cut(v, ",")
			if v != "" && v != "-" {
				return key + ":" + v
			}
		}
	}
	return ""
}
