// Package sqlx is a stub of github.com/jmoiron/sqlx: real signatures, no bodies.
package sqlx

import (
	"database/sql"

	"stub"
)

type ColScanner interface {
	Columns() ([]string, error)
	Scan(dest ...interface{}) error
	Err() error
}

type Queryer interface {
	Query(query string, args ...interface{}) (*sql.Rows, error)
	Queryx(query string, args ...interface{}) (*Rows, error)
	QueryRowx(query string, args ...interface{}) *Row
}

type Execer interface {
	Exec(query string, args ...interface{}) (sql.Result, error)
}

type binder interface {
	DriverName() string
	Rebind(string) string
	BindNamed(string, interface{}) (string, []interface{}, error)
}

type Ext interface {
	binder
	Queryer
	Execer
}

type Preparer interface {
	Prepare(query string) (*sql.Stmt, error)
}

type rowsi interface {
	Close() error
	Columns() ([]string, error)
	Err() error
	Next() bool
	Scan(...interface{}) error
}

type Row struct {
	err    error
	unsafe bool
	rows   *sql.Rows
}

func (r *Row) Scan(dest ...interface{}) error {
	return stub.Any[error]()
}

func (r *Row) Columns() ([]string, error) {
	return stub.Any[[]string](), stub.Any[error]()
}

func (r *Row) ColumnTypes() ([]*sql.ColumnType, error) {
	return stub.Any[[]*sql.ColumnType](), stub.Any[error]()
}

func (r *Row) Err() error {
	return stub.Any[error]()
}

func (r *Row) SliceScan() ([]interface{}, error) {
	return stub.Any[[]interface{}](), stub.Any[error]()
}

func (r *Row) MapScan(dest map[string]interface{}) error {
	return stub.Any[error]()
}

func (r *Row) StructScan(dest interface{}) error {
	return stub.Any[error]()
}

type DB struct {
	*sql.DB
	driverName string
	unsafe     bool
}

func NewDb(db *sql.DB, driverName string) *DB {
	return stub.Any[*DB]()
}

func Open(driverName, dataSourceName string) (*DB, error) {
	return stub.Any[*DB](), stub.Any[error]()
}

func MustOpen(driverName, dataSourceName string) *DB {
	return stub.Any[*DB]()
}

func Connect(driverName, dataSourceName string) (*DB, error) {
	return stub.Any[*DB](), stub.Any[error]()
}

func MustConnect(driverName, dataSourceName string) *DB {
	return stub.Any[*DB]()
}

func (db *DB) DriverName() string {
	return stub.Any[string]()
}

func (db *DB) Rebind(query string) string {
	return stub.Any[string]()
}

func (db *DB) Unsafe() *DB {
	return stub.Any[*DB]()
}

func (db *DB) BindNamed(query string, arg interface{}) (string, []interface{}, error) {
	return stub.Any[string](), stub.Any[[]interface{}](), stub.Any[error]()
}

