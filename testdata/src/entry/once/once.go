// Package once holds calls that run a function at most once, and calls that
// run one each time.
package once

import (
	"sync"

	"golang.org/x/sync/singleflight"
)

type lazy struct {
	sync.Once
	group singleflight.Group
}

func work() {}

func value() int { return 0 }

func load() (any, error) { return nil, nil }

type mine struct{}

func (mine) Do(f func()) { f() }

func use(o *sync.Once, l *lazy, m mine) {
	o.Do(work)                  // once
	l.Do(work)                  // once
	sync.OnceFunc(work)         // once
	sync.OnceValue(value)       // once
	sync.OnceValues(load)       // once
	l.group.Do("key", load)     // once
	l.group.DoChan("key", load) // once
	defer o.Do(work)            // once
	m.Do(work)
	work()
	func() {}()
}
