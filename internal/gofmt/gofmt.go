// Package gofmt formats Go source as gofmt does, but for what that does to files
// of Windows: their line ends and their byte order mark stay.
package gofmt

import (
	"bytes"
	"go/format"
)

var (
	mark = []byte("\uFEFF")
	lf   = []byte("\n")
	crlf = []byte("\r\n")
)

// Source formats the source of a file. Where not all of its lines end alike,
// they do afterwards.
func Source(src []byte) ([]byte, error) {
	out, err := format.Source(Plain(src))
	return Like(src, out), err
}

// Plain returns the source of a file without what gofmt removes. Carriage
// returns are no part of the text to the parser, but in comments some of them
// confuse the printer.
func Plain(src []byte) []byte {
	return bytes.ReplaceAll(bytes.TrimPrefix(src, mark), crlf, lf)
}

// Like returns source that gofmt has formatted with the line ends and the mark
// of a file.
func Like(file, formatted []byte) []byte {
	if ends(file) == allCRLF {
		formatted = bytes.ReplaceAll(formatted, lf, crlf)
	}
	if bytes.HasPrefix(file, mark) {
		formatted = append(bytes.Clone(mark), formatted...)
	}
	return formatted
}

// IsMixed reports whether some lines of a file end as on Windows, and others do
// not.
func IsMixed(file []byte) bool { return ends(file) == mixed }

// How the lines of a file end.
const (
	allLF = iota
	allCRLF
	mixed
)

func ends(file []byte) int {
	switch bytes.Count(file, crlf) {
	case 0:
		return allLF
	case bytes.Count(file, lf):
		return allCRLF
	}
	return mixed
}
