// Package bare holds a store of another package, and configures none.
package bare

import "poollimit/xpkg/store"

type holder struct{ s *store.Store }

// Nobody asks the store for its pool.
func Holder(dsn string) (*holder, error) {
	s, err := store.New(dsn) // want "s has no limit.*poollimit/unbounded"
	if err != nil {
		return nil, err
	}
	return &holder{s}, nil
}
