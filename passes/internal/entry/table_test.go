package entry_test

import (
	"strings"
	"testing"

	"github.com/connvet/connvet/passes/internal/entry"
)

func TestParseErrors(t *testing.T) {
	const head = "category handler, for each HTTP request\n"
	tests := []struct{ text, want string }{
		{"gin handler: func(github.com/gin-gonic/gin.Context)", "line 1: \"gin handler: func(github.com/gin-gonic/gin.Context)\" stands before the first category"},
		{"category nothing, for each HTTP request", "want category"},
		{"category handler, always", "want category"},
		{"\n# comment\nhandler gin.Context", "line 3: unknown statement"},
		{head + "x: what(net/http.Request)", "line 2: unknown row"},
		{head + "x: func(net/http.Request", "unknown row"},
		{head + "x: func(Request)", `want a type like net/http.Request, without version, not "Request"`},
		{head + "x: func(*net/http.Request)", "want a type"},
		{head + "x: func(github.com/labstack/echo/v4.Context)", "without version"},
		{head + "x: func() net/http", "want a type"},
		{head + "x: controller", "want a type"},
		{head + "x: each chan Message", "want a type"},
		{head + "x: each Tick", "want PATH.NAME"},
		{head + "x: each time.Tick\ny: each time.Tick", "line 3: time.Tick has a second row"},
		{head + "x: argument of time.AfterFunc", "want argument N of FUNC"},
		{head + "x: argument 1 of AfterFunc", "want PATH.NAME"},
		{head + "x: argument 1 of time.AfterFunc\ny: argument 1 of time.AfterFunc", "time.AfterFunc has a second row"},
		{"client Conn", "want a type"},
		{"once Do", "want PATH.NAME"},
		{"once sync.Once.Do\nonce sync.Once.Do", "line 2: sync.Once.Do has a second row"},
	}
	for _, test := range tests {
		err := entry.Parse(test.text)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %q", test.text, err, test.want)
		}
	}
	if err := entry.Parse(head + "x: func(any, []byte, chan error) (proto, error) with net/http # why"); err != nil {
		t.Error(err)
	}
}

func TestCleanPath(t *testing.T) {
	tests := []struct{ path, want string }{
		{"net/http", "net/http"},
		{"github.com/labstack/echo/v4", "github.com/labstack/echo"},
		{"github.com/labstack/echo/v12/middleware", "github.com/labstack/echo/middleware"},
		{"example.com/app/vendor/github.com/labstack/echo/v4", "github.com/labstack/echo"},
		{"vendor/golang.org/x/net/http2", "golang.org/x/net/http2"},
		{"example.com/p [example.com/p.test]", "example.com/p"},
		{"gopkg.in/telebot.v3", "gopkg.in/telebot"},
		{"gopkg.in/user/pkg.v3/sub", "gopkg.in/user/pkg.v3/sub"}, // no row needs more
		{"k8s.io/api/core/v1", "k8s.io/api/core/v1"},
		{"example.com/myvendor/x", "example.com/myvendor/x"},
		{"example.com/v/vx/video", "example.com/v/vx/video"},
		{"example.com/pkg.v3", "example.com/pkg.v3"},
	}
	for _, test := range tests {
		if got := entry.CleanPath(test.path); got != test.want {
			t.Errorf("%q: got %q, want %q", test.path, got, test.want)
		}
	}
}
