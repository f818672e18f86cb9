package server

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/go-sql-driver/mysql"
)

// Numbers of errors that the rules or the words of a fault depend on.
const (
	errTooManyConnections     = 1040
	errDBAccessDenied         = 1044
	errAccessDenied           = 1045
	errBadDB                  = 1049
	errServerShutdown         = 1053
	errUnknownTable           = 1109
	errHostBlocked            = 1129
	errHostNotPrivileged      = 1130
	errTableAccessDenied      = 1142
	errColumnAccessDenied     = 1143
	errNoSuchTable            = 1146
	errUnknownVariable        = 1193
	errTooManyUserConnections = 1203
	errUserLimit              = 1226
	errSpecificAccessDenied   = 1227
	errNewAbortingConnection  = 1184
	errNotSupportedAuth       = 1251
	errSyntax                 = 1064
	errConnectionKilled       = 1927 // MariaDB
	errSecureTransport        = 3159
	errClientInteraction      = 4031
)

// ErrGarbage is the fault of a server on which the driver panics.
var ErrGarbage = errors.New("the server answers something that is not the MySQL protocol")

// errDriver is a driver that is not one for MySQL.
var errDriver = errors.New("the driver of the database is not one for MySQL")

// notAllowed is why an account does not see something.
const notAllowed = "the account may not read it"

// refused reports whether an error is the server's answer to a statement, on a
// connection that can still be used, and its number.
func refused(err error) (number uint16, ok bool) {
	var e *mysql.MySQLError
	if !errors.As(err, &e) {
		return 0, false
	}
	switch e.Number {
	case errServerShutdown, errConnectionKilled, errClientInteraction, errNewAbortingConnection:
		return e.Number, false
	}
	return e.Number, true
}

// refusal says why a statement is refused.
func refusal(number uint16) string {
	switch number {
	case errDBAccessDenied, errTableAccessDenied, errColumnAccessDenied, errSpecificAccessDenied:
		return notAllowed
	case errNoSuchTable, errUnknownTable, errBadDB, errUnknownVariable, errSyntax:
		return "this server does not have it"
	}
	return fmt.Sprintf("the server refuses to tell (error %d)", number)
}

// IsFull reports whether a server refused a connection because it has too many.
// The number decides: a server that is too busy for a handshake sends neither an
// SQLSTATE nor the usual text.
func IsFull(err error) bool { return isNumber(err, errTooManyConnections) }

// IsAccountLimit reports whether a server refused a connection because the
// account has too many.
func IsAccountLimit(err error) bool { return isNumber(err, errTooManyUserConnections, errUserLimit) }

func isNumber(err error, numbers ...uint16) bool {
	var e *mysql.MySQLError
	if !errors.As(err, &e) {
		return false
	}
	for _, n := range numbers {
		if e.Number == n {
			return true
		}
	}
	return false
}

// Explain describes a fault in one line. It never repeats what the server says
// of who logs in.
func Explain(err error) string {
	var e *mysql.MySQLError
	switch {
	case errors.As(err, &e):
		return explainNumber(e)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return "the server did not answer in time"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case errors.Is(err, errDriver):
		return errDriver.Error()
	case errors.Is(err, mysql.ErrNoTLS):
		return "the server does not offer TLS, which the DSN asks for"
	}
	if text := explainTLS(err); text != "" {
		return text
	}
	if text := explainNet(err); text != "" {
		return text
	}
	switch {
	case errors.Is(err, mysql.ErrOldProtocol), errors.Is(err, mysql.ErrMalformPkt), errors.Is(err, mysql.ErrPktSync),
		errors.Is(err, mysql.ErrPktSyncMul), errors.Is(err, mysql.ErrPktTooLarge), errors.Is(err, ErrGarbage):
		return ErrGarbage.Error()
	case errors.Is(err, mysql.ErrInvalidConn), errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the server closed the connection"
	case errors.Is(err, mysql.ErrCleartextPassword), errors.Is(err, mysql.ErrNativePassword), errors.Is(err, mysql.ErrOldPassword), errors.Is(err, mysql.ErrUnknownPlugin):
		return "the server wants a way to log in that the DSN does not allow"
	}
	return ErrGarbage.Error()
}

// explainNumber describes an error of the server.
func explainNumber(e *mysql.MySQLError) string {
	var text string
	switch e.Number {
	case errTooManyConnections:
		text = "the server is full: it refuses new connections"
	case errTooManyUserConnections, errUserLimit:
		text = "the account has as many connections as it may have: the server refuses more"
	case errAccessDenied:
		// MariaDB answers so, too, to an account that must use TLS.
		text = "the server does not accept the user or password of the DSN, or wants TLS (tls=true)"
	case errDBAccessDenied:
		text = "the account may not use the database of the DSN"
	case errBadDB:
		text = "the server does not have the database of the DSN"
	case errHostBlocked:
		text = "the server blocks this host after too many failed connections"
	case errHostNotPrivileged:
		text = "the server does not allow connections from this host"
	case errSecureTransport:
		text = "the server requires TLS: add tls=true to the DSN"
	case errNotSupportedAuth:
		text = "the server wants a way to log in that the driver does not have"
	case errServerShutdown:
		text = "the server is shutting down"
	case errConnectionKilled:
		text = "the server killed the connection"
	case errClientInteraction:
		text = "the server closed the connection, which was idle for longer than wait_timeout"
	default:
		text = "the server reports an error"
	}
	return fmt.Sprintf("%s (error %d)", text, e.Number)
}

// explainTLS describes a failed handshake, or returns "".
func explainTLS(err error) string {
	var (
		record    tls.RecordHeaderError
		verify    *tls.CertificateVerificationError
		authority x509.UnknownAuthorityError
		hostname  x509.HostnameError
		invalid   x509.CertificateInvalidError
		alert     tls.AlertError
	)
	switch {
	case errors.As(err, &authority):
		return "TLS: the server's certificate is signed by an authority that this machine does not know"
	case errors.As(err, &hostname):
		return "TLS: the server's certificate is not for the host of the DSN"
	case errors.As(err, &invalid):
		return "TLS: the server's certificate is not valid"
	case errors.As(err, &record), errors.As(err, &verify), errors.As(err, &alert), strings.HasPrefix(err.Error(), "tls: "), strings.Contains(err.Error(), "remote error: tls:"):
		return "TLS: the handshake failed"
	}
	return ""
}

// explainNet describes an error of the network, or returns "".
func explainNet(err error) string {
	var (
		dns *net.DNSError
		op  *net.OpError
	)
	if errors.As(err, &dns) {
		return "cannot reach the server: the host of the DSN has no address"
	}
	if !errors.As(err, &op) {
		return ""
	}
	if op.Timeout() {
		return "the server did not answer in time"
	}
	what := "the connection to the server broke"
	if op.Op == "dial" {
		what = "cannot reach the server"
	}
	// Other errors than those of the system may repeat what a misspelt DSN has
	// in place of a network and an address.
	if errno := syscall.Errno(0); errors.As(err, &errno) {
		what += ": " + errno.Error()
	}
	return what
}
