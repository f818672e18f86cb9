// Package web holds handlers of web frameworks, each with a function beside it
// that is none.
package web

import (
	"context"

	"github.com/cloudwego/hertz/pkg/app"
	restful "github.com/emicklei/go-restful/v3"
	"github.com/gin-gonic/gin"
	khttp "github.com/go-kratos/kratos/v2/transport/http"
	fiber2 "github.com/gofiber/fiber/v2"
	fiber3 "github.com/gofiber/fiber/v3"
	"github.com/kataras/iris/v12"
	iriscontext "github.com/kataras/iris/v12/context"
	echo4 "github.com/labstack/echo/v4"
	echo5 "github.com/labstack/echo/v5"
	"github.com/valyala/fasthttp"
	tele "gopkg.in/telebot.v3"
)

type api struct{}

func ginHandler(c *gin.Context) {} // entry: handler gin handler for each HTTP request

func (a *api) ginMethod(c *gin.Context) {} // entry: handler gin handler for each HTTP request

func ginBound(c *gin.Context, id int64) {} // given: handler gin handler for each HTTP request

func ginMiddleware(key string) gin.HandlerFunc {
	return func(c *gin.Context) { // entry: handler gin handler for each HTTP request
		c.Next()
	}
}

func ginRoutes(e *gin.Engine) {
	e.GET("/", func(c *gin.Context) {}) // entry: handler gin handler for each HTTP request
}

func ginList(cs []*gin.Context) {}

func echo4Handler(c echo4.Context) error { return nil } // entry: handler echo handler for each HTTP request

func echo4Middleware(next echo4.HandlerFunc) echo4.HandlerFunc {
	return func(c echo4.Context) error { // entry: handler echo handler for each HTTP request
		return next(c)
	}
}

func echo4Bound(c echo4.Context, id int64) error { return nil } // given: handler echo handler for each HTTP request

func echo4User(c echo4.Context) string { return "" } // given: handler echo handler for each HTTP request

func echo5Handler(c *echo5.Context) error { return nil } // entry: handler echo handler for each HTTP request

func echo5Middleware(next echo5.HandlerFunc) echo5.HandlerFunc { return next }

func fiber2Handler(c *fiber2.Ctx) error { return nil } // entry: handler fiber handler for each HTTP request

func fiber2Setup(h fiber2.Handler) error { return nil }

func fiber3Handler(c fiber3.Ctx) error { return nil } // entry: handler fiber handler for each HTTP request

func fiber3Setup(h fiber3.Handler) error { return nil }

func fastHandler(ctx *fasthttp.RequestCtx) {} // entry: handler fasthttp handler for each HTTP request

func fastClient(req *fasthttp.Request, resp *fasthttp.Response) {}

func hertzHandler(ctx context.Context, c *app.RequestContext) {} // entry: handler hertz handler for each HTTP request

func hertzHelper(c *app.RequestContext) {} // entry: handler hertz handler for each HTTP request

func hertzUse(h app.HandlerFunc) {}

func restHandler(req *restful.Request, resp *restful.Response) {} // entry: handler go-restful handler for each HTTP request

func restFilter(req *restful.Request, resp *restful.Response, chain *restful.FilterChain) {} // entry: handler go-restful filter for each HTTP request

func restOnly(req *restful.Request) {}

func irisHandler(ctx iris.Context) {} // entry: handler iris handler for each HTTP request

func irisContext(ctx *iriscontext.Context) {} // entry: handler iris handler for each HTTP request

func irisUse(h iris.Handler) {}

func kratosHandler(ctx khttp.Context) error { return nil } // entry: handler Kratos handler for each HTTP request

func kratosUse(h khttp.HandlerFunc) error { return nil }

func botHandler(c tele.Context) error { return nil } // entry: consumer Telegram bot for each message

func botUse(h tele.HandlerFunc) error { return nil }

func plain(ctx context.Context) error { return nil }
