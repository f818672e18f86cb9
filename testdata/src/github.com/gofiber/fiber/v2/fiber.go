// Package fiber is a stub of github.com/gofiber/fiber/v2: real signatures, no bodies.
package fiber

import (
	"stub"
)

type Ctx struct{}

func (c *Ctx) SendString(body string) error { return stub.Any[error]() }

type Handler = func(*Ctx) error
