package loops

import "database/sql"

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
