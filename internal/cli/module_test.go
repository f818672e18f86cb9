package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAbove(t *testing.T) {
	root := t.TempDir()
	if got := Repository(root); strings.HasPrefix(got, root) {
		t.Errorf("without a repository it is %q", got)
	}
	for name, text := range map[string]string{
		".git":                "gitdir: elsewhere\n",
		"svc/go.mod":          "module example.com/svc // what it is\n\ngo 1.25\n",
		"svc/tools/go.mod":    "module \"example.com/svc/tools\"\r\n",
		"svc/tools/gen/x.txt": "",
	} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ dir, path, want string }{
		{"svc", "example.com/svc", "svc"},
		{"svc/tools/gen", "example.com/svc/tools", "svc/tools"},
		{"svc/tools/gen", "example.com/svc", "svc"},
		{"svc/tools", "example.com/other", ""},
		{"svc", "", ""},
		{".", "example.com/svc", ""},
	} {
		want := ""
		if test.want != "" {
			want = filepath.Join(root, test.want)
		}
		dir := filepath.Join(root, test.dir)
		if got := Module(dir, test.path); got != want {
			t.Errorf("the module %q of %s is in %q, want %q", test.path, test.dir, got, want)
		}
		if got := Repository(dir); got != root {
			t.Errorf("the repository of %s is in %q, want %q", test.dir, got, root)
		}
	}
}
