package handlers

import (
	"database/sql"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jmoiron/sqlx"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"gorm.io/driver/mysql"
	"gorm.io/gorm"
)

// gin, and gorm.
func ginHandler(c *gin.Context) {
	db, err := gorm.Open(mysql.Open("tcp(db)/app"), &gorm.Config{}) // want "a pool is opened for each HTTP request.*poolperrequest/handler"
	if err != nil {
		c.JSON(500, nil)
		return
	}
	db.Exec("SELECT 1")
}

// A middleware of gin.
func ginMiddleware(dsn string) gin.HandlerFunc {
	return func(c *gin.Context) {
		db, err := connect(dsn) // want "a pool is opened for each HTTP request.*poolperrequest/handler"
		if err == nil {
			_ = db.Ping()
		}
		c.Next()
	}
}

// A middleware that opens where it is made.
func ginMiddlewareOnce(dsn string) gin.HandlerFunc {
	db, err := connect(dsn)
	if err != nil {
		panic(err)
	}
	return func(c *gin.Context) {
		_ = db.Ping()
		c.Next()
	}
}

// echo, and sqlx.
func echoHandler(c echo.Context) error {
	db, err := sqlx.Connect("mysql", "tcp(db)/app") // want "a pool is opened for each HTTP request.*poolperrequest/handler"
	if err != nil {
		return err
	}
	return db.Ping()
}

func echoMiddleware(db *sql.DB) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			_ = db.Ping()
			return next(c)
		}
	}
}

// fiber, and pgxpool.
func fiberHandler(c *fiber.Ctx) error {
	pool, err := pgxpool.New(nil, "postgres://db/app") // want "a pool is opened for each HTTP request.*poolperrequest/handler"
	if err != nil {
		return err
	}
	return pool.Ping(nil)
}

type exporter struct{ dsn string }

func (e *exporter) Describe(ch chan<- *prometheus.Desc) {}

// Collect runs once for each scrape.
func (e *exporter) Collect(ch chan<- prometheus.Metric) {
	db, err := sql.Open("mysql", e.dsn) // want "a pool is opened for each scrape and left open.*poolperrequest/handler"
	if err != nil {
		return
	}
	_ = db.Ping()
}

type sharing struct{ db *sql.DB }

func (e *sharing) Describe(ch chan<- *prometheus.Desc) {}

func (e *sharing) Collect(ch chan<- prometheus.Metric) { _ = e.db.Ping() }
