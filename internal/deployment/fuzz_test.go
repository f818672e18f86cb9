package deployment

import (
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// marker is a secret in the tests.
const marker = "hunter2"

// FuzzRead checks that Read survives anything, accepts nothing that the schema
// does not, and has no error that repeats the secret that stands between the two
// halves of the text.
func FuzzRead(f *testing.F) {
	const env = "services:\n  api:\n    manifest: a.json\n    env:\n      "
	for _, seed := range [][2]string{
		{env + "PASSWORD: ", "\n      USER: x\n    instances: 2\n"},
		{env + `PASSWORD: "`, "\"\n    instanes: 2\n"},
		{env + "PASSWORD: {a: ", "}\n"},
		{env + "PASSWORD: [", ", 1]\n"},
		{env + "PASSWORD: *", "\n"},
		{env + "PASSWORD: &", " x\n"},
		{env + "PASSWORD: !", " x\n"},
		{env + "PASSWORD: |\n        ", "\n      x\n"},
		{env + "PASSWORD: '", "\n"},
		{env + "PASSWORD=", "\n"},
		{env + "? ", "\n      : x\n"},
		{`{"services": {"api": {"manifest": "a", "env": {"PASSWORD": "`, `", "X": null}}}}`},
		{"servers: {db: {dsn: 'root:", "@tcp(db)/x'}}"},
		{"servers: {db: {dsn_env: ", ", dsn_file: x, proxy: y}}"},
		{"servers: {db: {proxy: {kind: ", "}}}"},
		{"services: {a: {pool_max: ", "}}"},
		{"servers: {db: {ram: ", "G, middlebox: 5}}"},
		{"%TAG ! ", "\n---\n- &a *a\n"},
		{"services: {api: {pool_max: 1, server: ", ", surge: 5%}}"},
	} {
		f.Add(seed[0], seed[1])
	}
	for _, test := range testCases {
		f.Add(test.text, "")
	}
	for _, name := range []string{"testdata/orders.yaml", "testdata/orders.json"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		before, after, _ := strings.Cut(string(data), "p:w#")
		f.Add(before, after)
	}
	s := schema(f)
	f.Fuzz(func(t *testing.T, before, after string) {
		for _, text := range []string{before + after, before + marker + after} {
			file, err := Read(strings.NewReader(text))
			if err != nil {
				if strings.Contains(err.Error(), marker) && !isKey(text, marker) {
					t.Errorf("the error repeats a secret: %v", err)
				}
				continue
			}
			checkFile(t, file)
			v, err := value(text)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(v); err != nil {
				t.Errorf("Read accepts what the schema does not: %v", err)
			}
		}
	})
}

// isKey reports whether a word is in a key of a mapping, which errors do name.
func isKey(text, word string) bool {
	var find func(n *yaml.Node, key bool) bool
	find = func(n *yaml.Node, key bool) bool {
		if key && strings.Contains(n.Value, word) {
			return true
		}
		for i, child := range n.Content {
			if find(child, n.Kind == yaml.MappingNode && i%2 == 0) {
				return true
			}
		}
		return false
	}
	root := parseJSON([]byte(text))
	if root == nil {
		root = new(yaml.Node)
		if yaml.Unmarshal([]byte(text), root) != nil {
			return false
		}
	}
	return find(root, false)
}

// checkFile checks what those who use a file rely on.
func checkFile(t *testing.T, f *File) {
	t.Helper()
	servers := map[string]bool{"": len(f.Servers) == 0}
	for _, s := range f.Servers {
		servers[s.Name] = true
		if s.Name == "" || s.Line < 1 || s.Replicas < 0 || s.Overhead.Total() < 0 || s.RAM < 0 || s.Middlebox < 0 ||
			s.DSN.Env != "" && s.DSN.File != "" {
			t.Errorf("server %+v", s)
		}
	}
	if len(f.Services) == 0 {
		t.Error("no services")
	}
	for _, s := range f.Services {
		if s.Name == "" || s.Line < 1 || s.Manifest == "" && s.PoolMax == nil || !servers[s.Server] || s.Instances < 0 ||
			s.MaxLifetime < 0 || s.PoolMax != nil && *s.PoolMax < 0 || s.Surge != "" && !surgeRE.MatchString(s.Surge) {
			t.Errorf("service %+v", s)
		}
	}
}
