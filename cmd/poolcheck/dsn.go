package main

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/go-sql-driver/mysql"

	"github.com/connvet/connvet/internal/utf"
)

// maxDSN is more than any DSN has.
const maxDSN = 64 << 10

// A source is where a DSN comes from.
type source struct {
	file string // "-" is standard input
	env  string // the variable, if there is no file
}

// String names the source in errors.
func (s source) String() string {
	switch s.file {
	case "":
		return s.env
	case "-":
		return "standard input"
	}
	return s.file
}

// open returns a database for the DSN of a source, or nil if there is none. A
// variable that was named must be set; one that is only the default need not.
func (s source) open(e *env, required bool) (*target, error) {
	text, err := s.read(e)
	if err != nil {
		return nil, err
	}
	if text == "" {
		if s.file != "" || required && s.env != "" {
			return nil, usagef("%s: there is no DSN", s)
		}
		return nil, nil
	}
	t, err := newTarget(text)
	if err != nil {
		return nil, usagef("the DSN in %s: %v", s, err)
	}
	return t, nil
}

// read returns the text of the DSN, "" if there is none.
func (s source) read(e *env) (string, error) {
	if s.file == "" {
		if s.env == "" {
			return "", nil
		}
		return strings.TrimSpace(e.getenv(s.env)), nil
	}
	in := e.stdin
	if s.file != "-" {
		f, err := os.Open(s.file)
		if err != nil {
			return "", usagef("%v", err)
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxDSN+1))
	if err != nil {
		return "", usagef("%s: %v", s, err)
	}
	if len(data) > maxDSN {
		return "", usagef("%s: that is no DSN: it is too long", s)
	}
	return strings.TrimSpace(string(utf.Decode(data))), nil
}

// A target is a server to connect to.
type target struct {
	db   *sql.DB
	host string // that is dialled, without the port; "" for a socket
	user string
}

// newTarget returns a target for a DSN. What the DSN asks of a session is left
// out: nothing may be set. Errors never repeat it.
func newTarget(text string) (*target, error) {
	if strings.Contains(text, "://") {
		return nil, errors.New("it is a URL; the form is user:password@tcp(host:3306)/database?tls=true")
	}
	parsed, err := mysql.ParseDSN(text)
	if err != nil {
		return nil, explainDSN(err)
	}
	switch parsed.Net {
	case "tcp", "unix":
	default:
		return nil, errors.New("its network is neither tcp nor unix; the form is user:password@tcp(host:3306)/database")
	}
	cfg := mysql.NewConfig()
	cfg.User, cfg.Passwd, cfg.Net, cfg.Addr, cfg.DBName = parsed.User, parsed.Passwd, parsed.Net, parsed.Addr, parsed.DBName
	cfg.TLSConfig, cfg.TLS, cfg.ServerPubKey = parsed.TLSConfig, parsed.TLS, parsed.ServerPubKey
	cfg.AllowFallbackToPlaintext, cfg.AllowCleartextPasswords = parsed.AllowFallbackToPlaintext, parsed.AllowCleartextPasswords
	cfg.AllowNativePasswords, cfg.AllowOldPasswords = parsed.AllowNativePasswords, parsed.AllowOldPasswords
	cfg.ConnectionAttributes = "program_name:poolcheck"
	cfg.Timeout, cfg.ReadTimeout, cfg.WriteTimeout = parsed.Timeout, parsed.ReadTimeout, parsed.WriteTimeout
	cfg.Logger = &mysql.NopLogger{}
	connector, err := mysql.NewConnector(cfg)
	if err != nil {
		return nil, explainDSN(err)
	}
	t := &target{db: sql.OpenDB(connector), user: parsed.User}
	t.db.SetMaxOpenConns(1)
	if parsed.Net == "tcp" {
		if host, _, err := net.SplitHostPort(parsed.Addr); err == nil {
			t.host = host
		}
	}
	return t, nil
}

// explainDSN words an error of the driver, which may repeat parts of a DSN that
// it took for something else.
func explainDSN(err error) error {
	switch text := err.Error(); {
	case strings.Contains(text, "missing the slash"):
		return errors.New("the slash before the database name is missing; the form is user:password@tcp(host:3306)/database")
	case strings.Contains(text, "network address not terminated"):
		return errors.New("the address has no closing brace; the form is user:password@tcp(host:3306)/database")
	case strings.Contains(text, "did you forget to escape a param value"):
		return errors.New("a parameter has a character that must be escaped")
	case strings.Contains(text, "unknown config name"):
		return errors.New("tls names a configuration that only the program registers; poolcheck knows true, skip-verify and preferred")
	case strings.Contains(text, "invalid bool value"):
		return errors.New("a parameter wants true or false")
	case strings.Contains(text, "default addr for network"):
		return errors.New("its network is neither tcp nor unix; the form is user:password@tcp(host:3306)/database")
	}
	return fmt.Errorf("it cannot be read; the form is user:password@tcp(host:3306)/database")
}
