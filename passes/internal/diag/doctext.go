package diag

import (
	"fmt"
	"go/parser"
	"go/token"
	"strings"
)

// Doc cuts an analyzer's documentation out of its package's doc.go: what
// follows the line "# Analyzer NAME", from "NAME: summary" on, up to the next
// heading. It panics where doc.go is not written that way, so that no analyzer
// is without.
func Doc(source, name string) string {
	f, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		panic(err)
	}
	for _, section := range strings.Split(f.Doc.Text(), "\n# ") {
		if text, ok := strings.CutPrefix(section, "Analyzer "+name+"\n\n"); ok {
			if text, ok := strings.CutPrefix(text, name+": "); ok {
				return strings.TrimSpace(text)
			}
		}
	}
	panic(fmt.Sprintf("doc.go does not document analyzer %s", name))
}
