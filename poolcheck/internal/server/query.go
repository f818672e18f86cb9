package server

import (
	"database/sql/driver"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A Conn is one connection: a *sql.Conn. It is used below database/sql: the driver
// is not made for servers that send garbage, and where it panics inside of
// QueryContext, the connection stays locked and cannot even be closed.
type Conn interface {
	Raw(f func(driverConn any) error) error
}

// rows sends a statement and returns the rows as text, NULL as "". If the server
// refuses the statement that is told apart from a connection that fails.
func (r *reader) rows(query string) (rows [][]string, missing *Missing, err error) {
	rows, err = r.query(query)
	if number, ok := refused(err); ok {
		return nil, &Missing{Why: refusal(number)}, nil
	}
	return rows, nil, err
}

// query sends a statement and returns its rows.
func (r *reader) query(query string) (rows [][]string, err error) {
	err = r.conn.Raw(func(c any) error {
		q, ok := c.(driver.QueryerContext)
		if !ok {
			return errDriver
		}
		result, err := q.QueryContext(r.ctx, query, nil)
		if err != nil {
			return err
		}
		rows, err = readAll(result)
		if closeErr := result.Close(); err == nil {
			err = closeErr
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// readAll reads rows to their end.
func readAll(result driver.Rows) (rows [][]string, err error) {
	values := make([]driver.Value, len(result.Columns()))
	for {
		switch err := result.Next(values); err {
		case nil:
		case io.EOF:
			return rows, nil
		default:
			return nil, err
		}
		row := make([]string, len(values))
		for i, v := range values {
			row[i] = text(v)
		}
		rows = append(rows, row)
	}
}

// text returns a value as the server writes it, NULL as "".
func text(v driver.Value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []byte:
		return string(v)
	}
	return fmt.Sprint(v)
}

// pairs reads names and values; nil if there are none.
func (r *reader) pairs(query string) (map[string]string, error) {
	rows, _, err := r.rows(query)
	if err != nil || len(rows) == 0 || len(rows[0]) < 2 {
		return nil, err
	}
	values := make(map[string]string, len(rows))
	for _, row := range rows {
		values[strings.ToLower(row[0])] = row[1]
	}
	return values, nil
}

// part reads rows of n columns and makes a value of them.
func part[R, T any](r *reader, query string, n int, grant string, read func(row []string) R, value func([]R) T) (Part[T], error) {
	rows, missing, err := r.rows(query)
	if err != nil {
		return Part[T]{Missing: &Missing{Why: "the connection failed"}}, err
	}
	if missing != nil {
		if missing.Why == notAllowed {
			missing.Grant = grant
		}
		return Part[T]{Missing: missing}, nil
	}
	list := make([]R, 0, len(rows))
	for _, row := range rows {
		if len(row) < n {
			return Part[T]{Missing: &Missing{Why: fmt.Sprintf("the server answers with %d columns instead of %d", len(row), n)}}, nil
		}
		list = append(list, read(row))
	}
	return Part[T]{Value: value(list)}, nil
}

// all is the value of a part that is a list.
func all[R any](list []R) []R { return list }

// atoi returns a number that a server wrote; what is none counts as 0.
func atoi(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		f, _ := strconv.ParseFloat(s, 64) // SUM is a decimal
		return int64(f)
	}
	return n
}
