package mutate

import "testing"

// TestVersion maps every byte that edits leave to the mutated text and back.
func TestVersion(t *testing.T) {
	const text = "defer rows.Close()\nreturn err\n}\n"
	v := newVersion([]byte(text), []Edit{
		{Start: 19, End: 29, New: "return nil // instead"},
		{Start: 0, End: 18, New: "_ = rows"},
		{Start: 30, End: 30, New: "if x { return }\n"},
	})
	if want := "_ = rows\nreturn nil // instead\nif x { return }\n}\n"; string(v.text) != want {
		t.Fatalf("got %q, want %q", v.text, want)
	}
	for _, offset := range []int{18, 29, 30, 31} { // the line ends and the brace
		at := v.forward(offset)
		if v.text[at] != text[offset] {
			t.Errorf("byte %d: moved to %d, which is %q", offset, at, v.text[at])
		}
		if back := v.back(at); back != offset {
			t.Errorf("byte %d: came back from %d as %d", offset, at, back)
		}
	}
	if back := v.back(v.forward(29) - 1); back != 19 {
		t.Errorf("a byte of an edit belongs at its start, 19, not at %d", back)
	}
}

// TestLineColumn checks that offsets and lines with columns are inverse.
func TestLineColumn(t *testing.T) {
	text := []byte("a\n\nbc")
	for offset := range len(text) + 1 {
		line, column := lineColumn(text, offset)
		if got := offsetOf(text, line, column); got != offset {
			t.Errorf("offset %d: %d:%d is offset %d", offset, line, column, got)
		}
	}
}
