// Package utf decodes files as Windows has them: redirected output of PowerShell
// is UTF-16, and editors mark UTF-8.
package utf

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// Decode returns a text as UTF-8 without a byte order mark, by which it tells
// what the text is.
func Decode(text []byte) []byte {
	if rest, ok := bytes.CutPrefix(text, []byte("\uFEFF")); ok {
		return rest
	}
	if rest, ok := bytes.CutPrefix(text, []byte{0xFF, 0xFE}); ok {
		return decode16(rest, binary.LittleEndian)
	}
	if rest, ok := bytes.CutPrefix(text, []byte{0xFE, 0xFF}); ok {
		return decode16(rest, binary.BigEndian)
	}
	return text
}

// decode16 decodes UTF-16. Half a unit at the end is left out.
func decode16(text []byte, order binary.ByteOrder) []byte {
	var units []uint16
	for ; len(text) >= 2; text = text[2:] {
		units = append(units, order.Uint16(text))
	}
	return []byte(string(utf16.Decode(units)))
}
