package poolcheck_test

import (
	"database/sql"
	"strings"
	"testing"

	_ "github.com/go-sql-driver/mysql"

	"github.com/connvet/connvet/internal/dbtest"
	"github.com/connvet/connvet/poolcheck"
)

// A real MySQL Router is found out, and then there are two limits.
func TestRouter(t *testing.T) {
	server := dbtest.Run(t, dbtest.Config{Kind: dbtest.MySQL, Args: []string{"--max_connections=10"}})
	router := dbtest.RunRouter(t, server)
	db, err := sql.Open("mysql", strings.Replace(server.DSN("root", "", "", "tls=skip-verify"), server.Addr, router, 1))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tests := []struct {
		proxy poolcheck.Proxy
		want  string // of C01: the clients, the server
	}{
		{poolcheck.Proxy{}, "unknown unknown"},
		{poolcheck.Proxy{MaxClients: 30, MaxBackend: 8}, "pass pass"},
		{poolcheck.Proxy{MaxClients: 29, MaxBackend: 8}, "error pass"},
		{poolcheck.Proxy{MaxClients: 30, MaxBackend: 11}, "error pass"},
		{poolcheck.Proxy{Kind: poolcheck.ProxyNone}, "error"},
	}
	for _, test := range tests {
		r, err := poolcheck.Check(t.Context(), db, poolcheck.Budget{
			Proxy:    test.proxy,
			Services: []poolcheck.Service{{Instances: 3, Pool: &poolcheck.Pool{MaxOpen: 10}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range r.Verdicts {
			switch {
			case v.Rule == "C01":
				got = append(got, string(v.Status))
			case v.Rule == "C29" && (v.Status != poolcheck.Info || !strings.HasPrefix(v.Message, "MySQL Router is in the path")):
				t.Errorf("%+v: C29: %s: %s", test.proxy, v.Status, v.Message)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%+v: C01: %v, want %s", test.proxy, got, test.want)
		}
	}
}
