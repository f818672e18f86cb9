package oracle

import (
	"strings"
	"testing"
	"time"

	"github.com/connvet/connvet/passes/internal/oracle/rt"
)

// TestWatch: a program without an end takes no other with it.
func TestWatch(t *testing.T) {
	tests := []struct{ name, src, dropped string }{
		{"fine", `
func judged_§(in *In, db *sql.DB) {
	db.Ping()
}`, ""},
		{"waits for its own connection", `
func judged_§(in *In, db *sql.DB) {
	db.SetMaxOpenConns(1)
	db.Query("q")
	db.Ping()
}`, rt.Hangs},
		{"waits with a timer set", `
func judged_§(in *In, db *sql.DB) {
	ctx, cancel := context.WithTimeout(context.Background(), 1<<50)
	defer cancel()
	conn, _ := db.Conn(ctx)
	conn.QueryContext(context.Background(), "q")
	conn.Close()
}`, rt.Hangs},
		{"panics before its defer waits", `
func judged_§(in *In, db *sql.DB) {
	conn, err := db.Conn(context.Background())
	if err != nil {
		return
	}
	⟦defer conn.Close()|defer fr.Close(¶, conn)⟧
	conn.QueryContext(context.Background(), "q")
	var tx *sql.Tx
	tx.Rollback()
}`, "panic"},
		{"computes for ever", `
func judged_§(in *In, db *sql.DB) {
	⟦for {|for i := 0; ; i++ {⟧
	}
}`, rt.NoEnd},
		{"ends its process", `
func judged_§(in *In, db *sql.DB) {
	⟦|go func() { panic("elsewhere") }(); select {}⟧
}`, "crash: run.exe: exit status 2"},
		{"fine behind them", `
func judged_§(in *In, db *sql.DB) {
	db.Ping()
}`, ""},
	}
	e, err := newExecutor(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	e.longest = time.Second
	var programs []*Program
	for _, tt := range tests {
		programs = append(programs, instrument(tt.src))
	}
	results, err := e.run(t.Context(), programs)
	if err != nil {
		t.Fatal(err)
	}
	for i, tt := range tests {
		if got := results[i].Dropped; (got == "") != (tt.dropped == "") || !strings.HasPrefix(got, tt.dropped) || got == "" && results[i].Runs == 0 {
			t.Errorf("%s: %q after %d runs, want %q", tt.name, got, results[i].Runs, tt.dropped)
		}
	}
}
