package spell

import "testing"

func TestUnlike(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"instances", "instances", 0},
		{"instance", "instances", 1},
		{"instnaces", "instances", 2},
		{"", "main", 4},
		{"user", "pools", 5},
	}
	for _, test := range tests {
		if got := Unlike(test.a, test.b); got != test.want {
			t.Errorf("%q and %q: %d, want %d", test.a, test.b, got, test.want)
		}
	}
}
