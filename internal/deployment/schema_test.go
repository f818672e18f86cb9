package deployment

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"go.yaml.in/yaml/v3"

	"github.com/connvet/connvet/internal/schematest"
)

// schema returns the published schema.
func schema(t testing.TB) *jsonschema.Schema { return schematest.Compile(t, JSONSchema) }

// value returns a text as JSON has it.
func value(text string) (any, error) {
	d := new(decoder)
	n := d.parse([]byte(text))
	if d.err != nil {
		return nil, d.err
	}
	return nodeValue(n.yaml), nil
}

func nodeValue(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any)
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = nodeValue(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		s := []any{}
		for _, child := range n.Content {
			s = append(s, nodeValue(child))
		}
		return s
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return n.Value == "true"
	case "!!int", "!!float":
		if numberRE.MatchString(n.Value) {
			return json.Number(n.Value)
		}
		return json.Number("0.5") // a number, of those that JSON does not have
	}
	return n.Value
}

// Read accepts what the schema accepts, but for what is beyond a schema.
func TestSchema(t *testing.T) {
	s := schema(t)
	for _, test := range testCases {
		if test.beyond {
			continue
		}
		v, err := value(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if err := s.Validate(v); (err == nil) != (test.err == "") {
			t.Errorf("%s\nthe schema says %v, Read %q", test.text, err, test.err)
		}
	}
	for _, name := range []string{"testdata/orders.yaml", "testdata/orders.json"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := value(string(data))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The schema has the patterns of the code.
func TestSchemaPatterns(t *testing.T) {
	for _, pattern := range []string{envPattern, dsnPattern, bytesPattern, surgePattern, durationPattern} {
		quoted, err := json.Marshal(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(JSONSchema), `"pattern": `+string(quoted)) {
			t.Errorf("the schema has no pattern %s", quoted)
		}
	}
}
