// Package web has handlers two packages above the opener.
package web

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"poolperrequest/chain/db"
	"poolperrequest/chain/repo"
)

// Handler keeps what was made once.
type Handler struct{ service *repo.Service }

// New is called once.
func New(dsn string) (*Handler, error) {
	s, err := repo.NewService(dsn)
	if err != nil {
		return nil, err
	}
	return &Handler{service: s}, nil
}

// ServeHTTP uses it.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n, _ := h.service.Count()
	fmt.Fprint(w, n)
}

// One package below.
func direct(w http.ResponseWriter, r *http.Request) {
	pool, err := db.Connect("tcp(db)/app") // want "for each HTTP request and left open.*poolperrequest/handler"
	if err == nil {
		_ = pool.PingContext(r.Context())
	}
}

// Two packages and three calls below, by a helper of this one.
func deep(w http.ResponseWriter, r *http.Request) {
	count(w) // want "a pool is opened for each HTTP request.*poolperrequest/handler"
}

func count(w http.ResponseWriter) {
	s, err := repo.NewService("tcp(db)/app")
	if err != nil {
		return
	}
	n, _ := s.Count()
	fmt.Fprint(w, n)
}

// The holder is closed.
func closed(w http.ResponseWriter, r *http.Request) {
	u, err := repo.NewUsers("tcp(db)/app") // want "opened and closed for each HTTP request.*poolperrequest/churn"
	if err != nil {
		return
	}
	defer u.Close()
	n, _ := u.Count()
	fmt.Fprint(w, n)
}

// Opened and closed two packages below.
func health(c *gin.Context) {
	_ = repo.Healthy("tcp(db)/app") // want "opened and closed for each HTTP request.*poolperrequest/churn"
}

// Cached two packages below.
func cached(c *gin.Context) {
	u, err := repo.NewSharedUsers("tcp(db)/app")
	if err == nil {
		_, _ = u.Count()
	}
}

// Exported, for the package above: its own report is that of its caller.
func Respond(w http.ResponseWriter) { count(w) }
