package poolcheck_test

import (
	"context"
	"database/sql"
	"fmt"
	"log"
	"testing"

	"github.com/connvet/connvet/poolcheck"
)

func ExampleCheck() {
	db, err := sql.Open("mysql", "orders:secret@tcp(db:3306)/orders")
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(20)

	report, err := poolcheck.Check(context.Background(), db, poolcheck.Budget{
		Services: []poolcheck.Service{{Instances: 6, Surge: poolcheck.SurgePercent(25)}},
		Overhead: 5,
	})
	if err != nil {
		log.Print(err) // the server could not be read
	} else if !report.OK() {
		log.Print(report.Summary)
	}
}

// Without a server, the figures of a managed service stand in for it.
func ExampleCheck_assume() {
	report, err := poolcheck.Check(context.Background(), nil, poolcheck.Budget{
		Assume: "azure-flex:gp2",
		Services: []poolcheck.Service{
			{Name: "api", Instances: 30, Pool: &poolcheck.Pool{MaxOpen: 20, MaxIdle: 20}},
			{Name: "worker", Instances: 10, Pool: &poolcheck.Pool{MaxOpen: 10, MaxIdle: 10}},
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Summary)
	fmt.Println("the pool of api may have", report.Demand.Services[0].Fit)
	// Output:
	// does not fit: the services may open 700 connections, the server allows 683
	// the pool of api may have 19
}

func ExampleVerifyIdle() {
	_ = func(t *testing.T) { // a test
		db, err := sql.Open("mysql", "orders:secret@tcp(db:3306)/orders")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		poolcheck.VerifyIdle(t, db)
		// What the test does with db must give every connection back.
	}
}
