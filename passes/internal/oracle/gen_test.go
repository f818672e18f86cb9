package oracle

import "testing"

// TestGenerate: every program compiles.
func TestGenerate(t *testing.T) {
	c, err := newChecker()
	if err != nil {
		t.Fatal(err)
	}
	bad := 0
	for seed := range int64(4000) {
		if err := c.repair(Generate(seed)); err != nil {
			t.Errorf("seed %d: %v", seed, err)
			if bad++; bad > 3 {
				return
			}
		}
	}
}

// TestSeed: a seed names one program.
func TestSeed(t *testing.T) {
	for seed := range int64(1000) {
		if a, b := Generate(seed).Source(0), Generate(seed).Source(0); a != b {
			t.Fatalf("seed %d gives\n%s\nand\n%s", seed, a, b)
		}
	}
}
