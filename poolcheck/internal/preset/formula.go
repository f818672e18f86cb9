package preset

import (
	"math"
	"regexp"
	"strconv"
)

// A formula makes a max_connections default of the bytes of memory of an
// instance.
type formula func(bytes int64) int64

// formulas are those of the services that have one.
var formulas = map[string]formula{
	"aurora": aurora,
	"rds":    rds,
}

// aurora is GREATEST({log(DBInstanceClassMemory/805306368)*45},
// {log(DBInstanceClassMemory/8187281408)*1000}), up to 16,000. The logarithm is
// base 2, and a whole number: each class in AWS's table has a multiple of 45 or of
// 1000, and that which rounding gives.
func aurora(bytes int64) int64 {
	log := func(divisor float64) int64 { return int64(math.Round(math.Log2(float64(bytes) / divisor))) }
	return min(max(log(805306368)*45, log(8187281408)*1000), 16_000)
}

// rds is {DBInstanceClassMemory/12582880}, up to the most that a server takes.
func rds(bytes int64) int64 { return min(bytes/12582880, 100_000) }

// The memory of instances: that of the smallest, and more than any has.
const (
	minGiB = 1
	maxGiB = 65_536
)

var gibRE = regexp.MustCompile(`^([0-9]{1,6}(?:\.[0-9]{1,6})?) ?gib$`)

// parseGiB reads a memory such as 15.25gib.
func parseGiB(text string) (gib float64, ok bool) {
	m := gibRE.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	gib, err := strconv.ParseFloat(m[1], 64)
	return gib, err == nil
}

func formatGiB(gib float64) string { return strconv.FormatFloat(gib, 'f', -1, 64) }

func bytesOf(gib float64) int64 { return int64(gib * (1 << 30)) }
