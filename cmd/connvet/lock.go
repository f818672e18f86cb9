package main

import (
	"context"
	"time"
)

// lock waits until no other process holds a file, then holds it. The lock ends
// with the process if nothing else ends it. The file's time is that of its last
// use.
func lock(ctx context.Context, name string) (unlock func(), err error) {
	for {
		unlock, held, err := tryLock(name)
		if err != nil || !held {
			return unlock, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}
