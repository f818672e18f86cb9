// Package slash handles names of files that are separated by slashes, as output
// has them on all systems. What is special about Windows, volumes and letters
// whose case does not matter, goes by a value and not by the system that the
// program runs on, so that it can be tested on any.
package slash

import (
	"cmp"
	"net/url"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// Names are the rules by which a system names files.
type Names struct{ Windows bool }

// Local are the rules of the system that the program runs on.
var Local = Names{Windows: runtime.GOOS == "windows"}

// From returns a path of the system, separated by slashes.
func (n Names) From(path string) string {
	if n.Windows {
		return strings.ReplaceAll(path, `\`, "/")
	}
	return path
}

// Path is the inverse of From.
func (n Names) Path(name string) string {
	if n.Windows {
		return strings.ReplaceAll(name, "/", `\`)
	}
	return name
}

// winPath matches an absolute path of Windows, up to what cannot be part of one.
var winPath = regexp.MustCompile(`(?:\b[A-Za-z]:|\\)\\[^"'<>|*?:\n]+`)

// Text returns a text of another program with slashes in its absolute paths.
func (n Names) Text(text string) string {
	if !n.Windows {
		return text
	}
	return winPath.ReplaceAllStringFunc(text, n.From)
}

// split cuts the volume off a name: "C:", or "//host/share".
func (n Names) split(name string) (volume, rest string) {
	switch {
	case !n.Windows:
	case len(name) >= 2 && name[1] == ':':
		return name[:2], name[2:]
	case strings.HasPrefix(name, "//"):
		host, share, _ := strings.Cut(name[2:], "/")
		share, _, _ = strings.Cut(share, "/")
		if host != "" && share != "" {
			i := len("//" + host + "/" + share)
			return name[:i], name[i:]
		}
	}
	return "", name
}

// IsAbs reports whether a name is absolute. On Windows "/a" is not: it does not
// say on which volume.
func (n Names) IsAbs(name string) bool {
	volume, rest := n.split(name)
	return rooted(volume, rest) && n.Windows == (volume != "")
}

// Clean returns the shortest name for the same file.
func (n Names) Clean(name string) string {
	volume, rest := n.split(name)
	if rest == "" && strings.HasPrefix(volume, "//") {
		return volume
	}
	return volume + path.Clean(rest)
}

// Join returns what a name means to whoever is in a directory. On Windows "/a"
// is on the volume of the directory. What is relative to another drive, as
// "D:a", is taken to be relative to its root: each has a current directory, but
// that is not to be found out everywhere.
func (n Names) Join(dir, name string) string {
	from, below := n.split(dir)
	volume, rest := n.split(name)
	switch {
	case n.IsAbs(name):
		return n.Clean(name)
	case volume != "" && !n.same(volume, from):
		return n.Clean(volume + "/" + rest)
	case strings.HasPrefix(rest, "/"):
		return n.Clean(from + rest)
	}
	if strings.HasPrefix(from, "//") {
		below = "/" + below // a share has no other directory than its root
	}
	return n.Clean(from + path.Join(below, rest))
}

// In returns what a path means to whoever is in a directory, both as the system
// writes them.
func In(dir, path string) string { return Local.Path(Local.Join(Local.From(dir), Local.From(path))) }

// Rel returns the name of a file relative to a directory, if there is one: both
// must begin at a root, and at the same.
func (n Names) Rel(dir, name string) (rel string, ok bool) {
	volumeA, a := n.split(dir)
	volumeB, b := n.split(name)
	if !n.same(volumeA, volumeB) || !rooted(volumeA, a) || !rooted(volumeB, b) {
		return "", false
	}
	from, to := elements(a), elements(b)
	for len(from) > 0 && len(to) > 0 && n.same(from[0], to[0]) {
		from, to = from[1:], to[1:]
	}
	return cmp.Or(path.Join(slices.Concat(slices.Repeat([]string{".."}, len(from)), to)...), "."), true
}

// rooted reports whether a name begins at the root of a volume. A share has no
// other directory to begin at.
func rooted(volume, rest string) bool {
	return strings.HasPrefix(volume, "//") || strings.HasPrefix(rest, "/")
}

// elements returns the elements of a name without its volume.
func elements(name string) []string {
	return strings.FieldsFunc(path.Clean("/"+name), func(r rune) bool { return r == '/' })
}

// IsLocal reports whether a name is relative and does not lead out of where it
// begins.
func (n Names) IsLocal(name string) bool {
	volume, rest := n.split(name)
	rest = path.Clean(rest)
	return volume == "" && name != "" && rest != ".." && !strings.HasPrefix(rest, "../") && !strings.HasPrefix(rest, "/")
}

// Same reports whether two names are written the same way, but for the case of
// letters on Windows.
func (n Names) Same(a, b string) bool { return n.same(n.Clean(a), n.Clean(b)) }

func (n Names) same(a, b string) bool { return a == b || n.Windows && strings.EqualFold(a, b) }

// URI returns the URI of an absolute name (RFC 8089).
func (n Names) URI(name string) string {
	u := url.URL{Scheme: "file", Path: name}
	volume, rest := n.split(name)
	if host, isShare := strings.CutPrefix(volume, "//"); isShare {
		host, share, _ := strings.Cut(host, "/")
		u.Host, u.Path = host, "/"+share+rest
	} else if volume != "" {
		u.Path = "/" + name
	}
	return u.String()
}
