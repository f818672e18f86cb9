package dbtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// findMariaDB finds MariaDB on this machine.
func findMariaDB() (*program, error) {
	path, err := lookServer("mariadbd")
	if err != nil {
		return nil, err
	}
	return &program{path: path, command: []string{path}}, nil
}

// mariadbArgs are arguments that only MariaDB has. The log is 96M by default, and
// is copied with the data directory.
var mariadbArgs = []string{"--innodb-log-file-size=4M"}

// extraPort returns the arguments that open MariaDB's side door.
func extraPort(port string) []string {
	return []string{"--extra-port=" + port, "--extra-max-connections=1"}
}

// initMariaDB does what mariadb-install-db does.
func initMariaDB(ctx context.Context, p *program, data string) error {
	script, err := systemTables(p.path)
	if err != nil {
		return err
	}
	if err := os.Mkdir(data, 0o700); err != nil {
		return err
	}
	cmd := p.cmd(append([]string{
		"--bootstrap",
		"--datadir=" + data,
		"--log-warnings=0",
		"--enforce-storage-engine=",
		"--max-allowed-packet=8M",
		"--net-buffer-length=16K",
	}, mariadbArgs...)...)
	cmd.Stdin = bytes.NewReader(script)
	return run(ctx, cmd)
}

// systemTables returns the script that fills an empty data directory. What HELP
// would say is left out, which is most of it.
func systemTables(server string) ([]byte, error) {
	prefix := filepath.Dir(filepath.Dir(server))
	for _, share := range []string{"mariadb", "mysql"} {
		dir := filepath.Join(prefix, "share", share)
		for _, name := range []string{"mariadb", "mysql"} { // since 11.0, before
			if _, err := os.Stat(filepath.Join(dir, name+"_system_tables.sql")); err == nil {
				return readScripts(
					filepath.Join(dir, name+"_system_tables.sql"),
					filepath.Join(dir, name+"_performance_tables.sql"),
					filepath.Join(dir, name+"_system_tables_data.sql"),
					filepath.Join(dir, "maria_add_gis_sp_bootstrap.sql"),
					filepath.Join(dir, name+"_sys_schema.sql"),
				)
			}
		}
	}
	return nil, fmt.Errorf("the scripts that make the system tables of %s are not in %s: %w",
		server, filepath.Join(prefix, "share"), ErrNotInstalled)
}

// readScripts joins the scripts that exist. Bootstrapping takes one statement a
// line, as they have them.
func readScripts(names ...string) ([]byte, error) {
	var script bytes.Buffer
	script.WriteString("CREATE DATABASE mysql;\n" +
		"USE mysql;\n" +
		"SET @auth_root_socket=NULL;\n" + // root has an empty password
		"SET @skip_auth_anonymous=1;\n") // and nobody else an account
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		script.Write(text)
	}
	return script.Bytes(), nil
}
