// Package mid stands between hidden and top; it knows nothing of database/sql.
package mid

import (
	"fmt"

	"connleak/xpkg/hidden"
)

// Listing pairs a cursor with its title.
type Listing struct {
	cursor hidden.Cursor
	Title  string
}

// List opens a listing.
func List(s *hidden.Source, title string) (*Listing, error) {
	c, err := s.Names()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", title, err)
	}
	return &Listing{cursor: c, Title: title}, nil
}

// ListChecked opens a listing and loses the cursor when there is no title.
func ListChecked(s *hidden.Source, title string) (*Listing, error) {
	c, err := s.Names() // want "c.*connleak/wrapper"
	if err != nil {
		return nil, err
	}
	if title == "" {
		return nil, fmt.Errorf("no title")
	}
	return &Listing{cursor: c, Title: title}, nil
}

// First is the first name.
func (l *Listing) First() string { return hidden.First(l.cursor) }

// Done ends the listing.
func (l *Listing) Done() { _ = l.cursor.Close() }

// Open opens a source for a host.
func Open(host string) (*hidden.Source, error) {
	s, err := hidden.Open("app@" + host + "/shop")
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", host, err)
	}
	return s, nil
}
