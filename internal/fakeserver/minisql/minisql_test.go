package minisql

import (
	"errors"
	"strings"
	"testing"
)

// A people has one table and one variable.
type people struct{}

var errNone = errors.New("there is none")

func (people) Table(schema, name string, beside []string) (*Table, error) {
	if name == "late" {
		return &Table{Columns: []string{"x"}, Err: errNone}, nil
	}
	if schema != "s" || name != "people" {
		return nil, errNone
	}
	t := &Table{Columns: []string{"Id", "Name", "Boss"}}
	for i, name := range []string{"Ann", "Bob", "bob", "Cid"} {
		row := []Value{NewInt(int64(i)), NewString(name), NewInt(0)}
		if i == 0 {
			row[2] = Value{}
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func (people) Variable(global bool, name string) (Value, error) {
	if name != "v" {
		return Value{}, errNone
	}
	return NewString(map[bool]string{true: "server", false: "session"}[global]), nil
}

func (people) Call(name string, args []Value) (Value, error) { return Value{}, errNone }

// run runs a SELECT. Values are separated by bars, rows by semicolons.
func run(statement string) (string, error) {
	s, err := Parse(statement)
	if err != nil {
		return "", err
	}
	r, err := s.(*Select).Run(people{})
	if err != nil {
		return "", err
	}
	var rows []string
	for _, row := range r.Rows {
		var values []string
		for _, v := range row {
			if v.Kind() == Null {
				v = NewString("NULL")
			}
			values = append(values, v.String())
		}
		rows = append(rows, strings.Join(values, "|"))
	}
	return strings.Join(r.Columns, ",") + ": " + strings.Join(rows, ";"), r.Err
}

// What the statements of this test get is what MySQL gives.
func TestSelect(t *testing.T) {
	for _, test := range []struct{ statement, want string }{
		{"SELECT * FROM s.people WHERE boss IS NULL", "Id,Name,Boss: 0|Ann|NULL"},
		{"SELECT p.name, b.Name AS `the boss` FROM s.people p JOIN s.people b ON b.id = p.boss WHERE p.id > 2", "name,the boss: Cid|Ann"},
		{"SELECT COUNT(*) n FROM s.people a, s.people AS b", "n: 16"},
		{"SELECT name, COUNT(*), COUNT(boss), SUM(id), MAX(id), MIN(id) FROM s.people GROUP BY name ORDER BY name DESC",
			"name,COUNT(*),COUNT(boss),SUM(id),MAX(id),MIN(id): Cid|1|1|3|3|3;Bob|2|2|3|2|1;Ann|1|0|0|0|0"},
		{"SELECT LOWER(LEFT(name, 1)) AS l FROM s.people GROUP BY l ORDER BY l LIMIT 2", "l: a;b"},
		{"SELECT COUNT(*), MAX(id), name FROM s.people WHERE id > 9", "COUNT(*),MAX(id),name: 0|NULL|NULL"},
		{"SELECT COUNT(*) FROM s.people WHERE id > 9 GROUP BY id", "COUNT(*): "},
		{"/* hint */ SELECT 1 -- one\n, 2 # two", "1,2: 1|2"},
		{"SELECT @@v, @@GLOBAL.v, @@session.v", "@@v,@@GLOBAL.v,@@session.v: session|server|session"},
		{"SELECT 1 = 1 AND NOT (2 = 1 OR NULL), 0 AND NULL, 1 OR NULL, NULL = NULL, 1 NOT IN (2, 3)",
			"1 = 1 AND NOT (2 = 1 OR NULL),0 AND NULL,1 OR NULL,NULL = NULL,1 NOT IN (2, 3): NULL|0|1|NULL|1"},
		{"SELECT 2 * 3 + 4, 2 + 3 * 4, 1 - 2 - 3", "2 * 3 + 4,2 + 3 * 4,1 - 2 - 3: 10|14|-4"},
	} {
		if got, err := run(test.statement); err != nil || got != test.want {
			t.Errorf("%s\n got %s (%v)\nwant %s", test.statement, got, err, test.want)
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, test := range []struct {
		statement string
		want      Error
	}{
		{" -- nothing", Error{EmptyQuery, ""}},
		{"SELEC 1", Error{Syntax, "SELEC 1"}},
		{"SELECT 1 +", Error{Syntax, ""}},
		{"SELECT (1", Error{Syntax, ""}},
		{"SELECT 1 IS 2", Error{Syntax, "2"}},
		{"SELECT COUNT(* FROM s.people", Error{Syntax, "FROM s.people"}},
		{"SELECT 1 FROM s.people LIMIT x", Error{Syntax, "x"}},
		{"SELECT `1", Error{Syntax, "`1"}},
		{"SHOW TABLES", Error{Syntax, "TABLES"}},
		{"SET wait_timeout 3", Error{Syntax, "3"}},
		{"USE 1", Error{Syntax, "1"}},
		{"SELECT SUM(x) FROM s.people", Error{UnknownColumn, "x"}},
		{"SELECT 1 FROM s.people p JOIN s.people q ON p.id = r.id", Error{UnknownColumn, "r.id"}},
		{"SELECT 1 FROM s.people GROUP BY x", Error{UnknownColumn, "x"}},
		{"SELECT LEFT('a')", Error{WrongArguments, "LEFT"}},
	} {
		_, err := run(test.statement)
		var got *Error
		if !errors.As(err, &got) || *got != test.want {
			t.Errorf("%s: %v, want %v", test.statement, err, &test.want)
		}
	}
	for _, statement := range []string{"SELECT 1 FROM nothing", "SELECT @@w", "SELECT NOPE()", "SELECT x FROM late"} {
		if _, err := run(statement); err != errNone {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// Nothing makes the parser or a statement panic.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"SELECT *, p.name AS n FROM s.people p JOIN s.people q ON p.id = q.boss WHERE p.name LIKE 'a%' GROUP BY n ORDER BY n DESC LIMIT 1",
		"SHOW GLOBAL VARIABLES WHERE Variable_name IN ('a', \"b\")", "SHOW GRANTS FOR `a`@'%'", "SET GLOBAL a = 1, @@session.b = 'c'",
		"SELECT LEFT(name, -1), SUBSTRING_INDEX(name, '', -9), LOCATE('', name), RIGHT(name, 99) FROM s.people", "DO SLEEP(0.5)", "'\\", "@@", "SELECT ((",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, statement string) {
		s, err := Parse(statement)
		if sel, ok := s.(*Select); ok && err == nil {
			sel.Run(people{})
		}
	})
}
