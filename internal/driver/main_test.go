package driver

import (
	"testing"

	"github.com/connvet/connvet/internal/driver/drivertest"
)

func TestMain(m *testing.M) { drivertest.Main(m) }
