package app

import "poollimit/xpkg/opener"

// What another package keeps is reported there, not for each use.
func pingShared() error { return opener.Shared().Ping() }

func pingAgain() error { return opener.Shared().Ping() }

// Configured by the caller.
func start() error {
	db, err := opener.Init()
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(8)
	return nil
}

// Not configured by the caller either.
func startBare() error {
	db, err := opener.Init() // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return err
	}
	return db.Ping()
}
