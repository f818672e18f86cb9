// Load sends GET requests to a service, some at the same time, and counts how
// they were answered:
//
//	load [-n N] [-c N] URL...
//
// The URLs take turns.
package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// timeout is for one request.
const timeout = 15 * time.Second

func main() {
	n := flag.Int("n", 100, "requests")
	clients := flag.Int("c", 10, "clients that ask at the same time")
	flag.Parse()
	if flag.NArg() == 0 || *n < 1 || *clients < 1 {
		fmt.Fprintln(os.Stderr, "usage: load [-n N] [-c N] URL...")
		os.Exit(2)
	}
	failures := send(*n, *clients, flag.Args())
	failed := report(*n, failures)
	if failed > 0 {
		os.Exit(1)
	}
}

// send sends n requests and returns how many failed in which way.
func send(n, clients int, urls []string) map[string]int {
	client := &http.Client{
		Timeout:   timeout,
		Transport: &http.Transport{MaxIdleConnsPerHost: clients},
	}
	var (
		next     atomic.Int64
		mu       sync.Mutex
		failures = make(map[string]int)
		wg       sync.WaitGroup
	)
	for range clients {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				if why := get(client, urls[int(i)%len(urls)]); why != "" {
					mu.Lock()
					failures[why]++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return failures
}

// get sends one request and says why it failed, "" if it did not.
func get(client *http.Client, url string) string {
	resp, err := client.Get(url)
	if err != nil {
		return err.Error()
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<16))
	switch {
	case err != nil:
		return err.Error()
	case resp.StatusCode != http.StatusOK:
		return resp.Status + ": " + strings.TrimSpace(string(body))
	}
	return ""
}

// report prints what went wrong, the most frequent first.
func report(n int, failures map[string]int) (failed int) {
	for _, count := range failures {
		failed += count
	}
	fmt.Printf("%d requests, %d failed\n", n, failed)
	reasons := slices.SortedFunc(maps.Keys(failures), func(a, b string) int {
		return cmp.Or(failures[b]-failures[a], strings.Compare(a, b))
	})
	for _, reason := range reasons {
		fmt.Printf("%8d  %s\n", failures[reason], reason)
	}
	return failed
}
