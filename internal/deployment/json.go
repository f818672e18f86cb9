package deployment

import (
	"bytes"
	"encoding/json"
	"strconv"

	"go.yaml.in/yaml/v3"
)

// parseJSON returns a JSON text as YAML nodes, nil if it is none. YAML's own
// parser does not know all escapes of JSON.
func parseJSON(data []byte) *yaml.Node {
	if !json.Valid(data) {
		return nil
	}
	p := jsonParser{dec: json.NewDecoder(bytes.NewReader(data)), data: data, line: 1}
	p.dec.UseNumber()
	return p.value(p.next())
}

// A jsonParser parses a valid JSON text.
type jsonParser struct {
	dec  *json.Decoder
	data []byte // of which the lines are not yet counted
	read int64  // bytes before data
	line int    // of the last token
}

// next returns the next token.
func (p *jsonParser) next() json.Token {
	t, _ := p.dec.Token()
	n := p.dec.InputOffset() - p.read
	p.line += bytes.Count(p.data[:n], []byte("\n"))
	p.data, p.read = p.data[n:], p.read+n
	return t
}

// value returns the value that starts with a token.
func (p *jsonParser) value(t json.Token) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Line: p.line}
	switch t := t.(type) {
	case nil:
		n.Tag = "!!null"
	case bool:
		n.Tag, n.Value = "!!bool", strconv.FormatBool(t)
	case json.Number:
		n.Tag, n.Value = "!!float", t.String()
	case string:
		n.Tag, n.Value = "!!str", t
	case json.Delim:
		n.Kind = yaml.SequenceNode
		if t == '{' {
			n.Kind = yaml.MappingNode
		}
		for p.dec.More() {
			n.Content = append(n.Content, p.value(p.next()))
		}
		p.next()
	}
	return n
}
