// Package gorm is a stub of gorm.io/gorm: real signatures, no bodies.
package gorm

import (
	"context"
	"database/sql"

	"stub"
)

type Dialector interface {
	Name() string
	Initialize(*DB) error
}

type Option interface {
	AfterInitialize(*DB) error
}

type Config struct{ PrepareStmt bool }

func (c *Config) AfterInitialize(db *DB) error {
	return stub.Any[error]()
}

type DB struct {
	*Config
	Error        error
	RowsAffected int64
}

func Open(dialector Dialector, opts ...Option) (db *DB, err error) {
	return stub.Any[*DB](), stub.Any[error]()
}

func (db *DB) AddError(err error) error {
	return stub.Any[error]()
}

func (db *DB) AutoMigrate(dst ...interface{}) error {
	return stub.Any[error]()
}

func (db *DB) Begin(opts ...*sql.TxOptions) *DB {
	return stub.Any[*DB]()
}

func (db *DB) Commit() *DB {
	return stub.Any[*DB]()
}

func (db *DB) Rollback() *DB {
	return stub.Any[*DB]()
}

func (db *DB) DB() (*sql.DB, error) {
	return stub.Any[*sql.DB](), stub.Any[error]()
}

func (db *DB) Row() *sql.Row {
	return stub.Any[*sql.Row]()
}

func (db *DB) Rows() (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (db *DB) ScanRows(rows *sql.Rows, dest interface{}) error {
	return stub.Any[error]()
}

func (db *DB) Connection(fc func(tx *DB) error) (err error) {
	return stub.Any[error]()
}

func (db *DB) Create(value interface{}) (tx *DB) {
	return stub.Any[*DB]()
}

func (db *DB) Exec(sql string, values ...interface{}) (tx *DB) {
	return stub.Any[*DB]()
}

func (db *DB) Find(dest interface{}, conds ...interface{}) (tx *DB) {
	return stub.Any[*DB]()
}

func (db *DB) Model(value interface{}) (tx *DB) {
	return stub.Any[*DB]()
}

func (db *DB) Raw(sql string, values ...interface{}) (tx *DB) {
	return stub.Any[*DB]()
}

func (db *DB) Select(query interface{}, args ...interface{}) (tx *DB) {
	return stub.Any[*DB]()
}

func (db *DB) Table(name string, args ...interface{}) (tx *DB) {
	return stub.Any[*DB]()
}

func (db *DB) Where(query interface{}, args ...interface{}) (tx *DB) {
	return stub.Any[*DB]()
}

func (db *DB) WithContext(ctx context.Context) *DB {
	return stub.Any[*DB]()
}

func (db *DB) Transaction(fc func(tx *DB) error, opts ...*sql.TxOptions) (err error) {
	return stub.Any[error]()
}
