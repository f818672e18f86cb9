package sqlx

import (
	"context"
	"database/sql"

	"stub"
)

type NamedStmt struct {
	Params      []string
	QueryString string
	Stmt        *Stmt
}

func (n *NamedStmt) Close() error {
	return stub.Any[error]()
}

func (n *NamedStmt) Exec(arg interface{}) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (n *NamedStmt) Query(arg interface{}) (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (n *NamedStmt) QueryRow(arg interface{}) *Row {
	return stub.Any[*Row]()
}

func (n *NamedStmt) MustExec(arg interface{}) sql.Result {
	return stub.Any[sql.Result]()
}

func (n *NamedStmt) Queryx(arg interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (n *NamedStmt) QueryRowx(arg interface{}) *Row {
	return stub.Any[*Row]()
}

func (n *NamedStmt) Select(dest interface{}, arg interface{}) error {
	return stub.Any[error]()
}

func (n *NamedStmt) Get(dest interface{}, arg interface{}) error {
	return stub.Any[error]()
}

func (n *NamedStmt) Unsafe() *NamedStmt {
	return stub.Any[*NamedStmt]()
}

func (n *NamedStmt) ExecContext(ctx context.Context, arg interface{}) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (n *NamedStmt) QueryContext(ctx context.Context, arg interface{}) (*sql.Rows, error) {
	return stub.Any[*sql.Rows](), stub.Any[error]()
}

func (n *NamedStmt) QueryRowContext(ctx context.Context, arg interface{}) *Row {
	return stub.Any[*Row]()
}

func (n *NamedStmt) QueryxContext(ctx context.Context, arg interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (n *NamedStmt) QueryRowxContext(ctx context.Context, arg interface{}) *Row {
	return stub.Any[*Row]()
}

func (n *NamedStmt) SelectContext(ctx context.Context, dest interface{}, arg interface{}) error {
	return stub.Any[error]()
}

func (n *NamedStmt) GetContext(ctx context.Context, dest interface{}, arg interface{}) error {
	return stub.Any[error]()
}

func NamedQuery(e Ext, query string, arg interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func NamedExec(e Ext, query string, arg interface{}) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func Named(query string, arg interface{}) (string, []interface{}, error) {
	return stub.Any[string](), stub.Any[[]interface{}](), stub.Any[error]()
}

func NamedQueryContext(ctx context.Context, e ExtContext, query string, arg interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func NamedExecContext(ctx context.Context, e ExtContext, query string, arg interface{}) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}
