module github.com/connvet/connvet/internal/integration/reviewdog

go 1.25.0

require (
	github.com/connvet/connvet v0.0.0
	github.com/google/go-github/v74 v74.0.0
	github.com/reviewdog/reviewdog v0.21.0
	gitlab.com/gitlab-org/api/client-go v0.142.6
)

require (
	github.com/google/go-querystring v1.1.0 // indirect
	github.com/hashicorp/go-cleanhttp v0.5.2 // indirect
	github.com/hashicorp/go-retryablehttp v0.7.8 // indirect
	github.com/haya14busa/go-actions-toolkit v0.0.0-20200105081403-ca0307860f01 // indirect
	github.com/haya14busa/go-sarif v0.0.0-20240630170108-a3ba8d79599f // indirect
	github.com/reviewdog/errorformat v0.0.0-20250320004447-223c26dbe212 // indirect
	golang.org/x/oauth2 v0.30.0 // indirect
	golang.org/x/sync v0.22.0 // indirect
	golang.org/x/time v0.12.0 // indirect
	google.golang.org/protobuf v1.36.8 // indirect
)

replace github.com/connvet/connvet => ../../..
