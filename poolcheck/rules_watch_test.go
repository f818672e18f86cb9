package poolcheck_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/connvet/connvet/internal/fakeserver"
	"github.com/connvet/connvet/poolcheck"
)

// C35 warns when the number of prepared statements has risen in five ticks in a row.
func TestRisingStatements(t *testing.T) {
	server := fakeserver.Start(t, fakeserver.Config{Status: map[string]string{"Prepared_stmt_count": "0"}})
	s := &stage{TB: t, world: fake{fakeMySQL, server}}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	counts := []int{0, 1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 10, 3}
	var got []poolcheck.Status
	err := poolcheck.Watch(ctx, s.open("root", nil), small, time.Millisecond, func(r *poolcheck.Report) {
		got = append(got, verdictOf(t, r, "C35").Status)
		if len(got) == len(counts) {
			cancel()
			return
		}
		server.Update(func(c *fakeserver.Config) { c.Status["Prepared_stmt_count"] = strconv.Itoa(counts[len(got)]) })
	})
	if err != nil {
		t.Fatal(err)
	}
	// 5, 6, 7, 8 are four in a row, 9 is the fifth, and 3 is a fall.
	for i, want := range []poolcheck.Status{0: "pass", 4: "pass", 9: "pass", 10: "warn", 11: "warn", 12: "pass"} {
		if want != "" && got[i] != want {
			t.Errorf("tick %d, %d statements: %s, want %s", i, counts[i], got[i], want)
		}
	}
}
