package oracle

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
)

// plainPreamble declares for the plain form what package rt gives the executed one.
const plainPreamble = `package gen

import (
	"database/sql/driver"
	"errors"
)

// A BusyError is an error that programs tell from others.
type BusyError struct{}

func (*BusyError) Error() string { return "busy" }

// ErrBusy is one.
var ErrBusy error = &BusyError{}

// ErrFailed is any other error.
var ErrFailed = errors.New("failed")

// An In gives a program its inputs.
type In struct {
	bits []bool
	err  error
	conn driver.Connector
}

// Bit is a condition that nothing in the program decides.
func (in *In) Bit() bool {
	b := in.bits[0]
	in.bits = in.bits[1:]
	return b
}

// N is the bound of a loop.
func (in *In) N() int { return len(in.bits) }

// Fail is a call that fails or does not.
func (in *In) Fail() error { return in.err }

// Items is a slice whose length the program cannot know.
func (in *In) Items() []int { return make([]int, len(in.bits)) }

// Connector is what sql.OpenDB takes.
func (in *In) Connector() driver.Connector { return in.conn }
`

// stdlib is what generated programs import, directly or not.
var stdlib = sync.OnceValues(func() (map[string]string, error) {
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}",
		"context", "database/sql", "errors", "fmt", "io", "iter", "os", "time")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list -export: %w\n%s", err, &stderr)
	}
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		files[path] = file
	}
	return files, nil
})

// A checker type-checks generated sources against one copy of the standard
// library's types.
type checker struct {
	fset     *token.FileSet
	imp      types.Importer
	preamble *ast.File
}

func newChecker() (*checker, error) {
	files, err := stdlib()
	if err != nil {
		return nil, err
	}
	c := &checker{fset: token.NewFileSet()}
	c.imp = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) {
		file, ok := files[path]
		if !ok || file == "" {
			return nil, fmt.Errorf("no export data for %s", path)
		}
		return os.Open(file)
	})
	c.preamble, err = parser.ParseFile(c.fset, "preamble.go", plainPreamble, parser.SkipObjectResolution)
	return c, err
}

// fileName is the file of program number id.
func fileName(id int) string { return fmt.Sprintf("p%d.go", id) }

// A checked package has passed the type checker.
type checked struct {
	files   []*ast.File
	sources map[string]string
	pkg     *types.Package
	info    *types.Info
}

// check type-checks sources, by file name in order, as one package. All type
// errors are returned together.
func (c *checker) check(names []string, sources []string) (*checked, []types.Error, error) {
	res := &checked{
		files:   []*ast.File{c.preamble},
		sources: map[string]string{"preamble.go": plainPreamble},
	}
	for i, src := range sources {
		res.sources[names[i]] = src
		f, err := parser.ParseFile(c.fset, names[i], src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, nil, err
		}
		res.files = append(res.files, f)
	}
	var errs []types.Error
	conf := types.Config{Importer: c.imp, GoVersion: "go1.25", Error: func(err error) {
		var te types.Error
		if errors.As(err, &te) {
			errs = append(errs, te)
		}
	}}
	res.info = &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Instances:    map[*ast.Ident]types.Instance{},
		Scopes:       map[ast.Node]*types.Scope{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		FileVersions: map[*ast.File]string{},
	}
	res.pkg, _ = conf.Check("oracle.test/gen", c.fset, res.files, res.info)
	return res, errs, nil
}

// firstError is the first type error of p that is not about an unused variable.
func (c *checker) firstError(p *Program) (*types.Error, []*Node) {
	src, lines := p.render(plain, 0)
	_, errs, err := c.check([]string{fileName(0)}, []string{src})
	if err != nil {
		return nil, lines
	}
	for _, te := range errs {
		if !strings.HasPrefix(te.Msg, unused) {
			return &te, lines
		}
	}
	return nil, lines
}

const unused = "declared and not used: "

// repair makes p compile where it only has unused variables, and says whether
// it compiles now.
func (c *checker) repair(p *Program) error {
	for range 8 {
		src, lines := p.render(plain, 0)
		_, errs, err := c.check([]string{fileName(0)}, []string{src})
		if err != nil {
			return fmt.Errorf("%w\n%s", err, src)
		}
		if len(errs) == 0 {
			return nil
		}
		for _, te := range errs {
			name, ok := strings.CutPrefix(te.Msg, unused)
			if !ok {
				return fmt.Errorf("%w\n%s", te, src)
			}
			node := lines[c.fset.Position(te.Pos).Line]
			if node == nil || !useAfter(&p.Decls, node, name) {
				return fmt.Errorf("%w\n%s", te, src)
			}
		}
	}
	return errors.New("oracle: no end of unused variables")
}

// useAfter puts "_ = name" behind the node that declares name: at the start of
// its blocks if it has any.
func useAfter(list *[]*Node, decl *Node, name string) bool {
	use := raw("_ = ", name)
	for i, n := range *list {
		if n != decl {
			for b := range n.Blocks {
				if useAfter(&n.Blocks[b].Body, decl, name) {
					return true
				}
			}
			continue
		}
		if n.scoped() {
			body := &n.Blocks[0].Body
			*body = append([]*Node{use}, *body...)
			return true
		}
		rest := append([]*Node{use}, (*list)[i+1:]...)
		*list = append((*list)[:i+1:i+1], rest...)
		return true
	}
	return false
}
