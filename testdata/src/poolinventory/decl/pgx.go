package decl

import (
	"context"

	"github.com/jackc/pgx/v5/pgxpool"
)

var pools []*pgxpool.Pool

// The limit that pgxpool has of itself.
func pgxDefault(ctx context.Context) error {
	p, err := pgxpool.New(ctx, "postgres://db.internal:5432/orders")
	if err != nil {
		return err
	}
	pools = append(pools, p)
	return nil
}

// In the data source name.
func pgxParam(ctx context.Context) error {
	p, err := pgxpool.New(ctx, "postgres://db.internal:5432/orders?pool_max_conns=7")
	if err != nil {
		return err
	}
	pools = append(pools, p)
	return nil
}

// In the configuration.
func pgxConfig(ctx context.Context) error {
	c, err := pgxpool.ParseConfig("postgres://db.internal:5432/orders")
	if err != nil {
		return err
	}
	c.MaxConns = 12
	p, err := pgxpool.NewWithConfig(ctx, c)
	if err != nil {
		return err
	}
	pools = append(pools, p)
	return nil
}

// In a configuration that a helper makes: not known.
func pgxHelper(ctx context.Context) error {
	c, err := configuration()
	if err != nil {
		return err
	}
	p, err := pgxpool.NewWithConfig(ctx, c)
	if err != nil {
		return err
	}
	pools = append(pools, p)
	return nil
}

func configuration() (*pgxpool.Config, error) {
	c, err := pgxpool.ParseConfig("postgres://db.internal:5432/orders")
	if err == nil {
		c.MaxConns = 3
	}
	return c, err
}
