// Package mysql is a stub of github.com/go-sql-driver/mysql: real signatures, no bodies.
package mysql

import (
	"database/sql/driver"

	"stub"
)

type Config struct {
	User   string
	Passwd string
	Net    string
	Addr   string
	DBName string
}

func NewConfig() *Config { return stub.Any[*Config]() }

func ParseDSN(dsn string) (cfg *Config, err error) {
	return stub.Any[*Config](), stub.Any[error]()
}

func (cfg *Config) FormatDSN() string { return stub.Any[string]() }

func NewConnector(cfg *Config) (driver.Connector, error) {
	return stub.Any[driver.Connector](), stub.Any[error]()
}
