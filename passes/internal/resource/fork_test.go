package resource

import "testing"

func TestForkName(t *testing.T) {
	for path, want := range map[string]string{
		"sqlx":                      "sqlx",
		"github.com/jmoiron/sqlx":   "sqlx",
		"example.com/sqlx/v2":       "sqlx",
		"example.com/sqlx-v2":       "sqlx",
		"gopkg.in/sqlx.v1":          "sqlx",
		"example.com/go-sqlx/v3":    "sqlx",
		"example.com/sqlx/reflectx": "reflectx",
		"example.com/my-sqlx-vault": "my-sqlx-vault",
		"example.com/v2":            "example.com",
	} {
		if got := forkName(path); got != want {
			t.Errorf("%s is called %q, want %q", path, got, want)
		}
	}
}