func (db *DB) NamedQuery(query string, arg interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (db *DB) NamedExec(query string, arg interface{}) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (db *DB) Select(dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func (db *DB) Get(dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func (db *DB) MustBegin() *Tx {
	return stub.Any[*Tx]()
}

func (db *DB) Beginx() (*Tx, error) {
	return stub.Any[*Tx](), stub.Any[error]()
}

func (db *DB) Queryx(query string, args ...interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (db *DB) QueryRowx(query string, args ...interface{}) *Row {
	return stub.Any[*Row]()
}

func (db *DB) MustExec(query string, args ...interface{}) sql.Result {
	return stub.Any[sql.Result]()
}

func (db *DB) Preparex(query string) (*Stmt, error) {
	return stub.Any[*Stmt](), stub.Any[error]()
}

func (db *DB) PrepareNamed(query string) (*NamedStmt, error) {
	return stub.Any[*NamedStmt](), stub.Any[error]()
}

type Conn struct {
	*sql.Conn
	driverName string
	unsafe     bool
}

type Tx struct {
	*sql.Tx
	driverName string
	unsafe     bool
}

func (tx *Tx) DriverName() string {
	return stub.Any[string]()
}

func (tx *Tx) Rebind(query string) string {
	return stub.Any[string]()
}

func (tx *Tx) Unsafe() *Tx {
	return stub.Any[*Tx]()
}

func (tx *Tx) BindNamed(query string, arg interface{}) (string, []interface{}, error) {
	return stub.Any[string](), stub.Any[[]interface{}](), stub.Any[error]()
}

func (tx *Tx) NamedQuery(query string, arg interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (tx *Tx) NamedExec(query string, arg interface{}) (sql.Result, error) {
	return stub.Any[sql.Result](), stub.Any[error]()
}

func (tx *Tx) Select(dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func (tx *Tx) Queryx(query string, args ...interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

func (tx *Tx) QueryRowx(query string, args ...interface{}) *Row {
	return stub.Any[*Row]()
}

func (tx *Tx) Get(dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func (tx *Tx) MustExec(query string, args ...interface{}) sql.Result {
	return stub.Any[sql.Result]()
}

func (tx *Tx) Preparex(query string) (*Stmt, error) {
	return stub.Any[*Stmt](), stub.Any[error]()
}

func (tx *Tx) Stmtx(stmt interface{}) *Stmt {
	return stub.Any[*Stmt]()
}

func (tx *Tx) NamedStmt(stmt *NamedStmt) *NamedStmt {
	return stub.Any[*NamedStmt]()
}

func (tx *Tx) PrepareNamed(query string) (*NamedStmt, error) {
	return stub.Any[*NamedStmt](), stub.Any[error]()
}

type Stmt struct {
	*sql.Stmt
	unsafe bool
}

func (s *Stmt) Unsafe() *Stmt {
	return stub.Any[*Stmt]()
}

func (s *Stmt) Select(dest interface{}, args ...interface{}) error {
	return stub.Any[error]()
}

func (s *Stmt) Get(dest interface{}, args ...interface{}) error {
	return stub.Any[error]()
}

func (s *Stmt) MustExec(args ...interface{}) sql.Result {
	return stub.Any[sql.Result]()
}

func (s *Stmt) QueryRowx(args ...interface{}) *Row {
	return stub.Any[*Row]()
}

func (s *Stmt) Queryx(args ...interface{}) (*Rows, error) {
	return stub.Any[*Rows](), stub.Any[error]()
}

type Rows struct {
	*sql.Rows
	unsafe  bool
	started bool
	fields  [][]int
	values  []interface{}
}

func (r *Rows) SliceScan() ([]interface{}, error) {
	return stub.Any[[]interface{}](), stub.Any[error]()
}

func (r *Rows) MapScan(dest map[string]interface{}) error {
	return stub.Any[error]()
}

func (r *Rows) StructScan(dest interface{}) error {
	return stub.Any[error]()
}

func Preparex(p Preparer, query string) (*Stmt, error) {
	return stub.Any[*Stmt](), stub.Any[error]()
}

func Select(q Queryer, dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func Get(q Queryer, dest interface{}, query string, args ...interface{}) error {
	return stub.Any[error]()
}

func MustExec(e Execer, query string, args ...interface{}) sql.Result {
	return stub.Any[sql.Result]()
}

func StructScan(rows rowsi, dest interface{}) error {
	return stub.Any[error]()
}

func SliceScan(r ColScanner) ([]interface{}, error) {
	return stub.Any[[]interface{}](), stub.Any[error]()
}

func MapScan(r ColScanner, dest map[string]interface{}) error {
	return stub.Any[error]()
}

func In(query string, args ...interface{}) (string, []interface{}, error) {
	return stub.Any[string](), stub.Any[[]interface{}](), stub.Any[error]()
}
