package deployment

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// maxBytes is 1 PiB, more than any machine has.
const maxBytes = 1 << 50

// bytesPattern matches a number of bytes, or of larger units.
const bytesPattern = `^([0-9]{1,16})$|^([0-9]{1,16}(\.[0-9]{1,9})?) ?([KMGTkmgt])([Ii][Bb])?$`

var bytesRE = regexp.MustCompile(bytesPattern)

// ParseBytes reads a number of bytes: 17179869184, or 16GiB, or 16G, which is the
// same, as in MySQL's own settings. GB is refused: some take it for less.
func ParseBytes(text string) (int64, error) {
	m := bytesRE.FindStringSubmatch(text)
	if m == nil {
		return 0, errors.New("want a number of bytes, or one with KiB, MiB, GiB or TiB, such as 16GiB")
	}
	number, unit := m[1], 1.0
	if number == "" {
		number = m[2]
		unit = float64(int64(1024) << (10 * strings.Index("KMGT", strings.ToUpper(m[4]))))
	}
	f, err := strconv.ParseFloat(number, 64)
	if err != nil || f*unit > maxBytes {
		return 0, errors.New("that is more memory than any machine has")
	}
	return int64(f * unit), nil
}
