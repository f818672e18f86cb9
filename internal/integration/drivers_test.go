package integration

import (
	"path/filepath"
	"testing"
)

func TestMain(m *testing.M) { Main(m) }

func Test(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	CheckDrivers(t, root)
}
