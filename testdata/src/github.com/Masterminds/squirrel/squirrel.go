// Package squirrel is a stub of github.com/Masterminds/squirrel: real signatures, no bodies.
package squirrel

import (
	"context"
	"database/sql"

	"stub"
)

type Sqlizer interface {
	ToSql() (string, []interface{}, error)
}

type Eq map[string]interface{}

func (eq Eq) ToSql() (sql string, args []interface{}, err error) {
	return stub.Any[string](), stub.Any[[]interface{}](), stub.Any[error]()
}

type Execer interface {
	Exec(query string, args ...interface{}) (sql.Result, error)
}

type Queryer interface {
	Query(query string, args ...interface{}) (*sql.Rows, error)
}

type QueryerContext interface {
	QueryContext(ctx context.Context, query string, args ...interface{}) (*sql.Rows, error)
}

type QueryRower interface {
	QueryRow(query string, args ...interface{}) RowScanner
}

type BaseRunner interface {
	Execer
	Queryer
}

type RowScanner interface {
	Scan(...interface{}) error
}

type Row struct {
	RowScanner
	err error
}

func (r *Row) Scan(dest ...interface{}) error {
	return stub.Any[error]()
}

type PlaceholderFormat interface {
	ReplacePlaceholders(sql string) (string, error)
}

type StatementBuilderType struct{}

func (b StatementBuilderType) Select(columns ...string) SelectBuilder {
	return stub.Any[SelectBuilder]()
}

func (b StatementBuilderType) Insert(into string) InsertBuilder {
	return stub.Any[InsertBuilder]()
}

func (b StatementBuilderType) PlaceholderFormat(f PlaceholderFormat) StatementBuilderType {
	return stub.Any[StatementBuilderType]()
}

func (b StatementBuilderType) RunWith(runner BaseRunner) StatementBuilderType {
	return stub.Any[StatementBuilderType]()
}

var StatementBuilder StatementBuilderType

func Select(columns ...string) SelectBuilder {
	return stub.Any[SelectBuilder]()
}

func Insert(into string) InsertBuilder {
	return stub.Any[InsertBuilder]()
}

func QueryWith(db Queryer, s Sqlizer) (rows *sql.Rows, err error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func QueryContextWith(ctx context.Context, db QueryerContext, s Sqlizer) (rows *sql.Rows, err error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func QueryRowWith(db QueryRower, s Sqlizer) RowScanner {
	return stub.Any[RowScanner]()
}

type SelectBuilder struct{}

func (b SelectBuilder) RunWith(runner BaseRunner) SelectBuilder {
	return stub.Any[SelectBuilder]()
}

func (b SelectBuilder) PlaceholderFormat(f PlaceholderFormat) SelectBuilder {
	return stub.Any[SelectBuilder]()
}

func (b SelectBuilder) Columns(columns ...string) SelectBuilder {
	return stub.Any[SelectBuilder]()
}

func (b SelectBuilder) From(from string) SelectBuilder {
	return stub.Any[SelectBuilder]()
}

func (b SelectBuilder) Where(pred interface{}, args ...interface{}) SelectBuilder {
	return stub.Any[SelectBuilder]()
}

func (b SelectBuilder) OrderBy(orderBys ...string) SelectBuilder {
	return stub.Any[SelectBuilder]()
}

func (b SelectBuilder) Limit(limit uint64) SelectBuilder {
	return stub.Any[SelectBuilder]()
}

func (b SelectBuilder) ToSql() (string, []interface{}, error) {
	return stub.Any[string](), stub.Any[[]interface{}](), stub.Any[error]()
}

func (b SelectBuilder) Query() (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (b SelectBuilder) QueryContext(ctx context.Context) (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (b SelectBuilder) QueryRow() RowScanner {
	return stub.Any[RowScanner]()
}

func (b SelectBuilder) QueryRowContext(ctx context.Context) RowScanner {
	return stub.Any[RowScanner]()
}

func (b SelectBuilder) Scan(dest ...interface{}) error {
	return stub.Any[error]()
}

type InsertBuilder struct{}

func (b InsertBuilder) RunWith(runner BaseRunner) InsertBuilder {
	return stub.Any[InsertBuilder]()
}

func (b InsertBuilder) Columns(columns ...string) InsertBuilder {
	return stub.Any[InsertBuilder]()
}

func (b InsertBuilder) Values(values ...interface{}) InsertBuilder {
	return stub.Any[InsertBuilder]()
}

func (b InsertBuilder) Suffix(sql string, args ...interface{}) InsertBuilder {
	return stub.Any[InsertBuilder]()
}

func (b InsertBuilder) Exec() (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (b InsertBuilder) Query() (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (b InsertBuilder) QueryRow() RowScanner {
	return stub.Any[RowScanner]()
}

func (b InsertBuilder) ToSql() (string, []interface{}, error) {
	return stub.Any[string](), stub.Any[[]interface{}](), stub.Any[error]()
}
