// Package cached opens pools for requests, once.
package cached

import (
	"database/sql"
	"net/http"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/singleflight"
)

func open(dsn string) (*sql.DB, error) { return sql.Open("mysql", dsn) }

var (
	once   sync.Once
	shared *sql.DB
)

// sync.Once.
func byOnce(w http.ResponseWriter, r *http.Request) {
	once.Do(func() { shared, _ = open("tcp(db)/app") })
	_ = shared.PingContext(r.Context())
}

// sync.Once of a declared function.
func byOnceFunc(w http.ResponseWriter, r *http.Request) {
	once.Do(setup)
	_ = shared.PingContext(r.Context())
}

func setup() { shared, _ = open("tcp(db)/app") }

// The same function without it.
func byNothing(w http.ResponseWriter, r *http.Request) {
	setup() // want "for each HTTP request.*poolperrequest/handler"
	_ = shared.PingContext(r.Context())
}

var value = sync.OnceValue(func() *sql.DB {
	db, err := open("tcp(db)/app")
	if err != nil {
		panic(err)
	}
	return db
})

// sync.OnceValue.
func byOnceValue(w http.ResponseWriter, r *http.Request) { _ = value().PingContext(r.Context()) }

var values = sync.OnceValues(func() (*sql.DB, error) { return open("tcp(db)/app") })

// sync.OnceValues.
func byOnceValues(w http.ResponseWriter, r *http.Request) {
	db, err := values()
	if err == nil {
		_ = db.PingContext(r.Context())
	}
}

// sync.OnceValue, made for each request: it is no cache.
func byOnceForEach(w http.ResponseWriter, r *http.Request) {
	get := sync.OnceValue(func() *sql.DB {
		db, _ := open("tcp(db)/app") // want "for each HTTP request.*poolperrequest/handler"
		return db
	})
	_ = get().PingContext(r.Context())
}

type tenants struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	pools map[string]*sql.DB
	group singleflight.Group
	one   *sql.DB
	ptr   atomic.Pointer[sql.DB]
	all   sync.Map
	ready bool
}

// singleflight.
func (t *tenants) bySingleflight(w http.ResponseWriter, r *http.Request) {
	v, err, _ := t.group.Do(r.Host, func() (any, error) { return open(r.Host) })
	if err == nil {
		_ = v.(*sql.DB).PingContext(r.Context())
	}
}

// A nil check.
func (t *tenants) byNilCheck(w http.ResponseWriter, r *http.Request) {
	if t.one == nil {
		db, err := open("tcp(db)/app")
		if err != nil {
			return
		}
		t.one = db
	}
	_ = t.one.PingContext(r.Context())
}

// A nil check under a mutex, in a helper.
func (t *tenants) byLockedHelper(w http.ResponseWriter, r *http.Request) {
	db, err := t.get()
	if err == nil {
		_ = db.PingContext(r.Context())
	}
}

func (t *tenants) get() (*sql.DB, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.one != nil {
		return t.one, nil
	}
	db, err := open("tcp(db)/app")
	if err != nil {
		return nil, err
	}
	t.one = db
	return db, nil
}

// A map by tenant, looked at twice.
func (t *tenants) byMap(w http.ResponseWriter, r *http.Request) {
	db, err := t.of(r.Host)
	if err == nil {
		_ = db.PingContext(r.Context())
	}
}

func (t *tenants) of(host string) (*sql.DB, error) {
	t.rw.RLock()
	db, ok := t.pools[host]
	t.rw.RUnlock()
	if ok {
		return db, nil
	}
	t.rw.Lock()
	defer t.rw.Unlock()
	if db, ok := t.pools[host]; ok {
		return db, nil
	}
	db, err := open(host)
	if err != nil {
		return nil, err
	}
	t.pools[host] = db
	return db, nil
}

// A map whose zero value is nil.
func (t *tenants) byMapNil(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	db := t.pools[r.Host]
	if db == nil {
		var err error
		if db, err = open(r.Host); err != nil {
			return
		}
		t.pools[r.Host] = db
	}
	_ = db.PingContext(r.Context())
}

// sync.Map.
func (t *tenants) bySyncMap(w http.ResponseWriter, r *http.Request) {
	v, ok := t.all.Load(r.Host)
	if !ok {
		db, err := open(r.Host)
		if err != nil {
			return
		}
		v, _ = t.all.LoadOrStore(r.Host, db)
	}
	_ = v.(*sql.DB).PingContext(r.Context())
}

// An atomic pointer.
func (t *tenants) byAtomic(w http.ResponseWriter, r *http.Request) {
	db := t.ptr.Load()
	if db == nil {
		var err error
		if db, err = open("tcp(db)/app"); err != nil {
			return
		}
		t.ptr.Store(db)
	}
	_ = db.PingContext(r.Context())
}

// A flag.
func (t *tenants) byFlag(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.ready {
		db, err := open("tcp(db)/app")
		if err != nil {
			return
		}
		t.one, t.ready = db, true
	}
	_ = t.one.PingContext(r.Context())
}

// A nil check that does not keep what it opens.
func (t *tenants) notKept(w http.ResponseWriter, r *http.Request) {
	db := t.one
	if db == nil {
		var err error
		if db, err = open("tcp(db)/app"); err != nil { // want "for each HTTP request and left open.*poolperrequest/handler"
			return
		}
	}
	_ = db.PingContext(r.Context())
}

// A nil check of something else.
func (t *tenants) otherCheck(w http.ResponseWriter, r *http.Request) {
	if r.Body == nil {
		return
	}
	db, err := open("tcp(db)/app") // want "for each HTTP request.*poolperrequest/handler"
	if err != nil {
		return
	}
	t.one = db
}

// A method that says yes or no is no cache of what comes after it.
func (t *tenants) permitted(w http.ResponseWriter, r *http.Request) {
	if !t.allows(r.Host) {
		http.Error(w, "", http.StatusForbidden)
		return
	}
	s, err := newStore("tcp(db)/app") // want "for each HTTP request.*poolperrequest/handler"
	if err == nil {
		_ = s.db.PingContext(r.Context())
	}
}

func (t *tenants) allows(host string) bool { return host != "" }

// A flag that says whether the server is ready is none either.
func (t *tenants) serving(w http.ResponseWriter, r *http.Request) {
	if !t.ready {
		http.Error(w, "", http.StatusServiceUnavailable)
		return
	}
	db, err := open("tcp(db)/app") // want "for each HTTP request.*poolperrequest/handler"
	if err != nil {
		return
	}
	hold(&store{db})
}

type store struct{ db *sql.DB }

func newStore(dsn string) (*store, error) {
	db, err := open(dsn)
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

var stores []*store

func hold(s *store) { stores = append(stores, s) }

// A nil check of a local variable is no cache.
func localCheck(w http.ResponseWriter, r *http.Request) {
	var db *sql.DB
	if db == nil {
		db, _ = open("tcp(db)/app") // want "for each HTTP request and left open.*poolperrequest/handler"
	}
	_ = db.PingContext(r.Context())
}

// A value receiver keeps nothing.
func (c copied) byValue(w http.ResponseWriter, r *http.Request) {
	if c.db == nil {
		c.db, _ = open("tcp(db)/app") // want "for each HTTP request.*poolperrequest/handler"
	}
	_ = c.db.PingContext(r.Context())
}

type copied struct{ db *sql.DB }

// A variable of the function around the handler.
func capturing() http.HandlerFunc {
	var db *sql.DB
	return func(w http.ResponseWriter, r *http.Request) {
		if db == nil {
			db, _ = open("tcp(db)/app")
		}
		_ = db.PingContext(r.Context())
	}
}
