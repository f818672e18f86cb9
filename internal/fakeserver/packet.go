package fakeserver

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"

	"github.com/connvet/connvet/internal/fakeserver/minisql"
)

// errMalformed is what a client sends that is not of the protocol.
var errMalformed = errors.New("malformed packet")

// maxPacket bounds what a client may send.
const maxPacket = 1 << 20

// readPacket reads a packet, and sets the sequence number of the next one.
func (c *session) readPacket() ([]byte, error) {
	var header [4]byte
	if _, err := io.ReadFull(c.conn, header[:]); err != nil {
		return nil, err
	}
	c.sequence = header[3] + 1
	length := int(header[0]) | int(header[1])<<8 | int(header[2])<<16
	if length > maxPacket {
		return nil, errMalformed
	}
	data := make([]byte, length)
	_, err := io.ReadFull(c.conn, data)
	return data, err
}

// A reply is the packets that answer something, without their headers.
type reply [][]byte

// encode returns the packets with headers; first is the first one's sequence
// number.
func (r reply) encode(first byte) []byte {
	var out []byte
	for i, p := range r {
		out = append(out, byte(len(p)), byte(len(p)>>8), byte(len(p)>>16), first+byte(i))
		out = append(out, p...)
	}
	return out
}

// A fields reads the fields of a packet. What is missing is empty, and noted.
type fields struct {
	data  []byte
	short bool
}

func (f *fields) bytes(n int) []byte {
	if n < 0 || n > len(f.data) {
		f.short = true
		f.data = nil
		return make([]byte, 16)[:min(max(n, 0), 16)]
	}
	b := f.data[:n]
	f.data = f.data[n:]
	return b
}

func (f *fields) uint32() uint32 { return binary.LittleEndian.Uint32(f.bytes(4)) }

// terminated reads a string that ends with a zero byte.
func (f *fields) terminated() string {
	end := strings.IndexByte(string(f.data), 0)
	if end < 0 {
		f.short = true
		return ""
	}
	text := string(f.bytes(end))
	f.bytes(1)
	return text
}

// prefixed reads a string after its length.
func (f *fields) prefixed() string {
	switch first := f.bytes(1)[0]; first {
	case 0xfc:
		return string(f.bytes(int(binary.LittleEndian.Uint16(f.bytes(2)))))
	case 0xfb, 0xfd, 0xfe, 0xff:
		f.short = true // too long for what clients say of themselves
		return ""
	default:
		return string(f.bytes(int(first)))
	}
}

// appendPrefixed appends a string after its length.
func appendPrefixed(b []byte, s string) []byte {
	return append(appendLength(b, uint64(len(s))), s...)
}

// appendLength appends a number as lengths are encoded.
func appendLength(b []byte, n uint64) []byte {
	switch {
	case n < 0xfb:
		return append(b, byte(n))
	case n < 1<<16:
		return binary.LittleEndian.AppendUint16(append(b, 0xfc), uint16(n))
	}
	return binary.LittleEndian.AppendUint64(append(b, 0xfe), n)
}

// packet returns the packet that reports an error.
func (e *Error) packet() []byte {
	b := binary.LittleEndian.AppendUint16([]byte{0xff}, e.Number)
	if e.State != "" {
		b = append(b, "#"+e.State...)
	}
	return append(b, e.Message...)
}

// okPacket reports success. The header is 0 or, at the end of rows, 0xfe.
func (c *session) okPacket(header byte) []byte {
	return append([]byte{header, 0, 0}, c.statusFlags(), 0, 0, 0)
}

// statusFlags are those of the protocol: autocommit, and whether there is a
// transaction.
func (c *session) statusFlags() byte {
	if c.inTx {
		return 3
	}
	return 2
}

// end returns the packet that ends columns or rows.
func (c *session) end() []byte {
	if c.capabilities&deprecateEOF != 0 {
		return c.okPacket(0xfe)
	}
	return []byte{0xfe, 0, 0, c.statusFlags(), 0}
}

// encodeResult returns the packets of a result.
func (c *session) encodeResult(r *minisql.Result) reply {
	head := appendLength(nil, uint64(len(r.Columns)))
	if c.cacheMetadata {
		head = append(head, 1)
	}
	packets := reply{head}
	for i, name := range r.Columns {
		packets = append(packets, columnPacket(name, kindOf(r.Rows, i)))
	}
	if c.capabilities&deprecateEOF == 0 {
		packets = append(packets, c.end())
	}
	if r.Err != nil {
		return append(packets, c.inWords(r.Err).packet())
	}
	for _, row := range r.Rows {
		var b []byte
		for _, v := range row {
			if v.Kind() == minisql.Null {
				b = append(b, 0xfb)
				continue
			}
			b = appendPrefixed(b, v.String())
		}
		packets = append(packets, b)
	}
	return append(packets, c.end())
}

// kindOf returns the type of a column: the widest of its values.
func kindOf(rows [][]minisql.Value, i int) minisql.Kind {
	kind := minisql.Null
	for _, row := range rows {
		kind = max(kind, row[i].Kind())
	}
	if kind == minisql.Null {
		return minisql.String
	}
	return kind
}

// columnPacket describes a column of a result.
func columnPacket(name string, kind minisql.Kind) []byte {
	b := appendPrefixed(nil, "def")
	for _, s := range []string{"", "", "", name, ""} { // schema, tables, name, name in the table
		b = appendPrefixed(b, s)
	}
	charset, code := byte(63), byte(0x08) // binary, LONGLONG
	switch kind {
	case minisql.Decimal:
		code = 0xf6
	case minisql.String:
		charset, code = 45, 0xfd
	}
	b = append(b, 0x0c, charset, 0)
	b = binary.LittleEndian.AppendUint32(b, 1024)
	return append(b, code, 0, 0, 0, 0, 0)
}
