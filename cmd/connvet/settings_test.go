package main

import (
	"slices"
	"testing"
)

// Naming a rule that is off by default turns it on; its pass does not stand for it.
func TestRuleFlags(t *testing.T) {
	e := &env{dir: t.TempDir()}
	for _, test := range []struct {
		rules string
		want  []string
	}{
		{"connleak/rows", nil},
		{"poollimit", nil},
		{"poollimit/idle", []string{"-poollimit.idle"}},
		{"connleak, poollimit/lifetime,poolinventory/dsnsecret", []string{"-poollimit.lifetime", "-poolinventory.dsnsecret"}},
	} {
		s, err := parseSettings(e, "connvet", []string{"-rules", test.rules})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.toolFlags(e)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("-rules %s has the flags %q, want %q", test.rules, got, test.want)
		}
	}
}
