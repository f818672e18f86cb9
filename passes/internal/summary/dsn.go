package summary

import (
	"net/url"
	"strings"
)

// Hole stands in the text of a data source name for a part that is not known.
const Hole = "\x00"

// Public returns the amount without what may be a user name or password, if it
// is the text of a data source name, and notes that there was a password.
// Facts never hold one.
func (a Amount) Public() Amount {
	if !a.IsText {
		return a
	}
	text, secret := publicDSN(a.Text)
	a.Text, a.Secret = text, a.Secret || secret
	return a
}

// publicDSN strips the credentials from a data source name in one of the common
// forms: user:password@net(addr)/db, a URL, or key=value pairs.
func publicDSN(text string) (public string, secret bool) {
	if scheme, rest, ok := strings.Cut(text, "://"); ok && scheme != "" && !strings.ContainsAny(scheme, "@/:() ") {
		authority, path, _ := strings.Cut(rest, "/")
		user, host, found := cutLast(authority, "@")
		if !found {
			user, host = "", authority
		}
		path, query, _ := strings.Cut(path, "?")
		return scheme + "://" + host + "/" + path + publicQuery(query), isSecret(user)
	}
	if strings.Contains(text, "=") && !strings.ContainsAny(text, "/@?") || strings.HasPrefix(text, "host=") || strings.HasPrefix(text, "user=") {
		return publicPairs(text)
	}
	left, right, found := cutLast(text, "/")
	if !found {
		if _, after, at := cutLast(text, "@"); at {
			return after, isSecret(strings.TrimSuffix(text, "@"+after))
		}
		return text, false
	}
	user, net, at := cutLast(left, "@")
	if !at {
		user, net = "", left
	}
	db, query, _ := strings.Cut(right, "?")
	return net + "/" + db + publicQuery(query), isSecret(user)
}

// isSecret reports whether the user part of a data source name holds a password
// that is written out.
func isSecret(user string) bool {
	_, password, _ := strings.Cut(user, ":")
	return password != "" && !strings.Contains(password, Hole)
}

// publicQuery keeps the parameters that a manifest may tell.
func publicQuery(query string) string {
	values, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	kept := url.Values{}
	for _, key := range [...]string{"wait_timeout", "timeout", "readTimeout", "writeTimeout", "checkConnLiveness", "connectionAttributes", "maxAllowedPacket", "pool_max_conns"} {
		if v := values.Get(key); v != "" {
			kept.Set(key, v)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return "?" + kept.Encode()
}

// publicPairs keeps where a data source name of key=value pairs leads.
func publicPairs(text string) (public string, secret bool) {
	host, port, db := "", "", ""
	for _, pair := range strings.Fields(text) {
		key, value, _ := strings.Cut(pair, "=")
		switch key {
		case "host":
			host = value
		case "port":
			port = ":" + value
		case "dbname", "database":
			db = value
		case "password":
			secret = value != "" && !strings.Contains(value, Hole)
		}
	}
	return "tcp(" + host + port + ")/" + db, secret
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
