package vetcfg

// Scan reads a *.cfg file. It knows JSON only as far as cmd/go uses it, which
// spares a short process most of the time that encoding/json takes to get
// going. For anything else it returns false: ask encoding/json.
func Scan(data []byte) (*Config, bool) {
	c := new(Config)
	s := &scanner{data: data}
	s.object(func(key string) { s.field(c, key) })
	s.space()
	return c, !s.failed && len(s.data) == 0
}

// field reads the value of one field. The names are exact, as cmd/go writes
// them; encoding/json would also take others.
func (s *scanner) field(c *Config, key string) {
	switch key {
	case "ID":
		c.ID = s.string()
	case "Dir":
		c.Dir = s.string()
	case "ImportPath":
		c.ImportPath = s.string()
	case "GoVersion":
		c.GoVersion = s.string()
	case "GoFiles":
		c.GoFiles = s.strings()
	case "NonGoFiles":
		c.NonGoFiles = s.strings()
	case "IgnoredFiles":
		c.IgnoredFiles = s.strings()
	case "ModulePath":
		c.ModulePath = s.string()
	case "ModuleVersion":
		c.ModuleVersion = s.string()
	case "Module":
		c.Module = s.raw()
	case "ImportMap":
		c.ImportMap = mapOf(s, s.string)
	case "PackageFile":
		c.PackageFile = mapOf(s, s.string)
	case "Standard":
		c.Standard = mapOf(s, s.bool)
	case "PackageVetx":
		c.PackageVetx = mapOf(s, s.string)
	case "VetxOnly":
		c.VetxOnly = s.bool()
	case "VetxOutput":
		c.VetxOutput = s.string()
	case "Stdout":
		c.Stdout = s.string()
	case "FixArchive":
		c.FixArchive = s.string()
	case "SucceedOnTypecheckFailure":
		c.SucceedOnTypecheckFailure = s.bool()
	default:
		s.raw()
	}
}

// A scanner takes JSON apart from the front. After a failure it yields zeros
// and makes no progress.
type scanner struct {
	data   []byte
	failed bool
}

func (s *scanner) fail() {
	s.failed, s.data = true, nil
}

// space skips white space.
func (s *scanner) space() {
	for len(s.data) > 0 {
		switch s.data[0] {
		case ' ', '\t', '\n', '\r':
			s.data = s.data[1:]
		default:
			return
		}
	}
}

// accept skips white space and then text, if it is there.
func (s *scanner) accept(text string) bool {
	s.space()
	if len(s.data) < len(text) || string(s.data[:len(text)]) != text {
		return false
	}
	s.data = s.data[len(text):]
	return true
}

// expect skips white space and then text, which must be there.
func (s *scanner) expect(text string) {
	if !s.accept(text) {
		s.fail()
	}
}

// object reads an object and calls field where the value of key is expected.
func (s *scanner) object(field func(key string)) {
	s.list("{", "}", func() {
		key := s.string()
		s.expect(":")
		if !s.failed {
			field(key)
		}
	})
}

// list reads what stands between open and shut, separated by commas.
func (s *scanner) list(open, shut string, element func()) {
	s.expect(open)
	if s.failed || s.accept(shut) {
		return
	}
	for {
		element()
		if s.failed || s.accept(shut) {
			return
		}
		s.expect(",")
	}
}

// strings reads an array of strings, or null.
func (s *scanner) strings() []string {
	if s.accept("null") {
		return nil
	}
	list := []string{}
	s.list("[", "]", func() { list = append(list, s.string()) })
	return list
}

// mapOf reads an object, or null, whose values are all of one type.
func mapOf[V any](s *scanner, value func() V) map[string]V {
	if s.accept("null") {
		return nil
	}
	m := make(map[string]V)
	s.object(func(key string) { m[key] = value() })
	return m
}

// bool reads a boolean.
func (s *scanner) bool() bool {
	if s.accept("true") {
		return true
	}
	s.expect("false")
	return false
}

// raw reads any object, or null, which becomes nil.
func (s *scanner) raw() Raw {
	if s.accept("null") {
		return nil
	}
	s.space()
	start := s.data
	s.skip()
	if s.failed {
		return nil
	}
	return Raw(start[:len(start)-len(s.data)])
}

// skip skips a value.
func (s *scanner) skip() {
	s.space()
	if len(s.data) == 0 {
		s.fail()
		return
	}
	switch s.data[0] {
	case '{':
		s.object(func(string) { s.skip() })
	case '[':
		s.list("[", "]", s.skip)
	case '"':
		s.string()
	case 't', 'f':
		s.bool()
	case 'n':
		s.expect("null")
	default:
		s.fail() // numbers: cmd/go has none
	}
}

// string reads a string.
func (s *scanner) string() string {
	s.expect(`"`)
	for i, c := range s.data {
		switch {
		case c == '"':
			text := string(s.data[:i])
			s.data = s.data[i+1:]
			return text
		case c == '\\':
			return s.escaped(i)
		case c < ' ' || c >= 0x80:
			s.fail() // could be invalid
			return ""
		}
	}
	s.fail()
	return ""
}

// escaped reads a string whose first escape sequence is at n.
func (s *scanner) escaped(n int) string {
	text := append([]byte(nil), s.data[:n]...)
	for rest := s.data[n:]; len(rest) > 1; rest = rest[1:] {
		c := rest[0]
		if c == '"' {
			s.data = rest[1:]
			return string(text)
		}
		if c < ' ' || c >= 0x80 {
			break
		}
		if c == '\\' {
			rest = rest[1:]
			if c = rest[0]; c != '\\' && c != '"' && c != '/' {
				break // not of a file name, as a rule
			}
		}
		text = append(text, c)
	}
	s.fail()
	return ""
}
