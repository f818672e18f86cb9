package settles

import "database/sql"

type querier interface {
	Query(query string, args ...any) (*sql.Rows, error)
}

type driverOptions struct{ db querier }

type Driver struct{ driverOptions }

func newDriver(o driverOptions) *Driver { return &Driver{o} }

// In a field that shows no more of it than Query, the pool is not seen any more:
// who has the driver may know how to get at it.
func OpenDriver(dsn string) (*Driver, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	return newDriver(driverOptions{db}), nil
}
