// Package app has its pools from other packages.
package app

import (
	"database/sql"
	"os"
	"strconv"

	"poollimit/xpkg/opener"
	"poollimit/xpkg/store"
	"poollimit/xpkg/tuning"
)

type app struct{ db *sql.DB }

// Opened elsewhere, without a limit.
func Bare(dsn string) (*app, error) {
	db, err := opener.Open(dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &app{db}, nil
}

// Opened elsewhere, limited here.
func LimitedHere(dsn string) (*app, error) {
	db, err := opener.Open(dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &app{db}, nil
}

// Opened and limited elsewhere.
func LimitedThere(dsn string) (*app, error) {
	db, err := opener.OpenLimited(dsn)
	if err != nil {
		return nil, err
	}
	return &app{db}, nil
}

// Opened in one package and limited in another.
func LimitedByThird(dsn string) (*app, error) {
	db, err := opener.Open(dsn)
	if err != nil {
		return nil, err
	}
	tuning.Apply(db)
	return &app{db}, nil
}

// The result of the one that limits is stored.
func LimitedByResult(dsn string) (*app, error) {
	db, err := opener.Open(dsn)
	if err != nil {
		return nil, err
	}
	return &app{tuning.ApplyTo(db, 20)}, nil
}

// By a method of another package.
func LimitedByMethod(dsn string) (*app, error) {
	db, err := opener.Open(dsn)
	if err != nil {
		return nil, err
	}
	tuning.Limits{Open: 20}.Apply(db)
	return &app{db}, nil
}

// The method sets what is 0.
func LimitedByZero(dsn string) (*app, error) {
	db, err := opener.Open(dsn) // want "db has no limit, because SetMaxOpenConns.0. means none.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	tuning.ApplyTo(db, 0)
	return &app{db}, nil
}

// The other package sets other things.
func OtherSettings(dsn string) (*app, error) {
	db, err := opener.Open(dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	tuning.Lifetimes(db)
	return &app{db}, nil
}

// The number is given through two packages.
func Number(dsn string) (*app, error) {
	db, err := store.OpenVia(dsn, 20)
	if err != nil {
		return nil, err
	}
	return &app{db}, nil
}

// And is 0.
func NumberZero(dsn string) (*app, error) {
	db, err := store.OpenVia(dsn, 0) // want "db has no limit, because SetMaxOpenConns.0. means none.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &app{db}, nil
}

// And comes from the environment.
func NumberEnv(dsn string) (*app, error) {
	n, _ := strconv.Atoi(os.Getenv("MAX_OPEN"))
	db, err := opener.OpenIf(dsn, n)
	if err != nil {
		return nil, err
	}
	return &app{db}, nil
}

// One of two purposes has a limit.
func Purpose(dsn string, batch bool) (*app, error) {
	db, err := opener.OpenFor(dsn, batch) // want "db has a limit on some paths only.*poollimit/partial"
	if err != nil {
		return nil, err
	}
	return &app{db}, nil
}

// A configuration that is filled here.
func Config(dsn string) (*app, error) {
	db, err := opener.OpenConfig(opener.Config{Driver: "mysql", DSN: dsn, MaxOpen: 20})
	if err != nil {
		return nil, err
	}
	return &app{db}, nil
}

// A configuration without the field: it is 0.
func ConfigZero(dsn string) (*app, error) {
	db, err := opener.OpenConfig(opener.Config{Driver: "mysql", DSN: dsn}) // want "db has no limit, because SetMaxOpenConns.0. means none.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &app{db}, nil
}

// A configuration of an embedded database.
func ConfigEmbedded(path string) (*app, error) {
	db, err := opener.OpenConfig(opener.Config{Driver: "sqlite3", DSN: path})
	if err != nil {
		return nil, err
	}
	return &app{db}, nil
}

// A pool that came back under another type.
type pinger struct{ q opener.Querier }

func Hidden(dsn string) (*pinger, error) {
	q, err := opener.OpenQuerier(dsn) // want "q has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &pinger{q}, nil
}

type holder struct{ s *store.Store }

// The accessor gives access to the limit.
func HolderLimited(dsn string) (*holder, error) {
	s, err := store.New(dsn)
	if err != nil {
		return nil, err
	}
	s.DB().SetMaxOpenConns(20)
	return &holder{s}, nil
}

// The accessor's pool goes to a helper.
func HolderTuned(dsn string) (*holder, error) {
	s, err := store.New(dsn)
	if err != nil {
		return nil, err
	}
	tuning.Apply(s.DB())
	return &holder{s}, nil
}

type sealed struct{ s *store.Sealed }

// The package has judged its own pool.
func SealedThere(dsn string) (*sealed, error) {
	s, err := store.NewSealed(dsn)
	if err != nil {
		return nil, err
	}
	return &sealed{s}, nil
}

// A pool that is given to the other package settles there, but is judged here.
func GivenAway(dsn string) (*sealed, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &sealed{store.Given(db)}, nil
}
