package entry

import "strings"

// cleanPath strips from an import path what is no part of its meaning here:
// the prefix of a vendor directory, the mark of a test variant
// ("p [p.test]"), and major versions.
func cleanPath(path string) string {
	if i := strings.IndexByte(path, ' '); i >= 0 {
		path = path[:i]
	}
	const vendor = "vendor/"
	if i := strings.LastIndex(path, vendor); i == 0 || i > 0 && path[i-1] == '/' {
		path = path[i+len(vendor):]
	}
	return unversioned(path)
}

// unversioned drops the elements v2, v3, ... of a path, and .v2 and the like
// from the end of one on gopkg.in.
func unversioned(path string) string {
	if strings.HasPrefix(path, "gopkg.in/") {
		if i := strings.LastIndex(path, ".v"); i >= 0 && isNumber(path[i+2:]) {
			path = path[:i]
		}
	}
	if !strings.Contains(path, "/v") {
		return path
	}
	elems := strings.Split(path, "/")
	kept := elems[:0]
	for _, e := range elems {
		if v, ok := strings.CutPrefix(e, "v"); !ok || !isNumber(v) || v == "1" {
			kept = append(kept, e)
		}
	}
	return strings.Join(kept, "/")
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
