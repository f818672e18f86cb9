// Package httpserver holds functions of the shapes that net/http and its
// routers call, and others that are merely similar.
package httpserver

import (
	"context"
	"net/http"
	"testing"

	"github.com/julienschmidt/httprouter"
)

func handle(w http.ResponseWriter, r *http.Request) {} // entry: handler http handler for each HTTP request

func handleErr(w http.ResponseWriter, r *http.Request) error { return nil } // entry: handler http handler for each HTTP request

func handleStatus(w http.ResponseWriter, r *http.Request) (int, error) { return 200, nil } // entry: handler http handler for each HTTP request

type server struct{}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {} // entry: handler http handler for each HTTP request

func (s *server) index(w http.ResponseWriter, r *http.Request) {} // entry: handler http handler for each HTTP request

type negroni struct{}

func (negroni) ServeHTTP(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {} // entry: handler negroni handler for each HTTP request

// A middleware is called once; what it returns is called often.
func middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // entry: handler http handler for each HTTP request
		next.ServeHTTP(w, r)
	})
}

// A wrapper is none, but what it wraps is.
var bound, thunk = new(server).index, (*server).index

func routes(mux *http.ServeMux, s *server) {
	mux.HandleFunc("/", s.index)
	mux.HandleFunc("/x", func(w http.ResponseWriter, r *http.Request) { // entry: handler http handler for each HTTP request
		func() {}()
	})
}

func show(w http.ResponseWriter, r *http.Request, ps httprouter.Params) {} // entry: handler httprouter handler for each HTTP request

// Generated servers pass parameters along, and helpers are given both, too.
func (s *server) GetPet(w http.ResponseWriter, r *http.Request, id int64) {} // given: handler http handler for each HTTP request

func withContext(ctx context.Context, w http.ResponseWriter, r *http.Request) error { return nil } // given: handler http handler for each HTTP request

func open(w http.ResponseWriter, r *http.Request) (*server, error) { return nil, nil } // given: handler http handler for each HTTP request

func generic[T any](w http.ResponseWriter, r *http.Request) {} // entry: handler http handler for each HTTP request

var instance = generic[int]

type request = http.Request

func aliased(w http.ResponseWriter, r *request) {} // entry: handler http handler for each HTTP request

// Not of the shape.

type transport struct{}

func (transport) RoundTrip(r *http.Request) (*http.Response, error) { return nil, nil }

func swapped(r *http.Request, w http.ResponseWriter) {}

func onlyWriter(w http.ResponseWriter, status int) {}

func director(r *http.Request) {}

func pointers(w http.ResponseWriter, r **http.Request) {}

func apart(w http.ResponseWriter, status int, r *http.Request) {}

func several(w http.ResponseWriter, rs ...*http.Request) {}

func receiverless(h func(http.ResponseWriter, *http.Request)) {}

func (s *server) Close() error { return nil }

func check(t *testing.T, w http.ResponseWriter, r *http.Request) {}

func BenchmarkHandle(b *testing.B) {}

func TestMain(m *testing.M) {}

func init() {}

func main() {}
