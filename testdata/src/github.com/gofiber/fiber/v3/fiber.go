// Package fiber is a stub of github.com/gofiber/fiber/v3: real signatures, no bodies.
package fiber

type Ctx interface {
	SendString(body string) error
}

type Handler = func(Ctx) error
