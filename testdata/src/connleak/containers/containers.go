// Package containers has resources in structs in slices, maps and lists.
package containers

import (
	"context"
	"database/sql"
)

type Writer struct{ conn *sql.Conn }

func NewWriter(c *sql.Conn) *Writer { return &Writer{conn: c} }

func Literal(ctx context.Context, db *sql.DB, n int) (ws []*Writer, err error) {
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx)
		if err != nil {
			for _, w := range ws {
				w.conn.Close()
			}
			return nil, err
		}
		ws = append(ws, &Writer{conn: conn})
	}
	return ws, nil
}

func Indexed(ctx context.Context, db *sql.DB, n int) ([]*Writer, error) {
	ws := make([]*Writer, n)
	for i := range ws {
		conn, err := db.Conn(ctx)
		if err != nil {
			for _, w := range ws[:i] {
				w.conn.Close()
			}
			return nil, err
		}
		ws[i] = NewWriter(conn)
	}
	return ws, nil
}

func Map(ctx context.Context, db *sql.DB, names []string) map[string]*Writer {
	ws := map[string]*Writer{}
	for _, name := range names {
		conn, err := db.Conn(ctx)
		if err != nil {
			panic(err)
		}
		ws[name] = NewWriter(conn)
	}
	return ws
}

type Shard struct{ db *sql.DB }

func (s *Shard) Close() error { return s.db.Close() }

func Shards(dsns []string) []*Shard {
	var shards []*Shard
	for _, dsn := range dsns {
		db, err := sql.Open("sqlite3", dsn)
		if err != nil {
			panic(err)
		}
		shards = append(shards, &Shard{db})
	}
	return shards
}

func ClosedAfterwards(ctx context.Context, db *sql.DB, n int) {
	var ws []*Writer
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx)
		if err != nil {
			panic(err)
		}
		ws = append(ws, NewWriter(conn))
	}
	for _, w := range ws {
		w.conn.Close()
	}
}

func Raw(ctx context.Context, db *sql.DB, n int) (conns []*sql.Conn) {
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx)
		if err != nil {
			panic(err)
		}
		conns = append(conns, conn)
	}
	return conns
}

// Structs as values.
func Values(ctx context.Context, db *sql.DB, n int) (ws []Writer) {
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx)
		if err != nil {
			panic(err)
		}
		ws = append(ws, Writer{conn: conn})
	}
	return ws
}

// A list of what is to be released.
func Cleanups(ctx context.Context, db *sql.DB, n int) {
	var cleanups []func() error
	defer func() {
		for _, f := range cleanups {
			f()
		}
	}()
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx)
		if err != nil {
			panic(err)
		}
		cleanups = append(cleanups, conn.Close)
	}
}

func MethodValues(ctx context.Context, db *sql.DB, n int) (cleanups []func() error) {
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx)
		if err != nil {
			panic(err)
		}
		cleanups = append(cleanups, conn.Close)
	}
	return cleanups
}

func Closures(ctx context.Context, db *sql.DB, n int) (cleanups []func()) {
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx)
		if err != nil {
			panic(err)
		}
		w := &Writer{conn}
		cleanups = append(cleanups, func() { w.conn.Close() })
	}
	return cleanups
}

type Pool struct{ ws []*Writer }

// The slice is a field of a struct made here.
func LocalPool(ctx context.Context, db *sql.DB, n int) *Pool {
	p := &Pool{}
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx)
		if err != nil {
			panic(err)
		}
		p.ws = append(p.ws, &Writer{conn})
	}
	return p
}

type node struct {
	w    *Writer
	next *node
}

func List(ctx context.Context, db *sql.DB, n int) (head *node) {
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx)
		if err != nil {
			panic(err)
		}
		head = &node{w: &Writer{conn}, next: head}
	}
	return head
}

type cursor struct{ rows *sql.Rows }

func Cursors(ctx context.Context, db *sql.DB, queries []string) (cs []*cursor, err error) {
	for _, q := range queries {
		rows, err := db.QueryContext(ctx, q)
		if err != nil {
			for _, c := range cs {
				c.rows.Close()
			}
			return nil, err
		}
		cs = append(cs, &cursor{rows: rows})
	}
	return cs, nil
}

func LeakStruct(ctx context.Context, db *sql.DB, n int) {
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
		if err != nil {
			panic(err)
		}
		w := &Writer{conn: conn}
		_ = w
	}
}

func LeakSlice(ctx context.Context, db *sql.DB, n int) {
	var ws []*Writer
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
		if err != nil {
			panic(err)
		}
		ws = append(ws, &Writer{conn: conn})
	}
	println(len(ws))
}

func LeakValues(ctx context.Context, db *sql.DB, n int) {
	var ws []Writer
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
		if err != nil {
			panic(err)
		}
		ws = append(ws, Writer{conn: conn})
	}
	println(len(ws))
}

func LeakErr(ctx context.Context, db *sql.DB, n int) ([]*Writer, error) {
	var ws []*Writer
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx) // want "conn.*connleak/conn"
		if err != nil {
			return nil, err
		}
		ws = append(ws, &Writer{conn: conn})
	}
	return ws, nil
}
func ValuesClosed(ctx context.Context, db *sql.DB, n int) error {
	var ws []Writer
	defer func() {
		for _, w := range ws {
			w.conn.Close()
		}
	}()
	for i := 0; i < n; i++ {
		conn, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		ws = append(ws, Writer{conn: conn})
	}
	return nil
}
