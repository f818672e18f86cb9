package manifest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Write writes a manifest in the schema dbpools/v1. Equal manifests give equal
// bytes, in whatever order their parts are. Text that may hold a credential is
// left out.
//
// Write fails, and writes nothing, if [Read] could not read the result.
func Write(w io.Writer, m *Manifest) error {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m.canonical()); err != nil {
		return err
	}
	if _, err := Read(bytes.NewReader(out.Bytes())); err != nil {
		return fmt.Errorf("the manifest is not valid: %w", err)
	}
	_, err := w.Write(out.Bytes())
	return err
}

// canonical returns the manifest with everything in the order in which it is
// written, and without credentials.
func (m *Manifest) canonical() *Manifest {
	c := *m
	c.Schema = Schema
	c.Pools = make([]Pool, 0, len(m.Pools))
	for _, p := range m.Pools {
		p = p.clean()
		slices.Sort(p.Mains)
		p.Mains = slices.Compact(p.Mains)
		c.Pools = append(c.Pools, p)
	}
	slices.SortStableFunc(c.Pools, func(a, b Pool) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.ID, b.ID))
	})
	c.Held = make([]Held, 0, len(m.Held))
	for _, h := range m.Held {
		c.Held = append(c.Held, h.clean())
	}
	slices.SortFunc(c.Held, func(a, b Held) int {
		return cmp.Or(strings.Compare(a.Pool, b.Pool), comparePos(a.Pos, b.Pos), cmp.Compare(a.N, b.N), strings.Compare(a.What, b.What))
	})
	c.Unresolved = make([]Unresolved, 0, len(m.Unresolved))
	for _, u := range m.Unresolved {
		c.Unresolved = append(c.Unresolved, u.clean())
	}
	slices.SortFunc(c.Unresolved, func(a, b Unresolved) int {
		return cmp.Or(comparePos(a.Pos, b.Pos), strings.Compare(a.Why, b.Why))
	})
	return &c
}

// comparePos orders positions by file, line and column.
func comparePos(a, b string) int {
	fileA, numbersA := cutPos(a)
	fileB, numbersB := cutPos(b)
	return cmp.Or(strings.Compare(fileA, fileB), slices.Compare(numbersA, numbersB))
}

// cutPos takes file:line or file:line:column apart.
func cutPos(pos string) (file string, numbers []int) {
	for {
		i := strings.LastIndexByte(pos, ':')
		if i < 0 {
			return pos, numbers
		}
		n, err := strconv.Atoi(pos[i+1:])
		if err != nil {
			return pos, numbers
		}
		pos, numbers = pos[:i], append([]int{n}, numbers...)
	}
}

// marshal is json.Marshal, but writes <, > and & as they are.
func marshal(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}
