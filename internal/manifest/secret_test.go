package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// The user and the password in secretDSNs.
const (
	secretUser     = "dbadmin"
	secretPassword = "hunter2"
)

// secretDSNs are data source names of several drivers, and parts of them that
// a mistake may cut out.
var secretDSNs = []string{
	"dbadmin:hunter2@tcp(db:3306)/orders?timeout=5s",
	"dbadmin:hunter2@/orders",
	"dbadmin@unix(/tmp/mysql.sock)/orders",
	"dbadmin:hunter2@cloudsql(project:region:instance)/orders",
	"postgres://dbadmin:hunter2@db:5432/orders?sslmode=disable",
	"mysql://db/orders?user=dbadmin&password=hunter2",
	"host=db user=dbadmin password=hunter2 dbname=orders",
	"server=db;user id=dbadmin;pwd=hunter2",
	"user = dbadmin",
	"UID=dbadmin;PWD=hunter2",
	"orders?password=hunter2",
	"dbadmin:hunter2@db:3306",
	"dbadmin:hunter2@",
}

// spoiled returns pools each of which has a secret in one place where it does
// not belong.
func spoiled(secret string) map[string]Pool {
	pool := func(change func(*Pool)) Pool {
		p := Pool{ID: "p.Open#1", File: "p.go", Line: 1, Opener: "database/sql.Open", DSN: DSN{Kind: KindConst, Params: map[string]string{}}}
		change(&p)
		return p
	}
	pools := map[string]Pool{
		"network":     pool(func(p *Pool) { p.DSN.Network = secret }),
		"address":     pool(func(p *Pool) { p.DSN.Address = secret }),
		"db":          pool(func(p *Pool) { p.DSN.DB = secret }),
		"name":        pool(func(p *Pool) { p.DSN.Name = secret }),
		"param":       pool(func(p *Pool) { p.DSN.Params["timeout"] = secret }),
		"param name":  pool(func(p *Pool) { p.DSN.Params[secret] = "1" }),
		"other param": pool(func(p *Pool) { p.DSN.Params["password"] = secretPassword }),
		"driver":      pool(func(p *Pool) { p.Driver = String(secret) }),
		"default":     pool(func(p *Pool) { p.Driver = Env("DRIVER").Or(Text(secret)) }),
		"flag":        pool(func(p *Pool) { p.Driver = Flag("driver").Or(Text(secret)) }),
		"tag":         pool(func(p *Pool) { p.MaxOpen = Config("C.N", secret) }),
		"expr":        pool(func(p *Pool) { p.MaxIdle = Expr(secret) }),
		"other field": pool(func(p *Pool) { p.MaxOpen = Value{Kind: KindConst, Value: Int(1), Text: secret, Name: secret} }),
	}
	return pools
}

// checkClean fails if a text holds a secret.
func checkClean(t *testing.T, what, text string) {
	t.Helper()
	if strings.Contains(text, secretUser) || strings.Contains(text, secretPassword) {
		t.Errorf("%s: %s", what, text)
	}
}

// No user name or password gets out, in whatever place it got in.
func TestNoSecrets(t *testing.T) {
	for _, secret := range secretDSNs {
		for place, p := range spoiled(secret) {
			what := fmt.Sprintf("%q as %s", secret, place)
			m := &Manifest{
				Pools:      []Pool{p},
				Held:       []Held{{"p.Open#1", "p.go:1", 2, secret}},
				Unresolved: []Unresolved{{"p.go:1", secret}},
			}
			checkClean(t, what+", written", written(t, m))

			plain, err := json.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			checkClean(t, what+", by encoding/json", string(plain))

			r := Record{Package: "p", Pool: &p, Unresolved: &m.Unresolved[0]}
			line, err := EncodeRecord(r)
			if err != nil {
				t.Fatal(err)
			}
			checkClean(t, what+", as a record", line)

			merged := Merge([]Record{r}, func(string) string { return "." }, true)
			checkClean(t, what+", merged", fmt.Sprintf("%#v", merged))
			checkClean(t, what+", for people", fmt.Sprint(p.DSN, p.Driver, p.MaxOpen, p.MaxIdle))
		}
	}
}

