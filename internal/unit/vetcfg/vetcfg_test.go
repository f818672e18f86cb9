package vetcfg

import (
	"encoding/json"
	"go/build"
	"path/filepath"
	"reflect"
	"testing"
)

// sample is what cmd/go of Go 1.26 writes, shortened.
const sample = `{
	"ID": "example.com/m/p",
	"Compiler": "gc",
	"Dir": "/tmp/m/p",
	"ImportPath": "example.com/m/p",
	"GoFiles": [
		"/tmp/m/p/p.go",
		"C:\\m\\p \"q\".go"
	],
	"NonGoFiles": [],
	"IgnoredFiles": null,
	"ModulePath": "example.com/m",
	"ModuleVersion": "",
	"ImportMap": {
		"testing": "testing",
		"x": "vendor/x"
	},
	"PackageFile": {
		"testing": "/tmp/b002/_pkg_.a"
	},
	"Standard": {
		"testing": true,
		"x": false
	},
	"PackageVetx": {},
	"VetxOnly": true,
	"VetxOutput": "/tmp/b001/vet.out",
	"Stdout": "/tmp/b001/vet.stdout",
	"GoVersion": "go1.24",
	"FixArchive": "",
	"SucceedOnTypecheckFailure": false
}
`

// later is what a later cmd/go might write.
const later = `{"Module": {"Path": "m", "Main": true, "Replace": null}, "Future": [{"a": []}, [true], null, "x"], "ID": "p"}`

func TestScan(t *testing.T) {
	for _, text := range []string{sample, later, "{}", "{ }\n", `{"Module": null}`} {
		got, ok := Scan([]byte(text))
		if !ok {
			t.Errorf("cannot scan %s", text)
			continue
		}
		want := new(Config)
		if err := json.Unmarshal([]byte(text), want); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	}
}

// What Scan does not understand it leaves to encoding/json.
func TestScanRefuses(t *testing.T) {
	for _, text := range []string{
		``, `{`, `{"ID"`, `{"ID":`, `{"ID": "x`, `{"ID": "x"`, `{"ID": "x",}`, `{"ID": "x"} x`, `[]`, `null`,
		`{"ID": 1}`, `{"ID": "\u0026"}`, `{"ID": "\`, `{"ID": "\\`, `{"ID": "ü"}`, "{\"ID\": \"a\nb\"}",
		`{"VetxOnly": 0}`, `{"GoFiles": "x"}`, `{"GoFiles": ["x" "y"]}`, `{"ImportMap": {"a": true}}`,
		`{"Future": 1}`, `{"Future": {"a": 1}}`, `{"Module": [`,
	} {
		if c, ok := Scan([]byte(text)); ok {
			t.Errorf("%s: %+v", text, c)
		}
	}
}

// Where Scan says that it understands, encoding/json agrees.
func FuzzScan(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte(later))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, ok := Scan(data)
		if !ok {
			return
		}
		again, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(data) {
			t.Errorf("%q is not valid, but became %s", data, again)
		}
	})
}

func TestInStandardLibrary(t *testing.T) {
	src := filepath.Join(build.Default.GOROOT, "src")
	for _, test := range []struct {
		config Config
		want   bool
	}{
		{Config{ImportPath: "fmt", Dir: filepath.Join(src, "fmt")}, true},
		{Config{ImportPath: "vendor/golang.org/x/text", Dir: filepath.Join(src, "vendor/golang.org/x/text")}, true},
		{Config{ImportPath: "fmt", Dir: filepath.Join(t.TempDir(), "src", "fmt")}, false},
		{Config{ImportPath: "fmt", Dir: filepath.Join(src, "other")}, false},
		{Config{ImportPath: "fmt", Dir: filepath.Join(src, "fmt"), ModulePath: "m"}, false},
		{Config{ImportPath: "fmt", Dir: filepath.Join(src, "fmt"), Module: Raw("{}")}, false},
		{Config{ImportPath: "command-line-arguments", Dir: src}, false},
	} {
		if got := test.config.InStandardLibrary(); got != test.want {
			t.Errorf("%+v: %v", test.config, got)
		}
	}
}

func TestExportData(t *testing.T) {
	type m = map[string]string
	for _, test := range []struct {
		imports, files m
		misses, leaf   bool
	}{
		{nil, nil, false, true},
		{m{"unsafe": "unsafe"}, nil, false, true},
		{m{"unsafe": "unsafe", "C": "C"}, m{}, false, true},
		{m{"fmt": "fmt"}, m{"fmt": "fmt.a"}, false, false},
		{m{"fmt": "fmt", "unsafe": "unsafe"}, m{"fmt": "fmt.a"}, false, false},
		{m{"fmt": "fmt", "x": "vendor/x"}, m{"fmt": "fmt.a"}, true, false},
		{m{"fmt": "fmt"}, nil, true, false},
	} {
		c := Config{ImportMap: test.imports, PackageFile: test.files}
		if misses, leaf := c.MissesExportData(), c.IsLeaf(); misses != test.misses || leaf != test.leaf {
			t.Errorf("%v, %v: misses %v, leaf %v", test.imports, test.files, misses, leaf)
		}
	}
}

func TestDirOf(t *testing.T) {
	for _, test := range []struct{ own, dir, path, want string }{
		{"m/a/b", "/src/a/b", "m/c", "/src/c"},
		{"m/a_test", "/src/a", "m/a", "/src/a"},
		{"m/a_test", "/src/a_test", "m/c", "/src/c"},
		{"m", "/src", "m/c", "/src/c"},
		{"m/a", "/src/a", "m", "/src"},
		{"m/a", "/src/a", "mm", ""},
		{"m/a", "/src/a", "other", ""},
		{"m/a", "/elsewhere", "m/c", ""},
	} {
		c := Config{ModulePath: "m", ImportPath: test.own, Dir: filepath.FromSlash(test.dir)}
		got, ok := c.DirOf(test.path)
		if filepath.ToSlash(got) != test.want || ok != (test.want != "") {
			t.Errorf("%+v: %q, %v", test, got, ok)
		}
	}
}

func TestPortableDir(t *testing.T) {
	for _, test := range []struct{ path, module, version, want string }{
		{"m/a", "m", "", "m/a"},
		{"m/a", "m", "v1.2.3", "m@v1.2.3/a"},
		{"m", "m", "v1.2.3", "m@v1.2.3"},
		{"fmt", "", "", "fmt"},
		{"command-line-arguments", "m", "v1.2.3", "command-line-arguments"},
	} {
		c := Config{ImportPath: test.path, ModulePath: test.module, ModuleVersion: test.version}
		if got := c.PortableDir(); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
}
