package libs

import (
	"database/sql"

	"gorm.io/driver/mysql"
	"gorm.io/gorm"
)

// Gorm stores a pool of gorm.
type Gorm struct{ db *gorm.DB }

// GormBare sets no limit.
func GormBare(dsn string) (*Gorm, error) {
	db, err := gorm.Open(mysql.Open(dsn), &gorm.Config{}) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &Gorm{db}, nil
}

// GormLimited sets the limit of what DB lends.
func GormLimited(dsn string) (*Gorm, error) {
	db, err := gorm.Open(mysql.Open(dsn), &gorm.Config{})
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(20)
	return &Gorm{db}, nil
}

// GormOther asks for the pool and sets something else.
func GormOther(dsn string) (*Gorm, error) {
	db, err := gorm.Open(mysql.New(mysql.Config{DSN: dsn})) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	pool, err := db.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxIdleConns(20)
	return &Gorm{db}, nil
}

// GormHelper has a helper that asks.
func GormHelper(dsn string) (*Gorm, error) {
	db, err := gorm.Open(mysql.Open(dsn))
	if err != nil {
		return nil, err
	}
	if err := limitGorm(db, 20); err != nil {
		return nil, err
	}
	return &Gorm{db}, nil
}

func limitGorm(db *gorm.DB, n int) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(n)
	return nil
}

// GormIf sets the limit where DB has no error.
func GormIf(dsn string) (*Gorm, error) {
	db, err := gorm.Open(mysql.Open(dsn))
	if err != nil {
		return nil, err
	}
	if pool, err := db.DB(); err == nil {
		pool.SetMaxOpenConns(20)
	}
	return &Gorm{db}, nil
}

// GormDebug stores the pool in a session of it.
func GormDebug(dsn string) (*Gorm, error) {
	db, err := gorm.Open(mysql.Open(dsn)) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &Gorm{db: db.Model("users")}, nil
}

// GormPool returns what gorm has opened: the caller settles it.
func GormPool(dsn string) (*sql.DB, error) {
	db, err := gorm.Open(mysql.Open(dsn))
	if err != nil {
		return nil, err
	}
	return db.DB()
}
