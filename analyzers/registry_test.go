package analyzers

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// The registry is sound, and its passes are those that the rules name.
func TestAll(t *testing.T) {
	all := All()
	if err := analysis.Validate(all); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, a := range all {
		names = append(names, a.Name)
	}
	want := append([]string{configPass, "connvetnotes"}, Passes()...)
	if slices.Sort(names); !slices.Equal(names, slices.Sorted(slices.Values(want))) {
		t.Errorf("the analyzers are %s, the rules those of %s", strings.Join(names, " "), strings.Join(want, " "))
	}
}
