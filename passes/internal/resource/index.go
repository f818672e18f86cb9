package resource

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// chunk is a run of lines of one file that speak about the same package.
type chunk struct {
	file string
	line int // number of the first line
	text string
}

// Error is a mistake in a table.
type Error struct {
	File string
	Line int
	Msg  string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }

func newIndex() *index {
	return &index{blocks: make(map[string]*block)}
}

// read adds a table to the index.
func (ix *index) read(file, text string) *Error {
	r := indexer{index: ix, file: file, text: text, num: 1}
	num, offset := 1, 0
	for line := range strings.Lines(text) {
		if err := r.line(num, offset, line); err != nil {
			return err
		}
		num++
		offset += len(line)
	}
	r.cut(offset, num)
	return nil
}

// indexer splits a table into the chunks of its packages without parsing
// their rows.
type indexer struct {
	index      *index
	file, text string

	current    []*block // the blocks of the last package line
	start, num int      // offset and number of the first line not yet in a chunk
}

func (r *indexer) line(num, offset int, line string) *Error {
	if r.current != nil && (line[0] == 'm' || line[0] == '#') {
		return nil // nearly every line: a method or a comment
	}
	word, rest := cutWord(strip(line))
	switch word {
	case "":
		return nil
	case "package":
		r.cut(offset, num)
		return r.enter(num, rest)
	case "noreturn":
		full, err := parseFullName(rest)
		if err != "" {
			return r.fail(num, err)
		}
		// The line belongs to the package it names; the chunk around it
		// goes on behind it.
		r.cut(offset, num)
		b := r.block(full.path)
		b.chunks = append(b.chunks, chunk{r.file, num, line})
		r.start, r.num = offset+len(line), num+1
		return nil
	}
	if r.current == nil {
		return r.fail(num, fmt.Sprintf("%q stands before the first package line", word))
	}
	if word == "forks" {
		for _, b := range r.current {
			b.fork = rest
			r.index.forks = append(r.index.forks, b)
		}
	}
	return nil
}

// enter starts the rows of the packages of a package line.
func (r *indexer) enter(num int, rest string) *Error {
	r.current = r.current[:0:0]
	for path := range strings.FieldsSeq(rest) {
		if !isImportPath(path) {
			return r.fail(num, fmt.Sprintf("%q is no import path", path))
		}
		if b := r.block(path); !slices.Contains(r.current, b) {
			r.current = append(r.current, b)
		}
	}
	if len(r.current) == 0 {
		return r.fail(num, "package wants an import path")
	}
	return nil
}

// cut ends the chunk of the current packages before the given line.
func (r *indexer) cut(offset, num int) {
	if offset > r.start {
		c := chunk{r.file, r.num, r.text[r.start:offset]}
		modelled := c.modelled()
		for _, b := range r.current {
			b.chunks = append(b.chunks, c)
			b.modelled = b.modelled || modelled
		}
	}
	r.start, r.num = offset, num
}

func (r *indexer) block(path string) *block {
	b := r.index.blocks[path]
	if b == nil {
		b = &block{path: path}
		r.index.blocks[path] = b
	}
	return b
}

func (r *indexer) fail(num int, msg string) *Error {
	return &Error{r.file, num, msg}
}

// modelled tells whether a row of the chunk is about a resource.
func (c chunk) modelled() bool {
	if !strings.Contains(c.text, acquires) && !strings.Contains(c.text, "resource") {
		return false
	}
	for _, row := range c.rows() {
		if word, _ := cutWord(row); word == "resource" || strings.Contains(row, acquires) {
			return true
		}
	}
	return false
}

// acquires is the word for an acquisition.
const acquires = "->"

// rows yields the number and text of each line of a chunk that says
// something, without its comment.
func (c chunk) rows() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		num := c.line
		for line := range strings.Lines(c.text) {
			if row := strip(line); row != "" && !yield(num, row) {
				return
			}
			num++
		}
	}
}

// strip removes a comment and the space around what remains. A comment
// starts with a # at the start of a word.
func strip(line string) string {
	for i := 0; i < len(line); i++ {
		if line[i] == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			line = line[:i]
			break
		}
	}
	return strings.TrimSpace(line)
}

// cutWord splits a row after its first word.
func cutWord(row string) (word, rest string) {
	i := strings.IndexAny(row, " \t")
	if i < 0 {
		return row, ""
	}
	return row[:i], strings.TrimSpace(row[i:])
}
