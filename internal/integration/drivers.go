package integration

import "testing"

// CheckDrivers checks that the drivers of x/tools find what go vet finds with the
// command.
func CheckDrivers(t *testing.T, root string) {
	connvet, multichecker := Connvet(t, root), Multichecker(t, root)
	for _, c := range Corpora(t, root) {
		t.Run(c.Name, func(t *testing.T) {
			want := c.Vet(t, connvet)
			t.Run("unitchecker", func(t *testing.T) { Equal(t, c.Unitchecker(t), want) })
			t.Run("checker", func(t *testing.T) { Equal(t, c.Checker(t), want) })
			t.Run("multichecker", func(t *testing.T) { Equal(t, c.Multicheck(t, multichecker), want) })
		})
	}
}
