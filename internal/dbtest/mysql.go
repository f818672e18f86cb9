package dbtest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// mysqlRoot is the environment variable with the directory into which MySQL's
// packages were unpacked.
const mysqlRoot = "CONNVET_MYSQL_ROOT"

// findMySQL finds MySQL in the directory that the user named, or on this machine.
func findMySQL() (*program, error) {
	if root := os.Getenv(mysqlRoot); root != "" {
		p, err := unpackedMySQL(root)
		if err != nil {
			// A wrong name is a mistake, and no reason to skip a test.
			return nil, fmt.Errorf("%s=%s: %w", mysqlRoot, root, err)
		}
		return p, nil
	}
	path, err := lookServer("mysqld")
	if err != nil {
		return nil, fmt.Errorf("%w (%s is not set either)", err, mysqlRoot)
	}
	version, err := exec.Command(path, "--version").Output()
	if err != nil {
		return nil, fmt.Errorf("%s --version: %w", path, err)
	}
	if strings.Contains(string(version), "MariaDB") {
		return nil, fmt.Errorf("%s is MariaDB, and %s is not set: MySQL is %w", path, mysqlRoot, ErrNotInstalled)
	}
	return &program{path: path, command: []string{path}}, nil
}

// unpackedMySQL returns MySQL from packages that were unpacked, but not installed.
// They may be those of another release of the system, so the server is run with
// the C library and the dynamic loader that came with them.
func unpackedMySQL(root string) (*program, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	usr := filepath.Join(root, "usr")
	path := filepath.Join(usr, "sbin", "mysqld")
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	loader := glob(filepath.Join(usr, "lib64", "ld-*.so.*"), filepath.Join(usr, "lib", "ld-*.so.*"))
	if len(loader) == 0 {
		return nil, fmt.Errorf("no dynamic loader in %s: were the packages unpacked with all that they depend on?", usr)
	}
	libraries := glob(filepath.Join(usr, "lib", "*-linux-*"), filepath.Join(usr, "lib", "mysql", "private"))
	return &program{
		path:    path,
		command: []string{loader[0], "--library-path", strings.Join(libraries, ":"), path},
		files: []string{
			"--basedir=" + usr,
			"--lc-messages-dir=" + filepath.Join(usr, "share", "mysql"),
			"--character-sets-dir=" + filepath.Join(usr, "share", "mysql", "charsets"),
			"--plugin-dir=" + filepath.Join(usr, "lib", "mysql", "plugin"),
		},
	}, nil
}

// glob returns the files that match one of several patterns.
func glob(patterns ...string) (files []string) {
	for _, pattern := range patterns {
		matches, _ := filepath.Glob(pattern) // an error is about the pattern
		files = append(files, matches...)
	}
	return files
}

// mysqlArgs are arguments that only MySQL has.
var mysqlArgs = []string{
	"--innodb-redo-log-capacity=32M", // instead of 100M, it is copied with the data directory
	"--secure-file-priv=",            // the built-in directory may not exist
	"--mysqlx=OFF",                   // or it would want a port and a socket, too
}

// adminPort returns the arguments that open MySQL's side door.
func adminPort(port string) []string {
	return []string{"--admin-address=127.0.0.1", "--admin-port=" + port}
}

// rootOverTCP makes the account that a login from 127.0.0.1 needs where names are
// not resolved. MySQL itself makes only that of localhost.
const rootOverTCP = `CREATE USER 'root'@'127.0.0.1';
GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
`

// initMySQL makes a data directory.
func initMySQL(ctx context.Context, p *program, data string) error {
	script := filepath.Join(filepath.Dir(data), "init.sql")
	if err := os.WriteFile(script, []byte(rootOverTCP), 0o600); err != nil {
		return err
	}
	cmd := p.cmd(append([]string{
		"--initialize-insecure",
		"--datadir=" + data,
		"--init-file=" + script,
	}, mysqlArgs...)...)
	if err := run(ctx, cmd); err != nil {
		return err
	}
	// It holds the server's UUID, which must not be the same in every copy.
	return os.Remove(filepath.Join(data, "auto.cnf"))
}
