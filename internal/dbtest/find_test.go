package dbtest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// onlyMariaDB makes it so that MySQL is not installed, as on a system where mysqld
// is another name of mariadbd.
func onlyMariaDB(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell script")
	}
	dir := t.TempDir()
	script := "#!/bin/sh\necho 'mysqld  Ver 10.11.19-MariaDB for Linux'\n"
	if err := os.WriteFile(filepath.Join(dir, "mysqld"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	t.Setenv(mysqlRoot, "")
}

// MariaDB under MySQL's name is not MySQL. A directory that the user has named must
// be there.
func TestFindMySQL(t *testing.T) {
	onlyMariaDB(t)
	if _, err := findMySQL(); !errors.Is(err, ErrNotInstalled) {
		t.Errorf("MariaDB: %v", err)
	}
	t.Setenv(mysqlRoot, t.TempDir())
	if _, err := findMySQL(); err == nil || errors.Is(err, ErrNotInstalled) {
		t.Errorf("an empty directory: %v", err)
	}
}

// A fakeTB notes how a test ended.
type fakeTB struct{ ended string }

func (f *fakeTB) Helper()                        {}
func (f *fakeTB) Cleanup(func())                 {}
func (f *fakeTB) Logf(string, ...any)            {}
func (f *fakeTB) Skipf(format string, a ...any)  { f.ended = "skipped: " + fmt.Sprintf(format, a...) }
func (f *fakeTB) Fatalf(format string, a ...any) { f.ended = "failed: " + fmt.Sprintf(format, a...) }

// A server that is not there skips a test, unless it is required. One that is
// misconfigured fails it.
func TestRun(t *testing.T) {
	empty := t.TempDir()
	for _, test := range []struct {
		name, root, required, want string
	}{
		{"missing", "", "", "skipped: mysql: "},
		{"required", "", "1", "failed: mysql: "},
		{"wrong", empty, "", "failed: mysql: CONNVET_MYSQL_ROOT=" + empty},
	} {
		t.Run(test.name, func(t *testing.T) {
			onlyMariaDB(t)
			t.Setenv(mysqlRoot, test.root)
			t.Setenv("CONNVET_REQUIRE_MYSQL", test.required)
			var tb fakeTB
			Run(&tb, Config{Kind: MySQL})
			if !strings.HasPrefix(tb.ended, test.want) {
				t.Errorf("%s, want %s", tb.ended, test.want)
			}
		})
	}
}
