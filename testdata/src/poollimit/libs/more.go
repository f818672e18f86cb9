package libs

import (
	"context"
	"database/sql"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/uptrace/bun"
)

// Pgx stores a pool of pgx, which has a limit of its own.
type Pgx struct{ pool *pgxpool.Pool }

// PgxNew may have pool_max_conns in its connection string.
func PgxNew(ctx context.Context, dsn string) (*Pgx, error) {
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return nil, err
	}
	return &Pgx{pool}, nil
}

// PgxConfig sets the limit.
func PgxConfig(ctx context.Context, dsn string) (*Pgx, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	cfg.MaxConns = 20
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return &Pgx{pool}, nil
}

// Bun stores a pool of bun.
type Bun struct{ db *bun.DB }

// BunConnector opens a pool by a connector.
func BunConnector(cfg *mysql.Config) (*Bun, error) {
	c, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(c) // want "pool has no limit.*poollimit/unbounded"
	return &Bun{bun.NewDB(pool, nil)}, nil
}

// BunLimited sets the limit of the pool below.
func BunLimited(cfg *mysql.Config) (*Bun, error) {
	c, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, err
	}
	db := bun.NewDB(sql.OpenDB(c), nil)
	db.SetMaxOpenConns(20)
	return &Bun{db}, nil
}

// A Wrapper embeds the pool.
type Wrapper struct {
	*sql.DB
	name string
}

// A Nested embeds what embeds it.
type Nested struct{ *Wrapper }

// nested keeps its type from callers.
type hidden struct{ n Nested }

// NestedLimited sets the limit through two levels.
func NestedLimited(dsn string) (*hidden, error) {
	db, err := sql.Open("mysql", dsn)
	if err != nil {
		return nil, err
	}
	n := Nested{&Wrapper{DB: db, name: "main"}}
	n.SetMaxOpenConns(20)
	return &hidden{n}, nil
}

// other is not configured anywhere.
type other struct{ w *Wrapper2 }

// A Wrapper2 embeds the pool by value of a pointer, too.
type Wrapper2 struct{ *sql.DB }

// NestedBare sets no limit.
func NestedBare(dsn string) (*other, error) {
	db, err := sql.Open("mysql", dsn) // want "db has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &other{&Wrapper2{db}}, nil
}
