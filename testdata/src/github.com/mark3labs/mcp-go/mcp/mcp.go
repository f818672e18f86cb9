// Package mcp is a stub of github.com/mark3labs/mcp-go/mcp: real signatures, no bodies.
package mcp

type Tool struct{}

type CallToolRequest struct{}

type CallToolResult struct{}
