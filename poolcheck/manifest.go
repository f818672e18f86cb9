package poolcheck

import (
	"io"

	"github.com/connvet/connvet/internal/manifest"
)

// A Manifest lists the pools that a program declares, see [ReadManifest].
type Manifest = manifest.Manifest

// ReadManifest reads what "connvet pools -json" wrote. An error names the place
// and never repeats what may be a credential.
func ReadManifest(r io.Reader) (*Manifest, error) { return manifest.Read(r) }
