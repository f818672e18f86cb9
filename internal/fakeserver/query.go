package fakeserver

import (
	"errors"
	"strings"
	"time"

	"github.com/connvet/connvet/internal/fakeserver/minisql"
)

// query answers a statement.
func (c *session) query(text string) reply {
	r, err := c.run(text)
	switch {
	case err != nil:
		return reply{c.inWords(err).packet()}
	case r == nil:
		return reply{c.okPacket(0)}
	}
	return c.encodeResult(r)
}

// run runs a statement. A nil result is one without rows to come.
func (c *session) run(text string) (*minisql.Result, error) {
	c.server.mu.Lock()
	a, ok := c.server.config.Answers[text]
	via := c.server.config.Via
	c.server.mu.Unlock()
	if !ok {
		a, ok = between[via][text]
	}
	if ok {
		return a.result()
	}
	statement, err := minisql.Parse(text)
	if err != nil {
		return nil, err
	}
	switch s := statement.(type) {
	case *minisql.Select:
		return s.Run(c)
	case *minisql.Show:
		return c.show(s)
	case *minisql.Set:
		return nil, c.set(s)
	case *minisql.Command:
		return nil, c.do(s)
	}
	return nil, nil
}

// between has what things between client and server answer themselves, if it is
// spelt exactly so.
var between = map[Via]map[string]Answer{
	ViaProxySQL: {
		"select @@version_comment limit 1": {Columns: []string{"@@version_comment"}, Rows: [][]any{{"(ProxySQL)"}}},
		"PROXYSQL INTERNAL SESSION":        {Columns: []string{"session_info"}, Rows: [][]any{{`{"session_id":1}`}}},
	},
	ViaRouter: {
		"ROUTER SHOW x": {Err: &Error{1064, "42000", "ROUTER expects SET."}},
	},
}

// result returns the answer as a result.
func (a Answer) result() (*minisql.Result, error) {
	switch {
	case a.Err != nil:
		return nil, a.Err
	case a.Columns == nil:
		return nil, nil
	}
	r := &minisql.Result{Columns: a.Columns}
	for _, row := range a.Rows {
		r.Rows = append(r.Rows, rowOf(row...))
	}
	return r, nil
}

// inWords returns an error as the server puts it.
func (c *session) inWords(err error) *Error {
	var (
		own     *Error
		mistake *minisql.Error
	)
	if errors.As(err, &own) {
		return own
	}
	product, clause := "MySQL", "field list"
	if c.personality == MariaDB {
		product, clause = "MariaDB", "SELECT"
	}
	if errors.As(err, &mistake) {
		switch mistake.Mistake {
		case minisql.EmptyQuery:
			return newError(1065, "42000", "Query was empty")
		case minisql.UnknownColumn:
			return newError(1054, "42S22", "Unknown column '%s' in '%s'", mistake.Name, clause)
		case minisql.WrongArguments:
			return newError(1582, "42000", "Incorrect parameter count in the call to native function '%s'", mistake.Name)
		case minisql.Syntax:
			return newError(1064, "42000", "You have an error in your SQL syntax; check the manual that corresponds to your %s server version "+
				"for the right syntax to use near '%s' at line 1", product, mistake.Name)
		}
	}
	return newError(1105, "HY000", "Unknown error: %v", err)
}

// Variable returns a system variable for [minisql.Select].
func (c *session) Variable(global bool, name string) (minisql.Value, error) {
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	text, ok := c.visible(global)[name]
	if !ok {
		return minisql.Value{}, newError(1193, "HY000", "Unknown system variable '%s'", name)
	}
	switch text {
	case "ON":
		return minisql.NewInt(1), nil
	case "OFF":
		return minisql.NewInt(0), nil
	}
	if text != "" && strings.Trim(text, "0123456789") == "" {
		return minisql.NewInt(minisql.NewString(text).Int()), nil
	}
	return minisql.NewString(text), nil
}

// Call calls a function about the session for [minisql.Select].
func (c *session) Call(name string, args []minisql.Value) (minisql.Value, error) {
	if name == "SLEEP" && len(args) == 1 {
		return c.sleep(time.Duration(args[0].Float() * float64(time.Second)))
	}
	c.server.mu.Lock()
	defer c.server.mu.Unlock()
	if len(args) == 0 {
		switch name {
		case "CURRENT_USER":
			return minisql.NewString(c.user + "@" + c.account.Host), nil
		case "USER", "SESSION_USER", "SYSTEM_USER":
			return minisql.NewString(c.user + "@" + c.host), nil
		case "CONNECTION_ID":
			return minisql.NewInt(int64(c.id)), nil
		case "VERSION":
			return minisql.NewString(c.visible(true)["version"]), nil
		case "DATABASE", "SCHEMA":
			return rowOf(orNull(c.database))[0], nil
		}
	}
	return minisql.Value{}, newError(1305, "42000", "FUNCTION %s does not exist", name)
}

// sleep waits. It is not woken by a client that goes away.
func (c *session) sleep(d time.Duration) (minisql.Value, error) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return minisql.NewInt(0), nil
	case <-c.server.done:
		return minisql.Value{}, newError(1053, "08S01", "Server shutdown in progress")
	}
}
