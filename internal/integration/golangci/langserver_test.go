package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// testLangserver opens a file with a leak in golangci-lint-langserver, fixes it and
// saves it. The server cannot be had from everywhere, so it is not part of this
// module: it is skipped where it is not installed, unless
// CONNVET_REQUIRE_LANGSERVER=1 demands it.
func testLangserver(t *testing.T, l linter) {
	exe, err := exec.LookPath("golangci-lint-langserver")
	if err != nil {
		if os.Getenv("CONNVET_REQUIRE_LANGSERVER") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	dir, file := leakingModule(t, l)
	server := startServer(t, exe, l.env)
	server.request("initialize", map[string]any{
		"rootUri":               uri(dir),
		"capabilities":          map[string]any{},
		"initializationOptions": map[string]any{"command": editorCommand(t)},
	})
	document := map[string]any{"uri": uri(file), "languageId": "go", "version": 1, "text": leaking}
	server.notify("textDocument/didOpen", map[string]any{"textDocument": document})
	got := server.diagnostics(uri(file))
	if len(got) != 1 || got[0].Range.Start.Line != 5 || got[0].Range.Start.Character != 14 || got[0].Message != "connvet: "+leakText {
		t.Errorf("got %+v", got)
	}
	edit(t, file, `\treturn rows.Next`, "\tdefer rows.Close()\n$0")
	server.notify("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": uri(file)}})
	if got := server.diagnostics(uri(file)); len(got) > 0 {
		t.Errorf("after the fix: %+v", got)
	}
}

// uri returns the URI of a file.
func uri(name string) string {
	name = filepath.ToSlash(name)
	return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(name, "/")}).String()
}

// A server is a language server, seen from an editor.
type server struct {
	t   *testing.T
	in  io.Writer
	out *bufio.Reader
}

// startServer starts a language server. It ends with the test.
func startServer(t *testing.T, exe string, env []string) *server {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env, cmd.Stderr = append(os.Environ(), env...), t.Output()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Wait() }) // the context is over
	return &server{t, in, bufio.NewReader(out)}
}

// A message is one of JSON-RPC.
type message struct {
	Version string          `json:"jsonrpc"`
	ID      int             `json:"id,omitzero"`
	Method  string          `json:"method,omitzero"`
	Params  any             `json:"params,omitzero"`
	Error   json.RawMessage `json:"error,omitzero"`
}

func (s *server) send(m message) {
	s.t.Helper()
	m.Version = "2.0"
	data, err := json.Marshal(m)
	if err == nil {
		_, err = fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(data), data)
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// receive reads a message; its parameters go where params points to.
func (s *server) receive(params any) message {
	s.t.Helper()
	header, err := textproto.NewReader(s.out).ReadMIMEHeader()
	if err != nil {
		s.t.Fatal(err)
	}
	n, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		s.t.Fatal(err)
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(s.out, data); err != nil {
		s.t.Fatal(err)
	}
	m := message{Params: params}
	if err := json.Unmarshal(data, &m); err != nil {
		s.t.Fatalf("%v\n%s", err, data)
	}
	return m
}

func (s *server) notify(method string, params any) {
	s.t.Helper()
	s.send(message{Method: method, Params: params})
}

// request waits for the answer, which must be none of an error.
func (s *server) request(method string, params any) {
	s.t.Helper()
	s.send(message{ID: 1, Method: method, Params: params})
	if m := s.receive(nil); m.ID != 1 || m.Error != nil {
		s.t.Fatalf("%s: %+v", method, m)
	}
}

// A diagnostic is what an editor shows.
type diagnostic struct {
	Range struct {
		Start struct{ Line, Character int }
	}
	Message string
}

// diagnostics waits for those of a file.
func (s *server) diagnostics(uri string) []diagnostic {
	s.t.Helper()
	var params struct {
		URI         string
		Diagnostics []diagnostic
	}
	if m := s.receive(&params); m.Method != "textDocument/publishDiagnostics" || params.URI != uri {
		s.t.Fatalf("%+v", m)
	}
	return params.Diagnostics
}
