package dbtest

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// A Kind is a family of servers.
type Kind string

// The families of servers.
const (
	MariaDB Kind = "mariadb"
	MySQL   Kind = "mysql"
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{MariaDB, MySQL} }

// ErrNotInstalled says that there is no server of the kind to start.
var ErrNotInstalled = errors.New("not installed")

// requiredBy names the environment variable that makes [Run] fail where it would
// skip.
func (k Kind) requiredBy() string { return "CONNVET_REQUIRE_" + strings.ToUpper(string(k)) }

// A program is an installed server.
type program struct {
	path    string   // the binary, without symbolic links
	command []string // runs it
	files   []string // arguments: where its own files are, if it does not know
}

// A family is what differs between the kinds.
type family struct {
	find func() (*program, error)
	// initialise makes a data directory. Its parent exists and is empty.
	initialise func(ctx context.Context, p *program, data string) error
	args       []string                   // arguments that only this kind has
	sideDoor   func(port string) []string // arguments that open the side door
}

var families = map[Kind]family{
	MariaDB: {findMariaDB, initMariaDB, mariadbArgs, extraPort},
	MySQL:   {findMySQL, initMySQL, mysqlArgs, adminPort},
}

// cmd returns a command that runs the program, without any configuration file.
func (p *program) cmd(args ...string) *exec.Cmd {
	argv := append(p.command[:len(p.command):len(p.command)], "--no-defaults")
	argv = append(argv, p.files...)
	argv = append(argv, asRoot()...)
	argv = append(argv, args...)
	return exec.Command(argv[0], argv[1:]...)
}

// lookServer finds a server by its name in PATH, or where distributions put
// servers, which is in the PATH of few users.
func lookServer(name string) (string, error) {
	for _, candidate := range []string{name, "/usr/sbin/" + name, "/usr/local/sbin/" + name, "/usr/libexec/" + name} {
		path, err := exec.LookPath(candidate)
		if err != nil {
			continue
		}
		if path, err = filepath.Abs(path); err != nil {
			return "", err
		}
		return filepath.EvalSymlinks(path)
	}
	return "", fmt.Errorf("no %s in PATH or /usr/sbin: %w", name, ErrNotInstalled)
}
