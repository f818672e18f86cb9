package unit

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// The layout of a vetx file that is not empty:
//
//	magic    8 bytes, ends in the version
//	flags    1 byte
//	packages count, then for each, sorted by path:
//	         path, flags byte, count of facts, then for each: type, gob
//	types    the rest: what gcexportdata.Write wrote, or nothing
//
// Counts and the lengths before strings are uvarints. An empty file is a
// package that has nothing to tell.
const vetxMagic = "unitvtx\x01"

// flagRelevant is set, for a file or for one package of it, if that package
// makes its importers relevant.
const flagRelevant = 1

// vetx is what a run leaves behind for the importers of its package.
type vetx struct {
	relevant bool
	packages []packageFacts
	types    []byte
}

// packageFacts are the facts of one package in encoded form.
type packageFacts struct {
	path     string
	relevant bool
	facts    []encodedFact
}

// An encodedFact is a fact's type and the gob of its value.
type encodedFact struct {
	typ  string
	data []byte
}

var errCorrupt = errors.New("not a vetx file of this tool, or damaged")

// relevantHeader tells from the first bytes of a vetx file whether its package
// makes its importers relevant.
func relevantHeader(filename string) (bool, error) {
	file, err := os.Open(filename)
	if err != nil {
		return false, err
	}
	defer file.Close()
	var header [len(vetxMagic) + 1]byte
	if _, err := io.ReadFull(file, header[:]); err == io.EOF {
		return false, nil
	} else if err != nil || string(header[:len(vetxMagic)]) != vetxMagic {
		return false, fmt.Errorf("%s: %w", filename, errCorrupt)
	}
	return header[len(vetxMagic)]&flagRelevant != 0, nil
}

// write encodes v into a file.
func (v *vetx) write(filename string) error {
	return os.WriteFile(filename, v.encode(), 0666)
}

// encode returns the bytes of v, which depend only on its contents.
func (v *vetx) encode() []byte {
	if !v.relevant && len(v.packages) == 0 && v.types == nil {
		return nil
	}
	slices.SortFunc(v.packages, func(x, y packageFacts) int { return strings.Compare(x.path, y.path) })
	buf := append([]byte(vetxMagic), flags(v.relevant))
	buf = binary.AppendUvarint(buf, uint64(len(v.packages)))
	for _, p := range v.packages {
		buf = appendString(buf, p.path)
		buf = append(buf, flags(p.relevant))
		buf = binary.AppendUvarint(buf, uint64(len(p.facts)))
		for _, f := range p.facts {
			buf = appendString(buf, f.typ)
			buf = appendString(buf, string(f.data))
		}
	}
	return append(buf, v.types...)
}

func flags(relevant bool) byte {
	if relevant {
		return flagRelevant
	}
	return 0
}

func appendString(buf []byte, s string) []byte {
	return append(binary.AppendUvarint(buf, uint64(len(s))), s...)
}

// readVetx reads a vetx file. The facts stay encoded.
func readVetx(filename string) (*vetx, error) {
	data, err := os.ReadFile(filename)
	if err != nil {
		return nil, err
	}
	v, err := decodeVetx(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filename, err)
	}
	return v, nil
}

// decodeVetx is the inverse of encode. The result shares data.
func decodeVetx(data []byte) (*vetx, error) {
	v := new(vetx)
	if len(data) == 0 {
		return v, nil
	}
	rest, ok := strings.CutPrefix(string(data[:min(len(data), len(vetxMagic))]), vetxMagic)
	if !ok || rest != "" {
		return nil, errCorrupt
	}
	r := &vetxReader{data: data[len(vetxMagic):]}
	v.relevant = r.flags()
	for range r.count() {
		p := packageFacts{path: string(r.bytes()), relevant: r.flags()}
		for range r.count() {
			p.facts = append(p.facts, encodedFact{typ: string(r.bytes()), data: r.bytes()})
		}
		v.packages = append(v.packages, p)
	}
	if r.bad {
		return nil, errCorrupt
	}
	v.types = r.data
	return v, nil
}

// A vetxReader takes a vetx file apart. After a failure it yields zeros.
type vetxReader struct {
	data []byte
	bad  bool
}

// count reads a number of things, each of which takes a byte at least.
func (r *vetxReader) count() int {
	n, size := binary.Uvarint(r.data)
	if r.bad || size <= 0 || n > uint64(len(r.data)-size) {
		r.bad, r.data = true, nil
		return 0
	}
	r.data = r.data[size:]
	return int(n)
}

func (r *vetxReader) bytes() []byte {
	n := r.count()
	b := r.data[:n:n]
	r.data = r.data[n:]
	return b
}

func (r *vetxReader) flags() bool {
	if len(r.data) == 0 {
		r.bad = true
		return false
	}
	b := r.data[0]
	r.data = r.data[1:]
	return b&flagRelevant != 0
}
