// Package util has helpers on io.Closer; nothing in it leads to a database.
package util

import (
	"io"
	"log"
)

// Close closes and logs.
func Close(c io.Closer) {
	if err := c.Close(); err != nil {
		log.Print(err)
	}
}

// CloseFunc calls and logs.
func CloseFunc(f func() error) {
	if err := f(); err != nil {
		log.Print(err)
	}
}
