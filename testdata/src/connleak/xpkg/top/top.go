// Package top imports mid and hidden, neither of which shows database/sql in
// what it exports: only facts can say what is owed here.
package top

import (
	"errors"
	"fmt"

	"connleak/xpkg/hidden"
	"connleak/xpkg/mid"
)

var errStop = errors.New("stop")

// The listing is ended.
func first(s *hidden.Source) (string, error) {
	l, err := mid.List(s, "names")
	if err != nil {
		return "", err
	}
	defer l.Done()
	return l.First(), nil
}

// The listing is not ended on one path.
func firstLeft(s *hidden.Source) (string, error) {
	l, err := mid.List(s, "names") // want "l.*connleak/wrapper"
	if err != nil {
		return "", err
	}
	name := l.First()
	if name == "" {
		return "", errStop
	}
	l.Done()
	return name, nil
}

// The source, opened through two packages, is closed.
func check(host string) error {
	s, err := mid.Open(host)
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = first(s)
	return err
}

// The source, opened through two packages, is dropped.
func checkLeft(host string) error {
	s, err := mid.Open(host) // want "s.*connleak/(wrapper|db)"
	if err != nil {
		return err
	}
	_, err = first(s)
	return err
}

// The cursor goes to a function that closes it.
func each(s *hidden.Source) error {
	c, err := s.Names()
	if err != nil {
		return err
	}
	return hidden.Each(c, func(name string) error {
		fmt.Println(name)
		return nil
	})
}

// The cursor goes to a function that only reads.
func eachLeft(s *hidden.Source) error {
	c, err := s.Names() // want "c.*connleak/wrapper"
	if err != nil {
		return err
	}
	fmt.Println(hidden.First(c))
	return nil
}

// The lock is a transaction behind an io.Closer, and it is given back.
func locked(s *hidden.Source, work func() error) error {
	l, err := s.Lock("top")
	if err != nil {
		return err
	}
	defer l.Close()
	return work()
}

// The lock is a transaction behind an io.Closer; an error keeps it.
func lockedLeft(s *hidden.Source, work func() error) error {
	l, err := s.Lock("top") // want "l.*connleak/(wrapper|tx)"
	if err != nil {
		return err
	}
	if err := work(); err != nil {
		return err
	}
	return l.Close()
}
