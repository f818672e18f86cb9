// Package sqlite is a stub of gorm.io/driver/sqlite: real signatures, no bodies.
package sqlite

import (
	"gorm.io/gorm"

	"stub"
)

func Open(dsn string) gorm.Dialector { return stub.Any[gorm.Dialector]() }
