package lifecycle

import (
	"go/types"
)

// birthType returns the display type of what is acquired.
func (p *pkgInfo) birthType(b *birth) string {
	if b.fresh != nil {
		return b.fresh.Type
	}
	if t := p.birthGoType(b); t != nil {
		return types.TypeString(t, (*types.Package).Name)
	}
	return string(b.kind)
}

// birthName returns the display name of the acquiring call.
func (p *pkgInfo) birthName(b *birth) string {
	if b.fresh != nil {
		return b.fresh.Open
	}
	return funcName(b.obj)
}

// funcName is "sql.Open" or "(*sql.DB).Query".
func funcName(obj *types.Func) string {
	if recv := obj.Signature().Recv(); recv != nil {
		return "(" + types.TypeString(recv.Type(), (*types.Package).Name) + ")." + obj.Name()
	}
	if obj.Pkg() == nil {
		return obj.Name()
	}
	return obj.Pkg().Name() + "." + obj.Name()
}
