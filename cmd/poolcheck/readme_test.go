package main

import (
	"database/sql"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/connvet/connvet/internal/dbtest"
)

// The README shows what poolcheck really prints.
func TestREADME(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)\tPOOLCHECK_DSN=\\S+ poolcheck (.*?)\n\n```\n(.*?)```").FindSubmatch(readme)
	if m == nil {
		t.Fatal("README.md shows no run of poolcheck")
	}
	server := dbtest.Run(t, dbtest.Config{Kind: dbtest.MariaDB, Args: []string{"--max_connections=151"}})
	execute(t, server, "CREATE USER shop@'%' IDENTIFIED BY 'secret'")
	args := strings.Fields(strings.Replace(string(m[1]), "testdata/", "../../testdata/", 1))
	got := poolcheckOn(t, server.DSN("shop", "secret", ""), args...)
	if got.code != exitMisfit {
		t.Errorf("exit code %d: %s", got.code, got.stderr)
	}
	want := regexp.MustCompile(`MariaDB \S+`).ReplaceAllString(string(m[2]), "MariaDB "+server.Version)
	if !strings.HasPrefix(got.stdout, want) {
		t.Errorf("got\n%s\nwant it to begin with\n%s", got.stdout, want)
	}
}

// execute runs statements as root.
func execute(t *testing.T, server *dbtest.Server, statements ...string) {
	t.Helper()
	db, err := sql.Open("mysql", server.DSN("root", "", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}
