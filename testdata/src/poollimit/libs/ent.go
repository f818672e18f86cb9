package libs

import (
	"database/sql"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// EntClient stores a driver of ent, as generated clients do.
type EntClient struct{ driver dialect.Driver }

// EntBare sets no limit.
func EntBare(dsn string) (*EntClient, error) {
	drv, err := entsql.Open("mysql", dsn) // want "drv has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &EntClient{drv}, nil
}

// EntLimited sets the limit of what DB lends.
func EntLimited(dsn string) (*EntClient, error) {
	drv, err := entsql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	drv.DB().SetMaxOpenConns(20)
	return &EntClient{drv}, nil
}

// EntOver has a pool of its own.
func EntOver(dsn string) (*EntClient, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return &EntClient{entsql.OpenDB("mysql", db)}, nil
}

// EntOverBare has one without a limit.
func EntOverBare(dsn string) (*EntClient, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &EntClient{entsql.OpenDB("mysql", db)}, nil
}
