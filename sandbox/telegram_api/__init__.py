"""A strict fake of the Telegram Bot API on loopback, so that the real client library can be tried without Telegram."""
