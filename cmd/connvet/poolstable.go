package main

import (
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
	"text/tabwriter"
	"unicode"
	"unicode/utf8"

	"github.com/connvet/connvet/internal/manifest"
)

// A column is a column of the table of pools.
type column struct {
	title string
	width int  // in characters; what is longer is shortened
	tail  bool // the end of a long text says more than its beginning
	text  func(m *manifest.Manifest, p *manifest.Pool) string
}

var columns = []column{
	{"POOL", 40, true, func(_ *manifest.Manifest, p *manifest.Pool) string { return fmt.Sprintf("%s:%d", p.File, p.Line) }},
	{"OPENER", 36, false, func(_ *manifest.Manifest, p *manifest.Pool) string { return opener(p) }},
	{"DRIVER", 20, true, func(_ *manifest.Manifest, p *manifest.Pool) string { return p.Driver.String() }},
	{"DSN", 32, false, func(_ *manifest.Manifest, p *manifest.Pool) string { return p.DSN.String() }},
	{"MAX OPEN", 30, false, func(_ *manifest.Manifest, p *manifest.Pool) string {
		return limit(p.MaxOpen, p.MaxOpen.String())
	}},
	{"MAX IDLE", 30, false, func(_ *manifest.Manifest, p *manifest.Pool) string { return maxIdle(p) }},
	{"LIFETIME", 30, false, func(_ *manifest.Manifest, p *manifest.Pool) string {
		return limit(p.MaxLifetimeMS, p.MaxLifetimeMS.DurationString())
	}},
	{"IDLE TIME", 30, false, func(_ *manifest.Manifest, p *manifest.Pool) string {
		return limit(p.MaxIdleTimeMS, p.MaxIdleTimeMS.DurationString())
	}},
	{"SCOPE", 20, false, func(_ *manifest.Manifest, p *manifest.Pool) string { return scope(p) }},
	{"MAINS", 48, false, mains},
}

// writeTable writes the pools of a manifest as a table, and below what could
// not be resolved.
func writeTable(w io.Writer, m *manifest.Manifest) error {
	if len(m.Pools) == 0 {
		text := "no database pools are opened in these packages"
		if !m.Complete {
			text = "no database pools are opened in what was analysed"
		}
		if _, err := fmt.Fprintln(w, text); err != nil {
			return err
		}
	} else if err := writeRows(w, m); err != nil {
		return err
	}
	for _, u := range m.Unresolved {
		if _, err := fmt.Fprintf(w, "unresolved: %s: %s\n", plain(u.Pos), plain(u.Why)); err != nil {
			return err
		}
	}
	return nil
}

// writeRows writes the table itself.
func writeRows(w io.Writer, m *manifest.Manifest) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	var cells []string
	for _, c := range columns {
		cells = append(cells, c.title)
	}
	fmt.Fprintln(table, strings.Join(cells, "\t")) // Flush returns errors
	for i := range m.Pools {
		cells = cells[:0]
		for _, c := range columns {
			cells = append(cells, c.cell(m, &m.Pools[i]))
		}
		fmt.Fprintln(table, strings.Join(cells, "\t"))
	}
	return table.Flush()
}

// cell returns the column's text for a pool, shortened.
func (c column) cell(m *manifest.Manifest, p *manifest.Pool) string {
	text := plain(c.text(m, p))
	if utf8.RuneCountInString(text) <= c.width {
		return text
	}
	runes := []rune(text)
	if c.tail {
		return "…" + string(runes[len(runes)-c.width+1:])
	}
	return string(runes[:c.width-1]) + "…"
}

// plain replaces what could steer a terminal, or end a cell.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return '\u00b7' // a middle dot
	}, s)
}

// limit describes a setting: text, unless nothing sets it, in which case there
// is no limit.
func limit(v manifest.Value, text string) string {
	const none = "unlimited"
	if v.Kind == manifest.KindUnset {
		return none
	}
	if _, unlimited, _ := v.Upper(); unlimited && v.Kind == manifest.KindConst {
		return text + " (" + none + ")"
	}
	return text
}

// maxIdle describes the number of idle connections.
func maxIdle(p *manifest.Pool) string {
	if p.MaxIdle.Kind == manifest.KindUnset {
		n, _ := p.Idle()
		return fmt.Sprintf("%d (default)", n)
	}
	return p.MaxIdle.String()
}

// scope describes how many pools there are.
func scope(p *manifest.Pool) string {
	if p.Scope != manifest.ScopeProcess || p.Multiplicity == manifest.Const(1) || p.Multiplicity.Kind == manifest.KindUnknown {
		return p.Scope
	}
	return p.Scope + " x " + p.Multiplicity.String()
}

// opener describes who opens and who settles the pool: sql.Open via api.main.
func opener(p *manifest.Pool) string {
	text := shortName(p.Opener)
	if via := p.Via(); via != "" {
		text += " via " + shortName(via)
	}
	return text
}

// qualified matches the import path before a function or method, up to its last
// element that is no major version.
var qualified = regexp.MustCompile(`(^|[(*])[^()*]*/([^/()*]+)/v[0-9]+\.|(^|[(*])[^()*]*/`)

// shortName leaves most of the import path off a function's name.
func shortName(name string) string {
	return qualified.ReplaceAllStringFunc(name, func(match string) string {
		m := qualified.FindStringSubmatch(match)
		if m[2] != "" {
			return m[1] + m[2] + "."
		}
		return m[3]
	})
}

// mains lists the pool's main packages by their paths in the module.
func mains(m *manifest.Manifest, p *manifest.Pool) string {
	var names []string
	for _, name := range p.Mains {
		if below, ok := strings.CutPrefix(name, m.Module+"/"); ok && m.Module != "" {
			name = below
		} else if name == m.Module {
			name = path.Base(name)
		}
		names = append(names, name)
	}
	if names == nil {
		return "-"
	}
	return strings.Join(names, ", ")
}
