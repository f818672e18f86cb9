package manifest

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// FuzzReadWrite checks that nothing that Read accepts is lost when it is written:
// Write leaves out text that may hold a credential, and Read is to refuse just
// that. One of the strings and numbers of the text is replaced.
func FuzzReadWrite(f *testing.F) {
	seeds, err := filepath.Glob("testdata/*.json")
	if err != nil || len(seeds) == 0 {
		f.Fatalf("no seeds, error %v", err)
	}
	for _, name := range seeds {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for i := range leaves(data) {
			f.Add(data, i, "127.0.0.1:3306")
			f.Add(data, i, "7")
			f.Add(data, i, "root:hunter2@tcp(db:3306)/orders")
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, i int, leaf string) {
		m, err := Read(bytes.NewReader(replaceLeaf(data, i, leaf)))
		if err != nil {
			return
		}
		checkKept(t, m)
		again, err := Read(strings.NewReader(written(t, m)))
		if err != nil {
			t.Fatal(err)
		}
		if len(again.Pools) != len(m.Pools) || len(again.Held) != len(m.Held) || len(again.Unresolved) != len(m.Unresolved) {
			t.Errorf("read again it is:\n%+v\nand was:\n%+v", again, m)
		}
		if want := m.canonical(); !reflect.DeepEqual(again, want) {
			t.Errorf("read again it is:\n%+v\nwant:\n%+v", again, want)
		}
	})
}

// leafRE matches the strings and numbers of a JSON text, and the names of its
// fields.
var leafRE = regexp.MustCompile(`"([^"\\]|\\.)*"|-?[0-9.]+`)

func leaves(data []byte) [][]int { return leafRE.FindAllIndex(data, -1) }

// replaceLeaf replaces a string or number of a JSON text, by another, as a number
// if it is one.
func replaceLeaf(data []byte, i int, leaf string) []byte {
	all := leaves(data)
	if i < 0 || i >= len(all) {
		return data
	}
	value := []byte(leaf)
	if _, err := strconv.ParseFloat(leaf, 64); err != nil {
		value, _ = marshal(leaf)
	}
	return slices.Concat(data[:all[i][0]], value, data[all[i][1]:])
}

// checkKept fails if an entry of a manifest is not clean.
func checkKept(t *testing.T, m *Manifest) {
	t.Helper()
	for _, p := range m.Pools {
		if got := p.clean(); !reflect.DeepEqual(got, p) {
			t.Errorf("pool:\n%+v\nwithout credentials:\n%+v", p, got)
		}
	}
	for _, h := range m.Held {
		if got := h.clean(); got != h {
			t.Errorf("held %+v, without credentials %+v", h, got)
		}
	}
	for _, u := range m.Unresolved {
		if got := u.clean(); got != u {
			t.Errorf("unresolved %+v, without credentials %+v", u, got)
		}
	}
}
