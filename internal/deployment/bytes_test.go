package deployment

import "testing"

func TestParseBytes(t *testing.T) {
	for text, want := range map[string]int64{
		"0":                0,
		"17179869184":      16 << 30,
		"16GiB":            16 << 30,
		"16G":              16 << 30,
		"16g":              16 << 30,
		"16 gib":           16 << 30,
		"15.25GiB":         15<<30 + 1<<28,
		"512MiB":           512 << 20,
		"64k":              64 << 10,
		"1T":               1 << 40,
		"0.0000001K":       0,
		"1024T":            1 << 50,
		"1125899906842624": 1 << 50,
	} {
		if got, err := ParseBytes(text); err != nil || got != want {
			t.Errorf("%s: got %d, error %v, want %d", text, got, err, want)
		}
	}
	const (
		form  = "want a number of bytes, or one with KiB, MiB, GiB or TiB, such as 16GiB"
		large = "that is more memory than any machine has"
	)
	for text, want := range map[string]string{
		"": form, "G": form, "16GB": form, "16B": form, "1.5": form, "-1": form, "-16GiB": form, "1e9": form, "16GiB ": form,
		"0x10": form, "16  GiB": form, ".5G": form, "hunter2": form, "99999999999999999": form,
		"1025T": large, "1125899906842625": large, "9999999999999999T": large,
	} {
		if got, err := ParseBytes(text); err == nil || err.Error() != want {
			t.Errorf("%q: got %d, error %v, want %s", text, got, err, want)
		}
	}
}
