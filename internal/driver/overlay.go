package driver

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An overlay is the contents of a file that go's -overlay flag takes.
type overlay struct {
	Replace map[string]string
}

// userOverlay returns the overlay that the user asked for, by flag or in
// GOFLAGS, with absolute paths.
func (g *goCmd) userOverlay(ctx context.Context) (overlay, error) {
	o := overlay{Replace: make(map[string]string)}
	name := overlayFlag(g.buildFlags)
	if name == "" {
		var out bytes.Buffer
		if _, err := g.run(ctx, &out, "env", "GOFLAGS"); err != nil {
			return o, err
		}
		name = overlayFlag(Words(out.String()))
	}
	if name == "" {
		return o, nil
	}
	data, err := os.ReadFile(g.abs(name))
	if err != nil {
		return o, err
	}
	var user overlay
	if err := json.Unmarshal(data, &user); err != nil {
		return o, fmt.Errorf("cannot read overlay %s: %v", name, err)
	}
	for from, to := range user.Replace {
		if to != "" {
			to = g.abs(to)
		}
		o.Replace[g.abs(from)] = to
	}
	return o, nil
}

// overlayFlag returns the value of the last -overlay flag.
func overlayFlag(flags []string) string {
	name := ""
	for _, f := range flags {
		f = strings.TrimPrefix(f, "-")
		if v, ok := strings.CutPrefix(f, "-overlay="); ok {
			name = v
		} else if v, ok := strings.CutPrefix(f, "overlay="); ok {
			name = v
		}
	}
	return name
}

// Words returns the flags in the value of GOFLAGS. As there is no escape in one,
// what has a space stands in quotes: '-overlay=C:\My Files\overlay.json'.
func Words(text string) []string {
	var words []string
	for {
		text = strings.TrimLeft(text, " \t\r\n")
		if text == "" {
			return words
		}
		end, quote := " \t\r\n", text[:1]
		if quote == `"` || quote == "'" {
			end, text = quote, text[1:]
		}
		i := strings.IndexAny(text, end)
		if i < 0 {
			return append(words, text)
		}
		words, text = append(words, text[:i]), text[i+1:]
	}
}

// abs returns an absolute path; the go command takes paths relative to its
// working directory.
func (g *goCmd) abs(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(g.dir, path)
}

// original returns the file that a file is read in place of. The go command
// tells the tool where the contents are, but it is the name of the original
// that means something.
func (o overlay) original(path string) string {
	name := ""
	for from, to := range o.Replace {
		if to == path && (name == "" || from < name) {
			name = from
		}
	}
	if name == "" {
		return path
	}
	return name
}

// key identifies the files that are read in place of others, "" if there are
// none. cmd/go keeps what the tool says of a file's contents, wherever they are;
// but the tool says where they are.
func (o overlay) key() string {
	hash, any := sha256.New(), false
	for _, from := range slices.Sorted(maps.Keys(o.Replace)) {
		if to := o.Replace[from]; to != "" {
			any = true
			fmt.Fprintf(hash, "%q %q\n", from, to)
		}
	}
	if !any {
		return ""
	}
	return fmt.Sprintf("%x", hash.Sum(nil))
}

// hiding returns an overlay that also hides files.
func (o overlay) hiding(files []string) overlay {
	all := overlay{Replace: make(map[string]string)}
	for from, to := range o.Replace {
		all.Replace[from] = to
	}
	for _, f := range files {
		all.Replace[f] = "" // as if it were deleted
	}
	return all
}

// write writes the overlay to a file in a directory and returns its name.
func (o overlay) write(dir string) (string, error) {
	data, err := json.Marshal(o)
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "overlay.json")
	return file, os.WriteFile(file, data, 0o666)
}
