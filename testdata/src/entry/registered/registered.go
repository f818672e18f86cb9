// Package registered holds handlers that are known by where they are handed
// to alone.
package registered

import (
	"context"

	"github.com/danielgtaylor/huma/v2"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

type input struct{}

type output struct{}

func get(ctx context.Context, in *input) (*output, error) { return nil, nil }

func query(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return nil, nil
}

func tool(ctx context.Context, req *sdk.CallToolRequest, in input) (*sdk.CallToolResult, output, error) {
	return nil, output{}, nil
}

func register(api huma.API, s *server.MCPServer, s2 *sdk.Server) {
	huma.Register(api, huma.Operation{}, get) // registers: handler huma handler for each HTTP request -> get
	s.AddTool(mcp.Tool{}, query)              // registers: rpc MCP tool for each tool call -> query
	sdk.AddTool(s2, nil, tool)                // registers: rpc MCP tool for each tool call -> tool
	use(get)
}

func use(f func(context.Context, *input) (*output, error)) {}
