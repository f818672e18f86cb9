// Package mysql is a stub of gorm.io/driver/mysql: real signatures, no bodies.
package mysql

import (
	"gorm.io/gorm"

	"stub"
)

type Config struct{ DSN string }

func Open(dsn string) gorm.Dialector { return stub.Any[gorm.Dialector]() }

func New(config Config) gorm.Dialector { return stub.Any[gorm.Dialector]() }
