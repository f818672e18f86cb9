package summary_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/connvet/connvet/passes/internal/summary"
)

func example() *summary.Package {
	return &summary.Package{
		Resource: true,
		Funcs: []summary.Func{
			{
				Name:       "Finish",
				NoReturnIf: []summary.Cond{{Subject: summary.Param, Index: 2, Is: summary.True}},
				Nilness:    []summary.Nilness{{Result: 0, Param: summary.Never}},
				Implies: []summary.Implication{{
					If:   summary.Cond{Subject: summary.Result, Is: summary.True},
					Then: summary.Cond{Subject: summary.Param, Index: 1, Is: summary.NonNil},
				}},
				Params: []summary.ParamEffect{{Param: 0, Cases: []summary.Case{
					{Guards: []summary.Cond{{Subject: summary.Deref, Index: 1, Is: summary.NonNil}}, Outcome: summary.Released},
					{Outcome: summary.Open, Called: []string{"Next=false"}},
				}}},
				Calls: []summary.Callee{{Param: 3, Path: ".close"}},
			},
			{
				Name:    "Open",
				Aliases: []summary.Alias{{Result: 1, Param: 0}},
				Fresh: []summary.Fresh{{Kind: "rows", Type: "*sql.Rows", Open: "(*sql.DB).Query",
					At: summary.Pos{File: "store.go", Line: 12}, Owner: true,
					Cases: []summary.Case{{Outcome: summary.Moved, Handles: []summary.Handle{{Index: 0, Path: ".rows", Dyn: "*p.iter"}}}}}},
			},
		},
	}
}

// Facts travel as gob in most drivers and as JSON in our own.
func TestCodec(t *testing.T) {
	want := example()
	var viaGob, viaJSON summary.Package
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := gob.NewEncoder(b).Encode(want); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("gob: equal facts have different bytes")
	}
	if err := gob.NewDecoder(&first).Decode(&viaGob); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want, &viaGob) {
		t.Errorf("gob: got %v, want %v", &viaGob, want)
	}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &viaJSON); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want, &viaJSON) {
		t.Errorf("JSON: got %v, want %v", &viaJSON, want)
	}
}

func TestString(t *testing.T) {
	const want = "Finish: no return if p2 true, r0 never nil, r0 true implies p1 non-nil, p0: [released if *p1 non-nil open calls Next=false], calls p3.close; " +
		"Open: r1 is p0, fresh rows: [moved r0.rows]"
	if got := example().String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestLookup(t *testing.T) {
	p := example()
	for _, name := range []string{"Finish", "Open"} {
		if f := p.Lookup(name); f == nil || f.Name != name {
			t.Errorf("Lookup(%q) = %v", name, f)
		}
	}
	for _, name := range []string{"", "Finisher", "Zoo", "Aha"} {
		if f := p.Lookup(name); f != nil {
			t.Errorf("Lookup(%q) = %v, want nil", name, f)
		}
	}
}
