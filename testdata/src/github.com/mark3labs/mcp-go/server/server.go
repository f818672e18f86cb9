// Package server is a stub of github.com/mark3labs/mcp-go/server: real signatures, no bodies.
package server

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
)

type ToolHandlerFunc func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error)

type MCPServer struct{}

func (s *MCPServer) AddTool(tool mcp.Tool, handler ToolHandlerFunc) {}
