package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/connvet/connvet/internal/schematest"
)

// schema returns the published schema.
func schema(t testing.TB) *jsonschema.Schema { return schematest.Compile(t, JSONSchema) }

func TestSchema(t *testing.T) {
	s := schema(t)
	for _, text := range []string{golden(t), written(t, &Manifest{})} {
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Error(err)
		}
	}
	for _, pattern := range []string{secretPattern, scalarPattern, networkPattern, addressPattern, dbPattern} {
		quoted, err := marshal(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(JSONSchema, append([]byte(`"pattern": `), quoted...)) {
			t.Errorf("the schema has no pattern %s", quoted)
		}
	}
}

// Read accepts exactly what the schema accepts: each value in the golden
// manifest is removed, renamed, and replaced by values of other types and kinds.
func TestReadAgreesWithSchema(t *testing.T) {
	s := schema(t)
	accepted, refused := 0, 0
	mutate(t, golden(t), func(what string, v any) {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		_, readErr := Read(bytes.NewReader(data))
		schemaErr := s.Validate(v)
		if (readErr == nil) != (schemaErr == nil) {
			t.Errorf("%s: Read says %v, the schema %v", what, readErr, schemaErr)
		}
		if readErr == nil {
			accepted++
		} else {
			refused++
		}
	})
	t.Logf("%d accepted, %d refused", accepted, refused)
	if accepted < 100 || refused < 1000 {
		t.Error("that proves little")
	}
}

// replacements are what each value is replaced by.
var replacements = []any{
	nil, true, "", "text", "unknown", "unset", "const", "range", "env", "config", "process", "mysql", "127.0.0.1:3306", "/tmp/my.sock", "/", ":memory:", "file:x.db",
	"a:b", "p:r:i", "a:1,b:2", "root:pw@tcp(db:3306)/x", "postgres://u:p@h/d", "user=u password=p", "db?x=y", "a b",
	json.Number("-1"), json.Number("0"), json.Number("7"), json.Number("2.5"), json.Number("7.0"), json.Number("1e1"), []any{}, []any{"x"}, map[string]any{}, map[string]any{"kind": "unset"},
	map[string]any{"kind": "env", "name": "X"}, map[string]any{"kind": "flag", "name": "x", "default": ""}, map[string]any{"kind": "range"},
}

// mutate calls f for each mutant of a JSON text.
func mutate(t *testing.T, text string, f func(what string, v any)) {
	t.Helper()
	root, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var visit func(path string, v any, set func(any))
	visit = func(path string, v any, set func(any)) {
		for _, r := range replacements {
			set(r)
			f(fmt.Sprintf("%s = %v", path, r), root)
		}
		set(v)
		switch v := v.(type) {
		case []any:
			for i, e := range v {
				visit(fmt.Sprintf("%s[%d]", path, i), e, func(x any) { v[i] = x })
			}
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				e := v[name]
				delete(v, name)
				f(path+" without "+name, root)
				v["later"] = e
				f(path+" with "+name+" called later", root)
				v[name] = e
				f(path+" with another field", root)
				delete(v, "later")
				visit(path+"."+name, e, func(x any) { v[name] = x })
			}
		}
	}
	visit("$", root, func(x any) { root = x })
}

// FuzzRead checks that Read and the schema agree on anything, and that what is
// read can be written and read again.
func FuzzRead(f *testing.F) {
	seed, err := os.ReadFile(goldenFile)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add([]byte(`{"schema":"dbpools/v1","module":"","go":"","commit":"","complete":true,"pools":[],"held":[],"held_complete":false,"unresolved":[]}`))
	s := schema(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Read(bytes.NewReader(data))
		if v, jsonErr := jsonschema.UnmarshalJSON(bytes.NewReader(data)); jsonErr == nil && err == nil && s.Validate(v) != nil {
			t.Errorf("Read accepts what the schema does not: %v", s.Validate(v))
		}
		if err != nil {
			return
		}
		text := written(t, m)
		again, err := Read(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := written(t, again); got != text {
			t.Errorf("written again it is:\n%s\nwant:\n%s", got, text)
		}
	})
}
