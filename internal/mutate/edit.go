package mutate

import (
	"bytes"
	"cmp"
	"slices"
)

// An Edit replaces the bytes from Start up to End of a file.
type Edit struct {
	Start, End int
	New        string
}

// A version is a file after edits that do not overlap.
type version struct {
	edits []Edit // sorted
	text  []byte
}

// newVersion applies edits.
func newVersion(text []byte, edits []Edit) *version {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Compare(a.Start, b.Start) })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		out.Write(text[at:e.Start])
		out.WriteString(e.New)
		at = e.End
	}
	out.Write(text[at:])
	return &version{edits, out.Bytes()}
}

// forward returns where a byte of the original is.
func (v *version) forward(offset int) int {
	shift := 0
	for _, e := range v.edits {
		if e.End <= offset {
			shift += len(e.New) - (e.End - e.Start)
		}
	}
	return offset + shift
}

// back returns where a byte was in the original. For what an edit has put there
// that is the edit's start.
func (v *version) back(offset int) int {
	shift := 0
	for _, e := range v.edits {
		start := e.Start + shift
		switch {
		case offset < start:
			return offset - shift
		case offset < start+len(e.New):
			return e.Start
		}
		shift += len(e.New) - (e.End - e.Start)
	}
	return offset - shift
}

// offsetOf returns the offset of a line and column, which start at 1.
func offsetOf(text []byte, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(text[at:], '\n')
		if i < 0 {
			return len(text)
		}
		at += i + 1
	}
	return min(at+column-1, len(text))
}

// lineColumn is the inverse of offsetOf.
func lineColumn(text []byte, offset int) (line, column int) {
	before := text[:offset]
	return 1 + bytes.Count(before, []byte("\n")), offset - bytes.LastIndexByte(before, '\n')
}

// lineAt returns the text of the line that holds an offset, without indent.
func lineAt(text []byte, offset int) string {
	start := bytes.LastIndexByte(text[:offset], '\n') + 1
	end := bytes.IndexByte(text[offset:], '\n')
	if end < 0 {
		end = len(text) - offset
	}
	return string(bytes.TrimSpace(text[start : offset+end]))
}
