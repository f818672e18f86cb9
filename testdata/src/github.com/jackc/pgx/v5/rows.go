package pgx

import (
	"github.com/jackc/pgx/v5/pgconn"

	"stub"
)

type Rows interface {
	Close()
	Err() error
	CommandTag() pgconn.CommandTag
	FieldDescriptions() []pgconn.FieldDescription
	Next() bool
	Scan(dest ...any) error
	Values() ([]any, error)
	RawValues() [][]byte
	Conn() *Conn
}

type Row interface {
	Scan(dest ...any) error
}

type CollectableRow interface {
	FieldDescriptions() []pgconn.FieldDescription
	Scan(dest ...any) error
	Values() ([]any, error)
	RawValues() [][]byte
}

type RowToFunc[T any] func(row CollectableRow) (T, error)

func ForEachRow(rows Rows, scans []any, fn func() error) (pgconn.CommandTag, error) {
	return stub.Any[pgconn.CommandTag](), stub.Any[error]()
}

func AppendRows[T any, S ~[]T](slice S, rows Rows, fn RowToFunc[T]) (S, error) {
	return stub.Any[S](), stub.Any[error]()
}

func CollectRows[T any](rows Rows, fn RowToFunc[T]) ([]T, error) {
	return stub.Any[[]T](), stub.Any[error]()
}

func CollectOneRow[T any](rows Rows, fn RowToFunc[T]) (T, error) {
	return stub.Any[T](), stub.Any[error]()
}

func CollectExactlyOneRow[T any](rows Rows, fn RowToFunc[T]) (T, error) {
	return stub.Any[T](), stub.Any[error]()
}

func RowTo[T any](row CollectableRow) (T, error) {
	return stub.Any[T](), stub.Any[error]()
}

func RowToStructByName[T any](row CollectableRow) (T, error) {
	return stub.Any[T](), stub.Any[error]()
}

type Batch struct {
	QueuedQueries []*QueuedQuery
}

func (b *Batch) Queue(query string, arguments ...any) *QueuedQuery {
	return stub.Any[*QueuedQuery]()
}

func (b *Batch) Len() int {
	return stub.Any[int]()
}

type QueuedQuery struct {
	SQL       string
	Arguments []any
}

func (qq *QueuedQuery) Query(fn func(rows Rows) error)           {}
func (qq *QueuedQuery) QueryRow(fn func(row Row) error)          {}
func (qq *QueuedQuery) Exec(fn func(ct pgconn.CommandTag) error) {}

type BatchResults interface {
	Exec() (pgconn.CommandTag, error)
	Query() (Rows, error)
	QueryRow() Row
	Close() error
}
