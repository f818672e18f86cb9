// Package mcp is a stub of github.com/modelcontextprotocol/go-sdk/mcp: real signatures, no bodies.
package mcp

import (
	"context"
)

type Server struct{}

type Tool struct{}

type CallToolRequest struct{}

type CallToolResult struct{}

type ToolHandlerFor[In, Out any] func(_ context.Context, request *CallToolRequest, input In) (result *CallToolResult, output Out, _ error)

func AddTool[In, Out any](s *Server, t *Tool, h ToolHandlerFor[In, Out]) {}
