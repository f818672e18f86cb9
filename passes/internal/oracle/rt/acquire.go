package rt

import (
	"database/sql"
	"reflect"
)

// is tells whether tok is the driver's object behind ob.
func (ob *obligation) is(tok any) bool {
	stmt, ok := tok.(*sql.Stmt)
	if !ok {
		return ob.tok == tok
	}
	s, ok := ob.tok.(*fakeStmt)
	if !ok {
		return false
	}
	s.c.in.matchStmts()
	return s.sql == stmt || s.sql == nil && stmtToken(reflect.ValueOf(stmt)) == any(s)
}

// acquire books a new resource on the function that runs.
func (in *In) acquire(kind string, tok any, open func() bool) *obligation {
	ob := &obligation{kind: kind, tok: tok, isOpen: open, free: in.dead}
	in.obs = append(in.obs, ob)
	if in.cur == nil {
		ob.free = true
		return ob
	}
	in.own(ob, in.cur, []int{in.cur.line}, nil)
	return ob
}

// pins tells whether ob, while open, takes one connection of the lent pool.
func (ob *obligation) pins(in *In) bool {
	switch tok := ob.tok.(type) {
	case *fakeRows:
		return tok.pins
	case *fakeTx:
		return tok.pins
	case *lease:
		return tok.c.c == in.conn
	}
	return false
}
