// Package nosql does not import database/sql at all, nor does it name a type of it.
package nosql

import (
	"context"

	"connleak/xpkg/store"
)

type opener interface {
	Repo(ctx context.Context) (*store.Repo, error)
}

// What a func value returns is closed; nothing would be said if it were not.
func count(ctx context.Context, open func(context.Context) *store.Repo) error {
	r := open(ctx)
	defer r.Close()
	return r.Insert(1)
}

// An interface's result is not known to be fresh: silent.
func countByInterface(ctx context.Context, o opener) error {
	r, err := o.Repo(ctx)
	if err != nil {
		return err
	}
	return r.Insert(2)
}
