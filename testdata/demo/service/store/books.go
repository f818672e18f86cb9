package store

import (
	"database/sql"
	"errors"
	"fmt"
)

// A Book is one edition of a title.
type Book struct {
	ISBN     string
	Title    string
	Author   string
	Price    int // in cents
	Stock    int
	Reserved int // of these
}

// Available reports whether somebody can still buy it.
func (b *Book) Available() bool { return b.Stock > b.Reserved }

// ErrNotFound is the error for a book that the shop does not have.
var ErrNotFound = errors.New("no such book")

const columns = "isbn, title, author, price, stock, reserved"

// Book returns the book with an ISBN.
func (s *Store) Book(isbn string) (*Book, error) {
	var b Book
	err := s.db.QueryRow("SELECT "+columns+" FROM books WHERE isbn = ?", isbn).
		Scan(&b.ISBN, &b.Title, &b.Author, &b.Price, &b.Stock, &b.Reserved)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("book %s: %w", isbn, err)
	}
	return &b, nil
}

// By returns the books of an author.
func (s *Store) By(author string) ([]Book, error) {
	rows, err := s.db.Query("SELECT "+columns+" FROM books WHERE author = ? ORDER BY title, price", author)
	if err != nil {
		return nil, fmt.Errorf("books of %s: %w", author, err)
	}
	defer rows.Close()
	var books []Book
	for rows.Next() {
		b, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("books of %s: %w", author, err)
		}
		books = append(books, *b)
	}
	return books, rows.Err()
}

// Offer returns the cheapest edition of a title that is available.
func (s *Store) Offer(title string) (*Book, error) {
	rows, err := s.db.Query("SELECT "+columns+" FROM books WHERE title = ? ORDER BY price", title)
	if err != nil {
		return nil, fmt.Errorf("offer of %s: %w", title, err)
	}
	for rows.Next() {
		b, err := scan(rows)
		if err != nil {
			rows.Close()
			return nil, fmt.Errorf("offer of %s: %w", title, err)
		}
		if b.Available() {
			return b, nil
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("offer of %s: %w", title, err)
	}
	return nil, ErrNotFound
}

// scan reads the book that rows are at.
func scan(rows *sql.Rows) (*Book, error) {
	var b Book
	err := rows.Scan(&b.ISBN, &b.Title, &b.Author, &b.Price, &b.Stock, &b.Reserved)
	return &b, err
}