// A user name and password that nothing else gives away.
func TestNoBareSecrets(t *testing.T) {
	const secret = "dbadmin:hunter2"
	for place, p := range spoiled(secret) {
		if place == "param" || place == "tag" || place == "expr" {
			continue // name:value is what these are made of
		}
		checkClean(t, place, written(t, &Manifest{Pools: []Pool{p}}))
	}
}

// A manifest with secrets, which connvet has not made, is refused without
// repeating them.
func TestReadSecrets(t *testing.T) {
	for _, secret := range secretDSNs {
		for old, change := range map[string]string{
			`"network": "tcp"`:        `"network": %s`,
			`"address": "[::1]:3306"`: `"address": %s`,
			`"db": "orders"`:          `"db": %s`,
			`"timeout": "5s"`:         `"timeout": %s`,
			`"timeout"`:               `%s`,
			`"value": "mysql"`:        `"value": %s`,
			`"default": "mysql"`:      `"default": %s`,
			`"text": "1000`:           `"text": %s, "x": "`,
			`"kind": "const"`:         `"kind": %s`,
			`"role": "writer"`:        `"role": %s`,
			`"dbpools/v1"`:            `%s`,
			`"max_idle": {`:           `"max_idle": { %s: 1,`,
		} {
			quoted, err := marshal(secret)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Replace(golden(t), old, fmt.Sprintf(change, quoted), 1)
			if _, err = Read(strings.NewReader(text)); err == nil {
				t.Errorf("%q instead of %s is accepted", secret, old)
				continue
			}
			checkClean(t, "instead of "+old, err.Error())
		}
	}
}

// What is no secret is kept.
func TestHarmless(t *testing.T) {
	kept := map[string][]string{
		"network": {"tcp", "unix", "cloudsql", "tcp+tls"},
		"address": {"db:3306", "db", ":3306", "10.0.0.1:3306", "[2001:db8::1]:3306", "[::1]", "/var/run/mysqld/mysqld.sock",
			"project:region:instance", "example.com:project:region:instance", "a:1,b:2", "db.example.com"},
		"db":     {"orders", "orders-2", ":memory:", "/var/lib/app.db", "file:app.db", `C:\data\app.db`},
		"param":  {"5s", "program_name:orders,service:api", "false"},
		"driver": {"mysql", "pgx/v5", "cloudsql-mysql", "sqlite3"},
		"expr":   {"runtime.NumCPU()*4", `atoi(os.Getenv("DB_PASSWORD_LENGTH"))`, "a[1:2]"},
		"tag":    {`envconfig:"DB_USER"`, `yaml:"max_open" default:"20"`},
	}
	for place, texts := range kept {
		for _, text := range texts {
			quoted, err := marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			if out := written(t, &Manifest{Pools: []Pool{spoiled(text)[place]}}); !strings.Contains(out, string(quoted)) {
				t.Errorf("%s %s is left out", place, quoted)
			}
		}
	}
}

// The parameters that are kept are those that the schema lists.
func TestDSNParams(t *testing.T) {
	var s struct {
		Defs struct {
			DSN struct {
				Properties struct {
					Params struct {
						PropertyNames struct{ Enum []string }
					}
				}
			}
		} `json:"$defs"`
	}
	if err := json.NewDecoder(bytes.NewReader(JSONSchema)).Decode(&s); err != nil {
		t.Fatal(err)
	}
	if got := s.Defs.DSN.Properties.Params.PropertyNames.Enum; !slices.Equal(got, DSNParams()) {
		t.Errorf("the schema lists %q, the code %q", got, DSNParams())
	}
}
