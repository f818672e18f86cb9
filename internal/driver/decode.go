package driver

import (
	"bytes"
	"encoding/json"
	"strings"
)

// vetTree is what a vettool prints for cmd/go, which passes it on:
// package ID -> analyzer name -> vetError or []vetDiagnostic.
type vetTree map[string]map[string]json.RawMessage

type (
	vetError struct {
		Err string `json:"error"`
	}

	vetDiagnostic struct {
		Category       string       `json:"category"`
		Posn           string       `json:"posn"` // file:line:column
		End            string       `json:"end"`
		Message        string       `json:"message"`
		URL            string       `json:"url"`
		SuggestedFixes []vetFix     `json:"suggested_fixes"`
		Related        []vetRelated `json:"related"`
	}

	vetFix struct {
		Message string    `json:"message"`
		Edits   []vetEdit `json:"edits"`
	}

	vetEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"`
		End      int    `json:"end"`
		New      string `json:"new"`
	}

	vetRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
)

// splitOutput separates the trees in what go vet wrote to one of its streams
// from the lines between them. Go 1.26 writes the trees to standard output;
// before, they were on standard error, among headers and errors of packages.
func splitOutput(data []byte) (trees []vetTree, text []string) {
	for len(data) > 0 {
		if data[0] == '{' {
			dec := json.NewDecoder(bytes.NewReader(data))
			var tree vetTree
			if err := dec.Decode(&tree); err == nil {
				trees = append(trees, tree)
				data = bytes.TrimLeft(data[dec.InputOffset():], "\r\n")
				continue
			}
		}
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		text = append(text, strings.TrimSuffix(string(line), "\r"))
		data = rest
	}
	return trees, text
}
