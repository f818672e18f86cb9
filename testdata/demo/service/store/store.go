// Package store keeps the catalogue in a MySQL database.
package store

import (
	"database/sql"
	"fmt"
)

// A Store is safe for concurrent use.
type Store struct{ db *sql.DB }

// New returns a store on a pool, which stays the caller's.
func New(db *sql.DB) *Store { return &Store{db} }

// Init creates the table, and fills it if it is new.
func (s *Store) Init() error {
	_, err := s.db.Exec(`CREATE TABLE IF NOT EXISTS books (
		isbn CHAR(13) PRIMARY KEY,
		title VARCHAR(200) NOT NULL,
		author VARCHAR(200) NOT NULL,
		price INT NOT NULL,
		stock INT NOT NULL,
		reserved INT NOT NULL DEFAULT 0,
		KEY (title)
	)`)
	if err != nil {
		return fmt.Errorf("creating the table: %w", err)
	}
	for _, b := range catalogue {
		_, err := s.db.Exec("INSERT IGNORE INTO books (isbn, title, author, price, stock, reserved) VALUES (?, ?, ?, ?, ?, ?)",
			b.ISBN, b.Title, b.Author, b.Price, b.Stock, b.Reserved)
		if err != nil {
			return fmt.Errorf("adding %s: %w", b.ISBN, err)
		}
	}
	return nil
}

// Alive reports whether the database answers.
func (s *Store) Alive() error { return s.db.Ping() }

// catalogue is what a new shop begins with.
var catalogue = []Book{
	{ISBN: "9780141439587", Title: "Emma", Author: "Jane Austen", Price: 899, Stock: 2, Reserved: 2},
	{ISBN: "9780199535521", Title: "Emma", Author: "Jane Austen", Price: 1050, Stock: 7, Reserved: 1},
	{ISBN: "9781847493279", Title: "Emma", Author: "Jane Austen", Price: 1295, Stock: 3},
	{ISBN: "9780141439471", Title: "Frankenstein", Author: "Mary Shelley", Price: 799, Stock: 4},
	{ISBN: "9780199537150", Title: "Frankenstein", Author: "Mary Shelley", Price: 950, Stock: 5},
	{ISBN: "9780141439662", Title: "Sense and Sensibility", Author: "Jane Austen", Price: 899, Stock: 6},
}
