package diag

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// ignorePrefix begins a comment that suppresses a rule.
const ignorePrefix = directivePrefix + "ignore"

// An ignore is a comment //connvet:ignore RULE why.
type ignore struct {
	src  *source
	pos  token.Pos
	end  token.Pos
	bad  string   // what is wrong with it, "" if nothing
	rule []string // the rules that it names
	used []bool   // which of them had something to suppress

	// Where it holds: from the first to the last line of a function that it
	// documents, or for a statement that begins or ends on line, or, where
	// it stands alone, begins on line next.
	first, last int
	line, next  int
}

// parseIgnore reads the text of a comment. It is no ignore comment if ok is
// false.
func parseIgnore(text string) (rules []string, bad string, ok bool) {
	rest, ok := strings.CutPrefix(text, ignorePrefix)
	if !ok || rest != "" && !strings.ContainsAny(rest[:1], " \t") {
		return nil, "", false
	}
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return nil, "the ignore comment names no rule: write " + ignorePrefix + " RULE why", true
	}
	rules = strings.Split(fields[0], ",")
	for _, rule := range rules {
		if rule == "" {
			return rules, "the ignore comment has a comma without a rule: write " + ignorePrefix + " RULE,RULE why", true
		}
		if bad := ruleError(rule); bad != "" {
			return rules, bad, true
		}
	}
	if len(fields) == 1 {
		return rules, fmt.Sprintf("the ignore comment gives no reason: write %s %s why", ignorePrefix, fields[0]), true
	}
	return rules, "", true
}

// ignoresIn collects the ignore comments of a file.
func ignoresIn(src *source) []*ignore {
	var out []*ignore
	for _, group := range src.file.Comments {
		for _, c := range group.List {
			rules, bad, ok := parseIgnore(c.Text)
			if !ok {
				continue
			}
			g := &ignore{src: src, pos: c.Pos(), end: c.End(), bad: bad, rule: rules, used: make([]bool, len(rules))}
			g.line = src.line(c.Pos())
			if before, ok := src.before(c.Pos()); ok && strings.TrimSpace(before) == "" {
				g.next = src.lastLine(group) + 1
			}
			if decl := documented(src.file, group); decl != nil {
				g.first, g.last = src.line(decl.Pos()), src.line(decl.End())
			}
			out = append(out, g)
		}
	}
	return out
}

// lastLine returns the line that a group of comments ends on. End would not do:
// the text of a comment has no carriage returns, however many there are.
func (s *source) lastLine(group *ast.CommentGroup) int {
	last := group.List[len(group.List)-1]
	return s.line(last.Pos()) + strings.Count(last.Text, "\n")
}

// documented returns the function that the comments document, if any.
func documented(file *ast.File, group *ast.CommentGroup) *ast.FuncDecl {
	for _, d := range file.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Doc == group {
			return d
		}
	}
	return nil
}

// holds reports whether the comment is about the statement on the lines from
// first to last.
func (g *ignore) holds(first, last int) bool {
	return g.line == first || g.line == last ||
		g.next != 0 && g.next == first ||
		g.first != 0 && g.first <= first && last <= g.last
}

// owner is the pass that reports what is wrong with the comment: connleak,
// unless the comment is about another pass that reports such things itself.
func (g *ignore) owner() string {
	if len(g.rule) > 0 && passOf(g.rule[0]) == "deferinloop" {
		return "deferinloop"
	}
	return "connleak"
}
