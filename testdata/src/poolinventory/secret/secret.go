// Package secret has passwords in its data source names.
package secret

import (
	"database/sql"
	"fmt"
	"os"
)

func constant() (*sql.DB, error) {
	return sql.Open("mysql", "orders:hunter2@tcp(db.internal:3306)/orders") // want `the data source name of database/sql.Open holds a password: whoever reads the source or the binary has it \[poolinventory/dsnsecret\]`
}

func byURL() (*sql.DB, error) {
	return sql.Open("pgx", "postgres://orders:hunter2@db.internal/orders") // want `poolinventory/dsnsecret`
}

func byPairs() (*sql.DB, error) {
	return sql.Open("postgres", "host=db.internal user=orders password=hunter2") // want `poolinventory/dsnsecret`
}

func inFormat(host string) (*sql.DB, error) {
	return sql.Open("mysql", fmt.Sprintf("orders:hunter2@tcp(%s)/orders", host)) // want `poolinventory/dsnsecret`
}

func withoutPassword() (*sql.DB, error) {
	return sql.Open("mysql", "orders@tcp(db.internal:3306)/orders")
}

func loopback() (*sql.DB, error) {
	return sql.Open("mysql", "orders:hunter2@tcp(127.0.0.1:3306)/orders")
}

func localhost() (*sql.DB, error) {
	return sql.Open("mysql", "orders:hunter2@tcp(localhost:3306)/orders")
}

func socket() (*sql.DB, error) {
	return sql.Open("mysql", "orders:hunter2@unix(/run/mysqld/mysqld.sock)/orders")
}

func fromEnvironment() (*sql.DB, error) {
	return sql.Open("mysql", os.Getenv("DATABASE_URL"))
}

func passwordFromElsewhere(password string) (*sql.DB, error) {
	return sql.Open("mysql", fmt.Sprintf("orders:%s@tcp(db.internal)/orders", password))
}
