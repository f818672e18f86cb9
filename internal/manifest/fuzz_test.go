package manifest

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// FuzzReadWrite checks that nothing that Read accepts is lost when it is written:
// Write leaves out text that may hold a credential, and Read is to refuse just
// that.
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
		f.Add(data)
	}
	f.Add([]byte(`{"schema":"dbpools/v1","module":"","go":"","commit":"","complete":true,"pools":[],"held":[],"held_complete":false,"unresolved":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Read(bytes.NewReader(data))
		if err != nil {
			return
		}
		checkKept(t, m)
		again, err := Read(strings.NewReader(written(t, m)))
		if err != nil {
			t.Fatal(err)
		}
		if want := m.canonical(); !reflect.DeepEqual(again, want) {
			t.Errorf("read again it is:\n%+v\nwant:\n%+v", again, want)
		}
	})
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
