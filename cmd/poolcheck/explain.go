package main

import (
	"fmt"
	"strings"

	"github.com/connvet/connvet/poolcheck"
)

// explain implements "poolcheck explain".
func explain(args []string, e *env) (int, error) {
	switch len(args) {
	case 0:
		for _, d := range poolcheck.Rules() {
			fmt.Fprintf(e.stdout, "%s  %-20s %s\n", d.ID, d.Name, d.Title)
		}
		return exitFits, nil
	case 1:
		for _, d := range poolcheck.Rules() {
			if strings.EqualFold(args[0], d.ID) || args[0] == d.Name || args[0] == d.ID+"-"+d.Name {
				fmt.Fprintf(e.stdout, "%s %s\n\n%s\n\n%s\n", d.ID, d.Name, d.Title, wrap(d.Help, 79))
				return exitFits, nil
			}
		}
		return 0, usagef("there is no such rule; 'poolcheck explain' lists them")
	}
	return 0, usagef("poolcheck explain takes one rule")
}

// presets implements "poolcheck presets".
func presets(args []string, e *env) (int, error) {
	if len(args) > 0 {
		return 0, usagef("poolcheck presets takes no arguments")
	}
	for _, p := range poolcheck.Presets() {
		fmt.Fprintf(e.stdout, "%-20s %6d  %s\n", p.Name, p.MaxConnections, p.Description)
	}
	return exitFits, nil
}

// wrap breaks a text into lines.
func wrap(text string, width int) string {
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(text) {
		if column > 0 && column+1+len(word) > width {
			b.WriteByte('\n')
			column = 0
		} else if column > 0 {
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}
