package golangci

import (
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/connvet/connvet/analyzers"
	"github.com/connvet/connvet/passes"
)

// models are those that the passes have read. They read them once.
var models struct {
	sync.Mutex
	loaded bool
	text   string
}

// loadModels gives models to the passes, which know of files only: for the moment
// there is one.
func loadModels(text string) error {
	models.Lock()
	defer models.Unlock()
	if models.loaded && models.text == text {
		return nil
	}
	if models.loaded {
		return errors.New(place + ".models: they cannot change in a running process")
	}
	if err := passes.CheckModels(place+".models", []byte(text)); err != nil {
		return err
	}
	if err := fromFile(text); err != nil {
		return fmt.Errorf("%s.models: %w", place, err)
	}
	models.loaded, models.text = true, text
	return nil
}

// fromFile has the passes read a text from a file.
func fromFile(text string) error {
	if text == "" {
		return passes.CheckSettings()
	}
	f, err := os.CreateTemp("", "connvet-models-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	for _, a := range analyzers.All() {
		if a.Name == name {
			if err := a.Flags.Set("models", f.Name()); err != nil {
				return err
			}
		}
	}
	return passes.CheckSettings()
}
