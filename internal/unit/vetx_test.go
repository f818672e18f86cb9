package unit

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func sampleVetx() *vetx {
	return &vetx{
		relevant: true,
		packages: []packageFacts{
			{path: "example.com/b", facts: []encodedFact{{"p.F", []byte("\x00data")}, {"p.G", nil}}},
			{path: "example.com/a", relevant: true},
		},
		types: []byte("i..."),
	}
}

func TestVetxRoundTrip(t *testing.T) {
	for _, v := range []*vetx{{}, {relevant: true}, {types: []byte("i")}, sampleVetx()} {
		data := v.encode()
		got, err := decodeVetx(data)
		if err != nil {
			t.Fatal(err)
		}
		if again := got.encode(); !bytes.Equal(data, again) {
			t.Errorf("%q became %q", data, again)
		}
		if got.relevant != v.relevant || len(got.packages) != len(v.packages) || !bytes.Equal(got.types, v.types) {
			t.Errorf("%+v became %+v", v, got)
		}
	}
	if data := new(vetx).encode(); len(data) != 0 {
		t.Errorf("nothing to tell takes %d bytes", len(data))
	}
	got, _ := decodeVetx(sampleVetx().encode())
	want := []packageFacts{
		{path: "example.com/a", relevant: true},
		{path: "example.com/b", facts: []encodedFact{{"p.F", []byte("\x00data")}, {"p.G", []byte{}}}},
	}
	if !reflect.DeepEqual(got.packages, want) {
		t.Errorf("got %+v, want %+v", got.packages, want)
	}
}

func TestVetxDamaged(t *testing.T) {
	data := (&vetx{packages: sampleVetx().packages}).encode()
	for n := 1; n < len(data); n++ {
		if _, err := decodeVetx(data[:n]); !errors.Is(err, errCorrupt) {
			t.Errorf("cut to %d bytes: %v", n, err)
		}
	}
	huge := append([]byte(vetxMagic), 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1)
	if _, err := decodeVetx(huge); !errors.Is(err, errCorrupt) {
		t.Errorf("huge count: %v", err)
	}
}

func FuzzVetx(f *testing.F) {
	f.Add(sampleVetx().encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		if v, err := decodeVetx(data); err == nil {
			if _, err := decodeVetx(v.encode()); err != nil {
				t.Errorf("%q: %v", data, err)
			}
		}
	})
}

func TestRelevantHeader(t *testing.T) {
	for _, test := range []struct {
		data []byte
		want bool
		err  bool
	}{
		{nil, false, false},
		{(&vetx{types: []byte("i")}).encode(), false, false},
		{sampleVetx().encode(), true, false},
		{[]byte("short"), false, true},
		{[]byte("something else altogether"), false, true},
	} {
		name := filepath.Join(t.TempDir(), "vetx")
		if err := os.WriteFile(name, test.data, 0666); err != nil {
			t.Fatal(err)
		}
		if got, err := relevantHeader(name); got != test.want || (err != nil) != test.err {
			t.Errorf("%q: %v, %v", test.data, got, err)
		}
	}
	if _, err := relevantHeader(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("missing file: no error")
	}
}
