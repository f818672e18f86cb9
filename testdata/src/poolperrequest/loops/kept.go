package loops

import (
	"database/sql"
	"sync"
)

type round struct{ db *sql.DB }

var current *round

// One for each round, stored and closed there.
func rounds(n int) (last *round) {
	for range n {
		last = oneRound()
	}
	return last
}

func oneRound() *round {
	r := &round{}
	r.db, _ = sql.Open("mysql", "tcp(db)/app")
	current = r
	_ = r.db.Ping()
	r.db.Close()
	return r
}

// Goroutines that a group starts.
func grouped(jobs []string) {
	var wg sync.WaitGroup
	for range jobs {
		wg.Go(func() {
			db, err := sql.Open("mysql", "tcp(db)/app") // want "in each goroutine of a loop.*poolperrequest/goroutine"
			if err != nil {
				return
			}
			defer db.Close()
			_ = db.Ping()
		})
	}
	wg.Wait()
}

// One for each of a list.
func groupedKept(dsns []string) []*sql.DB {
	var wg sync.WaitGroup
	all := make([]*sql.DB, len(dsns))
	for i, dsn := range dsns {
		wg.Go(func() {
			db, err := sql.Open("mysql", dsn)
			if err == nil {
				all[i] = db
			}
		})
	}
	wg.Wait()
	return all
}
