package fakeserver

import (
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"hash"
)

// The ways to log in.
const (
	nativePassword = "mysql_native_password"
	cachingSHA2    = "caching_sha2_password"
)

// newNonce returns random bytes for a login, none of them 0.
func newNonce() []byte {
	nonce := make([]byte, 20)
	rand.Read(nonce)
	for i := range nonce {
		nonce[i] = nonce[i]%94 + 33
	}
	return nonce
}

// proves reports whether an answer to the nonce was made with the password.
func proves(plugin, answer, password string, nonce []byte) bool {
	want := scramblers[plugin](password, nonce)
	return subtle.ConstantTimeCompare([]byte(answer), want) == 1
}

var scramblers = map[string]func(password string, nonce []byte) []byte{
	nativePassword: scrambleNative,
	cachingSHA2:    scrambleSHA2,
}

// scrambleNative returns SHA1(password) XOR SHA1(nonce, SHA1(SHA1(password))).
func scrambleNative(password string, nonce []byte) []byte {
	if password == "" {
		return nil
	}
	once := sum(sha1.New(), []byte(password))
	return xor(once, sum(sha1.New(), nonce, sum(sha1.New(), once)))
}

// scrambleSHA2 returns SHA256(password) XOR SHA256(SHA256(SHA256(password)), nonce).
func scrambleSHA2(password string, nonce []byte) []byte {
	if password == "" {
		return nil
	}
	once := sum(sha256.New(), []byte(password))
	return xor(once, sum(sha256.New(), sum(sha256.New(), once), nonce))
}

func sum(h hash.Hash, parts ...[]byte) []byte {
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

func xor(a, b []byte) []byte {
	subtle.XORBytes(a, a, b)
	return a
}
