package oracle

import "testing"

// TestGenerate: every program compiles.
func TestGenerate(t *testing.T) {
	c, err := newChecker()
	if err != nil {
		t.Fatal(err)
	}
	bad := 0
	for seed := range int64(20000) {
		if err := c.repair(Generate(seed)); err != nil {
			t.Errorf("seed %d: %v", seed, err)
			if bad++; bad > 3 {
				return
			}
		}
	}
}
