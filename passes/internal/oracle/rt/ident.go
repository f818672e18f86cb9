package rt

import (
	"database/sql"
	"reflect"
	"slices"
	"unsafe"
)

// field reads a field of a database/sql struct, exported or not.
func field(v reflect.Value, name string) reflect.Value {
	f := v.Elem().FieldByName(name)
	return reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem()
}

func connOf(c *sql.Conn) *fakeConn {
	dc := field(reflect.ValueOf(c), "dc")
	if dc.IsNil() {
		return nil
	}
	fc, _ := field(dc, "ci").Interface().(*fakeConn)
	return fc
}

// token is the driver's object behind a value of database/sql, nil if none.
func token(v any) any {
	switch x := v.(type) {
	case *sql.Rows:
		return field(reflect.ValueOf(x), "rowsi").Interface()
	case *sql.Row:
		rows := field(reflect.ValueOf(x), "rows")
		if rows.IsNil() {
			return nil
		}
		return field(rows, "rowsi").Interface()
	case *sql.Tx:
		return field(reflect.ValueOf(x), "txi").Interface()
	case *sql.Conn:
		if fc := connOf(x); fc != nil && fc.lent != nil {
			return fc.lent
		}
		return nil
	case *sql.Stmt:
		return x
	case *sql.DB:
		return field(reflect.ValueOf(x), "connector").Interface()
	}
	return nil
}

func stmtToken(stmt reflect.Value) any {
	if ds := field(stmt, "cgds"); !ds.IsNil() {
		return field(ds, "si").Interface()
	}
	css := field(stmt, "css")
	if css.Len() == 0 {
		return nil
	}
	ds := field(css.Index(0).Addr(), "ds")
	return field(ds, "si").Interface()
}

// find names the obligations that v holds.
func (in *In) find(v any) []*obligation {
	var obs []*obligation
	walk(reflect.ValueOf(v), 0, func(tok any) {
		for _, ob := range in.obs {
			if ob.is(tok) {
				obs = append(obs, ob)
			}
		}
	})
	return obs
}

func (in *In) reaches(values []any, ob *obligation) bool {
	for _, v := range values {
		for _, have := range in.find(v) {
			if have == ob {
				return true
			}
		}
	}
	return false
}

// walk calls found for the driver's object behind each database/sql value that
// can be reached from v.
func walk(v reflect.Value, depth int, found func(any)) {
	if !v.IsValid() || depth > 8 {
		return
	}
	switch v.Kind() {
	case reflect.Interface:
		walk(v.Elem(), depth+1, found)
	case reflect.Pointer:
		walkPointer(v, depth, found)
	case reflect.Struct:
		if !v.CanAddr() {
			v = addressable(v)
		}
		for i := range v.NumField() {
			f := v.Field(i)
			walk(reflect.NewAt(f.Type(), unsafe.Pointer(f.UnsafeAddr())).Elem(), depth+1, found)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			walk(v.Index(i), depth+1, found)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			walk(v.MapIndex(k), depth+1, found)
		}
	}
}

func addressable(v reflect.Value) reflect.Value {
	p := reflect.New(v.Type()).Elem()
	p.Set(v)
	return p
}

func walkPointer(v reflect.Value, depth int, found func(any)) {
	if v.IsNil() {
		return
	}
	if v.Type().Elem().PkgPath() == "database/sql" {
		if tok := token(v.Interface()); tok != nil {
			found(tok)
		}
		return
	}
	if v.Type().Elem().Kind() == reflect.Struct && v.Type().Elem().PkgPath() == "oracle.test/rt" {
		return
	}
	walk(v.Elem(), depth+1, found)
}

// matchStmts finds the *sql.Stmt of each new driver statement. The pool lists
// the open ones among its dependencies.
func (in *In) matchStmts() {
	if len(in.fresh) == 0 {
		return
	}
	deps := field(reflect.ValueOf(in.db), "dep").MapRange()
	for deps.Next() {
		stmt, ok := deps.Key().Interface().(*sql.Stmt)
		if !ok {
			continue
		}
		if tok, ok := stmtToken(reflect.ValueOf(stmt)).(*fakeStmt); ok && slices.Contains(in.fresh, tok) {
			tok.sql = stmt
		}
	}
	in.fresh = slices.DeleteFunc(in.fresh, func(s *fakeStmt) bool { return s.sql != nil || s.closed })
}

// stmtHeld tells whether the pool counts stmt as open. A Stmt that was closed
// while its rows are not is not on this list, though its driver statement is
// open: then the rows alone are left.
func stmtHeld(db *sql.DB, stmt *sql.Stmt) bool {
	deps := field(reflect.ValueOf(db), "dep").MapRange()
	for deps.Next() {
		if deps.Key().Interface() == any(stmt) {
			return deps.Value().MapIndex(deps.Key()).IsValid()
		}
	}
	return false
}
