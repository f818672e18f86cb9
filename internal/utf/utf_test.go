package utf

import "testing"

func TestDecode(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", ""},
		{"UTF-8", "ä\r\n", "ä\r\n"},
		{"marked UTF-8", "\uFEFFä", "ä"},
		{"a second mark", "\uFEFF\uFEFF", "\uFEFF"},
		{"UTF-16, little end first", "\xff\xfea\x00\xe4\x00=\xd8\x00\xde", "aä😀"},
		{"UTF-16, big end first", "\xfe\xff\x00a\x00\xe4\xd8=\xde\x00", "aä😀"},
		{"UTF-16 that is cut off", "\xff\xfea\x00\xe4", "a"},
		{"neither", "\xffa", "\xffa"},
	} {
		if got := Decode([]byte(test.text)); string(got) != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
