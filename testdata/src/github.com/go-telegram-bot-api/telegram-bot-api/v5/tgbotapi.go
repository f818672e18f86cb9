// Package tgbotapi is a stub of github.com/go-telegram-bot-api/telegram-bot-api/v5: real signatures, no bodies.
package tgbotapi

import (
	"stub"
)

type Update struct {
	UpdateID int
}

type UpdatesChannel <-chan Update

type UpdateConfig struct{}

type BotAPI struct{}

func (bot *BotAPI) GetUpdatesChan(config UpdateConfig) UpdatesChannel {
	return stub.Any[UpdatesChannel]()
}
