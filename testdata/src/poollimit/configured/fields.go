package configured

import (
	"database/sql"
	"log"
)

// fieldStore opens into its field.
type fieldStore struct{ db *sql.DB }

func (s *fieldStore) Open(dsn string) (err error) {
	if s.db, err = sql.Open("mysql", dsn); err != nil {
		return err
	}
	s.db.SetMaxOpenConns(20)
	return nil
}

// tunedStore has a method set the limit of what another has opened.
type tunedStore struct{ db *sql.DB }

func (s *tunedStore) Open(dsn string) (err error) {
	if s.db, err = sql.Open("mysql", dsn); err != nil {
		return err
	}
	s.tune()
	return nil
}

func (s *tunedStore) tune() { s.db.SetMaxOpenConns(20) }

var tuned *sql.DB

// A function that takes the variable is called by the one that has filled it.
func initTuned(dsn string) (err error) {
	if tuned, err = sql.Open("mysql", dsn); err != nil {
		return err
	}
	tuneGlobal()
	return nil
}

func tuneGlobal() { tuned.SetMaxOpenConns(20) }

var atInit, errAtInit = sql.Open("mysql", "tcp(db)/app")

// A variable that is initialized where it is declared.
func init() {
	if errAtInit != nil {
		log.Fatal(errAtInit)
	}
	atInit.SetMaxOpenConns(20)
}

var holder struct{ db *sql.DB }

// A field of a variable.
func initHolder(dsn string) (err error) {
	if holder.db, err = sql.Open("mysql", dsn); err != nil {
		return err
	}
	holder.db.SetMaxOpenConns(20)
	return nil
}

var named = map[string]*sql.DB{}

// An element of a map.
func initNamed(name, dsn string) (err error) {
	if named[name], err = sql.Open("mysql", dsn); err != nil {
		return err
	}
	named[name].SetMaxOpenConns(20)
	return nil
}
