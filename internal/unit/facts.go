package unit

import (
	"encoding"
	"encoding/json"
	"fmt"
	"go/types"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A factStore holds the facts that a unit's imports brought along and those
// that the unit itself exports.
type factStore struct {
	unit     unit
	types    map[string]reflect.Type  // by type name
	own      map[string]analysis.Fact // by type name
	imported map[string]packageFacts  // by package path
	read     map[string]bool          // direct imports whose vetx files are in imported
	readAll  bool                     // all of them are
	decoded  map[factKey]analysis.Fact
}

// A factKey names an imported fact.
type factKey struct{ path, typ string }

// newFactStore returns the store of a unit. Vetx files are read on first use.
func newFactStore(t *tool, u unit) *factStore {
	return &factStore{
		unit:     u,
		types:    factTypes(t.Analyzers),
		own:      make(map[string]analysis.Fact),
		imported: make(map[string]packageFacts),
		read:     make(map[string]bool),
		decoded:  make(map[factKey]analysis.Fact),
	}
}

// factTypes returns the fact types of all analyzers, selected or not, by name.
func factTypes(analyzers []*analysis.Analyzer) map[string]reflect.Type {
	found := make(map[string]reflect.Type)
	seen := make(map[*analysis.Analyzer]bool)
	var visit func([]*analysis.Analyzer)
	visit = func(analyzers []*analysis.Analyzer) {
		for _, a := range analyzers {
			if seen[a] {
				continue
			}
			seen[a] = true
			for _, f := range a.FactTypes {
				found[factType(f)] = reflect.TypeOf(f).Elem()
			}
			visit(a.Requires)
		}
	}
	visit(analyzers)
	return found
}

// factType returns the name of a fact's type. (Facts are pointers.)
func factType(fact analysis.Fact) string {
	t := reflect.TypeOf(fact).Elem()
	return t.PkgPath() + "." + t.Name()
}

// about returns the facts about an imported package: those that its own run
// left if it is a direct import, else those that a direct import passes on.
func (s *factStore) about(path string) packageFacts {
	if _, direct := s.unit.PackageVetx[path]; direct {
		s.readImport(path)
		return s.imported[path]
	}
	if !s.readAll {
		s.readAll = true
		for _, direct := range sortedKeys(s.unit.PackageVetx) {
			s.readImport(direct)
		}
	}
	return s.imported[path]
}

// readImport reads the vetx file of a direct import.
func (s *factStore) readImport(path string) {
	if s.read[path] {
		return
	}
	s.read[path] = true
	if s.unit.Standard[path] && s.unit.ModulePath != "" {
		return // as a dependency the standard library says nothing
	}
	v, err := readVetx(s.unit.PackageVetx[path])
	if err != nil {
		panic(fmt.Errorf("cannot read facts: %w", err))
	}
	for _, p := range v.packages {
		if _, ok := s.imported[p.path]; !ok || p.path == path {
			s.imported[p.path] = p
		}
	}
}

// get returns the fact of the named type about a package, or nil.
func (s *factStore) get(path, typ string) analysis.Fact {
	if path == s.unit.ImportPath {
		return s.own[typ]
	}
	key := factKey{path, typ}
	if fact, ok := s.decoded[key]; ok {
		return fact
	}
	for _, f := range s.about(path).facts {
		if f.typ != typ || s.types[typ] == nil {
			continue
		}
		ptr := reflect.New(s.types[typ])
		fact := ptr.Interface().(analysis.Fact)
		if err := decodeFact(f.data, fact); err != nil {
			panic(fmt.Errorf("cannot decode fact %s of package %q: %w", typ, path, err))
		}
		s.decoded[key] = fact
	}
	return s.decoded[key]
}

// anyOf returns the first fact about a package, or nil.
func (s *factStore) anyOf(path string) analysis.Fact {
	for _, f := range s.about(path).facts {
		if fact := s.get(path, f.typ); fact != nil {
			return fact
		}
	}
	return nil
}

// export sets a fact of the unit's package.
func (s *factStore) export(fact analysis.Fact) {
	s.own[factType(fact)] = fact
}

// importInto implements analysis.Pass.ImportPackageFact.
func (s *factStore) importInto(pkg *types.Package, ptr analysis.Fact) bool {
	fact := s.get(pkg.Path(), factType(ptr))
	if fact == nil {
		return false
	}
	reflect.ValueOf(ptr).Elem().Set(reflect.ValueOf(fact).Elem())
	return true
}

// all implements analysis.Pass.AllPackageFacts for an analyzer: what is known
// about the unit's package and those that its types mention, sorted by path.
func (s *factStore) all(a *analysis.Analyzer, c *checked) []analysis.PackageFact {
	packages := append(c.mentionedPackages(), c.pkg)
	slices.SortFunc(packages, func(x, y *types.Package) int { return strings.Compare(x.Path(), y.Path()) })
	var list []analysis.PackageFact
	for _, pkg := range packages {
		for _, f := range a.FactTypes {
			if fact := s.get(pkg.Path(), factType(f)); fact != nil {
				list = append(list, analysis.PackageFact{Package: pkg, Fact: fact})
			}
		}
	}
	return list
}

// addTo puts into out the facts of the unit's package and those of the
// relevant packages among mentioned.
func (s *factStore) addTo(out *vetx, mentioned []*types.Package) error {
	own := packageFacts{path: s.unit.ImportPath}
	for _, typ := range sortedKeys(s.own) {
		data, err := encodeFact(s.own[typ])
		if err != nil {
			return fmt.Errorf("cannot encode fact %s of package %q: %w", typ, s.unit.ImportPath, err)
		}
		own.facts = append(own.facts, encodedFact{typ, data})
		if r, ok := s.own[typ].(Relevant); ok && r.Relevant() {
			own.relevant, out.relevant = true, true
		}
	}
	if own.facts != nil {
		out.packages = append(out.packages, own)
	}
	for _, pkg := range mentioned {
		if p := s.about(pkg.Path()); p.relevant {
			out.packages = append(out.packages, p)
		}
	}
	return nil
}

// Facts must be fit for encoding/gob, because other drivers use it. This one
// does not link it: that alone would add a twentieth to the time of each process
// that has nothing to do, and its output varies with what the process has met
// before. Facts that encode themselves do so; others become JSON, in which maps
// are sorted.
type (
	gobEncoder interface{ GobEncode() ([]byte, error) }
	gobDecoder interface{ GobDecode([]byte) error }
)

// encodeFact returns the bytes that stand for a fact.
func encodeFact(fact analysis.Fact) ([]byte, error) {
	switch fact := fact.(type) {
	case gobEncoder:
		return fact.GobEncode()
	case encoding.BinaryMarshaler:
		return fact.MarshalBinary()
	}
	return json.Marshal(fact)
}

// decodeFact is the inverse of encodeFact. The fact must not keep data.
func decodeFact(data []byte, fact analysis.Fact) error {
	switch fact := fact.(type) {
	case gobDecoder:
		return fact.GobDecode(data)
	case encoding.BinaryUnmarshaler:
		return fact.UnmarshalBinary(data)
	}
	return json.Unmarshal(data, fact)
}
